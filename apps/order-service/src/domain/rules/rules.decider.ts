// SetRules: an installation's rules of one kind, as data, each version kept.
import { accept, canonical, refuse, type Decider, type Decision } from "@gendan/eventing";
import { defined } from "../values.js";
import { ruleDefaults, type Ruled, type RuleKind, type RuleKinds } from "./rule-kinds.js";
import type { RulesEvent } from "./rules.events.js";

export interface SetRules {
  readonly type: "SetRules";
  readonly kind: RuleKind;
  /** All of them; what is not given is gone. Their form was checked before. */
  readonly rules: object;
  /** The version that the caller has seen: of two who change at once the second is told. */
  readonly expectedVersion?: number;
  readonly reason?: string;
}

export interface RulesState {
  /** 0 before any were set. */
  readonly version: number;
  readonly rules?: object;
}

export type RulesRefusal = {
  readonly code: "RULES_CHANGED";
  readonly kind: RuleKind;
  readonly version: number;
  readonly expected: number;
};

/** The rules of a kind that hold in this state. */
export const rulesIn = <Kind extends RuleKind>(state: RulesState | undefined, kind: Kind): Ruled<Kind> => ({
  version: state?.version ?? 0,
  rules: (state?.rules as RuleKinds[Kind] | undefined) ?? ruleDefaults[kind],
});

export const rulesDecider: Decider<RulesState, SetRules, RulesEvent, RulesRefusal> = {
  initial: { version: 0 },
  evolve: (_, { version, rules }) => ({ version, rules }),
  decide: setRules,
};

function setRules(
  state: RulesState,
  { kind, rules, expectedVersion = state.version, reason }: SetRules,
): Decision<RulesEvent, RulesRefusal> {
  const { version } = state;
  if (expectedVersion !== version) return refuse({ code: "RULES_CHANGED", kind, version, expected: expectedVersion });
  if (canonical(rulesIn(state, kind).rules) === canonical(rules)) return accept();
  return accept({ type: "rules.set", kind, version: version + 1, rules, ...defined({ reason }) });
}
