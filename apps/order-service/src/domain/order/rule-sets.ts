// Named, versioned rule sets that may verify what a machine entered. A version never changes once it was used: add the next.
import type { Actor } from "@gendan/eventing";
import type { OrderState } from "./order.state.js";

interface Rule {
  readonly rule: string;
  readonly passes: (order: OrderState) => boolean;
}

/** What one rule found. */
export interface Finding {
  readonly rule: string;
  readonly passed: boolean;
}

const schedules = (order: OrderState) => [...order.schedules.values()];

const completeness1: readonly Rule[] = [
  { rule: "LINES_PRESENT", passes: ({ content }) => content.lines.length > 0 },
  { rule: "REQUESTED_DATES_GIVEN", passes: (order) => schedules(order).every(({ requestedOn }) => requestedOn) },
];

const import1: readonly Rule[] = [
  ...completeness1,
  { rule: "FROM_AN_IMPORT", passes: ({ channel }) => channel === "import" },
  { rule: "SOURCE_REFERENCE_GIVEN", passes: ({ sourceReference }) => sourceReference !== undefined },
  {
    rule: "REQUESTED_AFTER_RECEIVED",
    passes: (order) => schedules(order).every(({ requestedOn }) => requestedOn && requestedOn >= order.receivedOn),
  },
];

const ruleSets: ReadonlyMap<string, readonly Rule[]> = new Map([
  ["completeness@1", completeness1],
  ["import@1", import1],
]);

export const knownRuleSets: readonly string[] = [...ruleSets.keys()];

/** The name and version by which a rule set acts. */
export const ruleSetName = ({ id, version }: Actor): string => `${id}@${version ?? ""}`;

/** What each rule of the set finds, undefined for a set that there is not. */
export const findings = (order: OrderState, name: string): Finding[] | undefined =>
  ruleSets.get(name)?.map(({ rule, passes }) => ({ rule, passed: passes(order) }));
