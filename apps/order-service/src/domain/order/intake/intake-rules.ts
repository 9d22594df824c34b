// What an installation has ruled of orders that come in, as it is resolved for a command.
import type { Ruled } from "../../rules/rule-kinds.js";
import type { DecidedUnder } from "./intake.events.js";

/** The kinds that receiving and correcting are decided under; by the calendar the hours to the verification count. */
export const INTAKE_KINDS = ["completeness", "customFields", "ownership", "calendar"] as const;
type IntakeKind = (typeof INTAKE_KINDS)[number];

/** A kind that is absent has its defaults, which rule nothing out. */
export type IntakeRules = { readonly [Kind in IntakeKind]?: Ruled<Kind> };

/** As an event says it; the calendar is named where hours were reckoned by it. */
export function decidedUnder(
  { calendar, ...rules }: IntakeRules,
  verifyDueAt?: string,
): { readonly decidedUnder?: DecidedUnder } {
  const all = verifyDueAt === undefined || !calendar ? rules : { ...rules, calendar };
  const versions = Object.entries(all).flatMap(([kind, { version }]) => (version === 0 ? [] : [[kind, version]]));
  return versions.length === 0 ? {} : { decidedUnder: Object.fromEntries(versions) as DecidedUnder };
}
