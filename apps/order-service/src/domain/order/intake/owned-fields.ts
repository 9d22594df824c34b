// Fields that another system owns are mended there, or by that system itself.
import type { Actor } from "@gendan/eventing";
import type { OwnershipRules } from "../../rules/ownership.rules.js";
import type { Reference } from "../content.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { Difference } from "./differences.js";

/** One refusal per field that a system owns which knows the order, unless it is that system that writes. */
export function ownedFields(
  references: readonly Reference[],
  differences: readonly Difference[],
  actor: Actor,
  { systems }: OwnershipRules,
): OrderRefusal[] {
  const owners = systems.filter(
    ({ system, accounts }) =>
      references.some((reference) => reference.system === system) &&
      !(actor.kind === "service" && accounts.includes(actor.id)),
  );
  return differences.flatMap(({ path, field }) => {
    const owner = owners.find(({ fields }) => fields.some((owned) => field === owned || field.startsWith(`${owned}.`)));
    return owner ? [{ code: "FIELD_OWNED", field: path, system: owner.system } as const] : [];
  });
}
