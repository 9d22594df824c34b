// What can have happened to the rules of a kind. Private to this service.
import type { RuleKind } from "./rule-kinds.js";

export interface RulesSet {
  readonly type: "rules.set";
  readonly kind: RuleKind;
  /** From 1: decisions name the version that they were made under. */
  readonly version: number;
  /** All of them, as the kind's type says. */
  readonly rules: object;
  /** A short code. */
  readonly reason?: string;
}

export type RulesEvent = RulesSet;
