// The sections of a mapping about the order as a whole: its customer, its receiving, verification, holds, cancellation.
import { uuidFrom } from "@gendan/eventing";
import type { Mapping } from "../mapping/schema.js";
import type { Row } from "../source/read-table.js";
import type { Cell, Scope, Source } from "./columns.js";
import { conditionOf } from "./conditions.js";
import type { PlannedLine } from "./goods.js";
import { defined, type Step, type Steps } from "./step.js";
import { needed, readersOf, type Named, type RowFault } from "./values.js";

/** What making a section's steps takes. */
export interface Making {
  readonly mapping: Mapping;
  readonly columns: (column: string, source: Source, where: string) => Cell;
  readonly steps: Steps;
}

/** An order while its steps are made. */
export interface Draft {
  readonly key: string;
  readonly scope: Scope;
  /** All rows of the order in its own file: one, or one for each line. */
  readonly own: readonly Row[];
  readonly orderId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly receivedAt: string;
  readonly faults: RowFault[];
}

/** What is known of a customer besides who it is. */
export type Profile = Readonly<Record<string, string | readonly Named[] | undefined>>;

export interface CustomerHead {
  readonly key: string;
  readonly customerId: string;
}

/** Who the customer is; what is known of them is read when the step is made. */
export function customerSection({ mapping, columns, steps }: Making, source: Source) {
  const { key, system = mapping.name, kind, customFields, ...profile } = mapping.customer;
  const read = readersOf(mapping, columns, source);
  const keyOf = needed("customer.key", read.text("customer.key", key));
  const fields = Object.entries(profile).map(([name, spec]) => [name, read.text(`customer.${name}`, spec)] as const);
  const custom = read.named("customer.customFields", customFields);
  return {
    head(scope: Scope, faults: RowFault[]): CustomerHead | undefined {
      const number = keyOf(scope, faults);
      return number === undefined ? undefined : { key: number, customerId: uuidFrom("customer", system, number) };
    },
    profile(scope: Scope, faults: RowFault[]): Profile {
      const found = custom(scope, faults);
      return {
        ...Object.fromEntries(fields.map(([name, value]) => [name, value(scope, faults)])),
        ...(found.length === 0 ? {} : { customFields: found }),
      };
    },
    step: ({ row }: Scope, { key: number, customerId }: CustomerHead, at: string, known: Profile): Step =>
      steps(
        "customer",
        "registerCustomer",
        { key: number, row, at },
        {
          id: customerId,
          kind: kind.toUpperCase(),
          ...known,
          externalReferences: [{ system, number }],
          ...(mapping.department === "" ? {} : { department: mapping.department }),
        },
      ),
  };
}

/** Receiving the order. */
export function orderSection({ mapping, columns, steps }: Making, source: Source) {
  const { order } = mapping;
  const read = readersOf(mapping, columns, source);
  const text = (name: "assignee" | "paymentTerms") => read.text(`order.${name}`, order[name]);
  const [assignee, paymentTerms] = [text("assignee"), text("paymentTerms")];
  const point = read.named("order.deliveryPoint", order.deliveryPoint ?? {});
  const references = read.named("order.references", order.references);
  const customFields = read.named("order.customFields", order.customFields);
  return {
    receivedAt: needed("order.receivedAt", read.instant("order.receivedAt", order.receivedAt)),
    currency: read.text("order.currency", order.currency ?? { value: mapping.currency }),
    step(draft: Draft, lines: readonly PlannedLine[]): Step {
      const { scope, faults, key, customerId, currency, receivedAt } = draft;
      const deliveryPoint = point(scope, faults);
      return steps(
        "order",
        "receiveOrder",
        { key, row: scope.row, at: receivedAt },
        {
          channel: "IMPORT",
          sourceReference: key,
          customerId,
          currency,
          zone: mapping.zone,
          assignee: assignee(scope, faults),
          paymentTerms: paymentTerms(scope, faults),
          ...(mapping.department === "" ? {} : { department: mapping.department }),
          lines: lines.map(({ input }) => input),
          ...(deliveryPoint.length > 0
            ? { deliveryPoint: Object.fromEntries(deliveryPoint.map(({ name, value }) => [name, value])) }
            : {}),
          references: references(scope, faults).map(({ name, value }) => ({ system: name, number: value })),
          customFields: customFields(scope, faults),
        },
      );
    },
  };
}

/** Verification and confirmation; each where its time is known. */
export function bindingSection({ mapping, columns, steps }: Making, source: Source) {
  const read = readersOf(mapping, columns, source);
  const parts = (["verified", "confirmed"] as const).map((name) => {
    const section = mapping[name];
    const when = conditionOf(section?.when ?? {}, columns, source, name);
    return { name, section, when, at: read.instant(`${name}.at`, section?.at) };
  });
  return (
    draft: Draft,
    received: Step,
  ): { readonly steps: readonly Step[]; readonly verifiedAt: string | undefined } => {
    const made: Step[] = [];
    let verifiedAt: string | undefined;
    for (const { name, section, when, at } of parts) {
      const time = section && when(draft.scope) ? at(draft.scope, draft.faults) : undefined;
      if (time === undefined) continue;
      if (name === "verified") verifiedAt = time;
      const of = { key: draft.key, row: draft.scope.row, at: time, after: made.at(-1) ?? received };
      made.push(
        name === "verified"
          ? steps(name, "verifyOrder", of, { orderId: draft.orderId, ruleSet: mapping.verified!.ruleSet })
          : steps(name, "confirmOrder", of, { orderId: draft.orderId, promiseRequested: true }),
      );
    }
    return { steps: made, verifiedAt };
  };
}

export function holdSections({ mapping, columns, steps }: Making, source: Source) {
  const read = readersOf(mapping, columns, source);
  const sections = mapping.holds.map((spec, index) => {
    const where = `holds.${index}`;
    const at = needed(`${where}.at`, read.instant(`${where}.at`, spec.at));
    return {
      hold: spec.hold,
      when: conditionOf(spec.when, columns, source, where),
      at,
      note: read.text(`${where}.note`, spec.note),
    };
  });
  return ({ key, scope, orderId, faults }: Draft, received: Step): readonly Step[] =>
    sections.flatMap(({ hold, when, at, note }) => {
      const time = when(scope) ? at(scope, faults) : undefined;
      if (time === undefined) return [];
      const content = { orderId, hold: hold.toUpperCase(), ...defined({ note: note(scope, faults) }) };
      return [steps("hold", "placeHold", { key, row: scope.row, at: time, after: received }, content)];
    });
}

export function cancelSection({ mapping, columns, steps }: Making, source: Source) {
  const { cancelled } = mapping;
  const read = readersOf(mapping, columns, source);
  const when = conditionOf(cancelled?.when ?? {}, columns, source, "cancelled");
  const at = needed("cancelled.at", read.instant("cancelled.at", cancelled?.at));
  const reason = needed("cancelled.reason", read.text("cancelled.reason", cancelled?.reason));
  const note = read.text("cancelled.note", cancelled?.note);
  return ({ key, scope, orderId, faults }: Draft, received: Step): Step | undefined => {
    const time = cancelled && when(scope) ? at(scope, faults) : undefined;
    if (time === undefined) return undefined;
    return steps(
      "cancellation",
      "cancelOrder",
      { key, row: scope.row, at: time, after: received },
      {
        orderId,
        reason: reason(scope, faults),
        cancelledBy: cancelled!.by.toUpperCase(),
        note: note(scope, faults),
      },
    );
  };
}
