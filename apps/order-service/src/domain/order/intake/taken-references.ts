// Numbers in other systems that another order has already: a system knows two orders by two numbers.
import type { Reference } from "../content.events.js";
import type { Incomplete } from "../order.refusals.js";

/** One fault for each of them, at its place. */
export const takenReferences = (
  references: readonly Reference[] = [],
  heldByOthers: readonly Reference[] = [],
): Incomplete[] =>
  references.flatMap(({ system, number }, index) =>
    heldByOthers.some((held) => held.system === system && held.number === number)
      ? [{ code: "REFERENCE_TAKEN", field: `references.${index}.number`, value: `${system} ${number}` } as const]
      : [],
  );
