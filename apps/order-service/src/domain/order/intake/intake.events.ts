// What the events of an order that comes in say beyond its content.
import type { RuleKind } from "../../rules/rule-kinds.js";

/** The versions of the rules that a decision was made under, by kind; the program's own defaults are not named. */
export type DecidedUnder = Readonly<Partial<Record<RuleKind, number>>>;
