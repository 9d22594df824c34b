// What an installation has ruled of orders that come in, as it is resolved for a command.
import type { Ruled } from "../../rules/rule-kinds.js";
import type { DecidedUnder } from "./intake.events.js";

/** The kinds that receiving and correcting are decided under. */
export const INTAKE_KINDS = ["completeness", "customFields", "ownership"] as const;
type IntakeKind = (typeof INTAKE_KINDS)[number];

/** A kind that is absent has its defaults, which rule nothing out. */
export type IntakeRules = { readonly [Kind in IntakeKind]?: Ruled<Kind> };

/** As an event says it. */
export function decidedUnder(rules: IntakeRules): { readonly decidedUnder?: DecidedUnder } {
  const versions = Object.entries(rules).flatMap(([kind, { version }]) => (version === 0 ? [] : [[kind, version]]));
  return versions.length === 0 ? {} : { decidedUnder: Object.fromEntries(versions) as DecidedUnder };
}
