// The rules that hold now, for commands: read from their streams, never from documents.
import type { Commands } from "@gendan/eventing";
import {
  ruleDefaults,
  ruleKinds,
  rulesId,
  type Ruled,
  type RuleKind,
  type RuleKinds,
} from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesRefusal, type RulesState, type SetRules } from "../domain/rules/rules.decider.js";

/** What there are rules of, for who sets and shows them. */
export { ruleDefaults, ruleKinds, rulesId };

export class RuleBook {
  constructor(private readonly commands: Pick<Commands<RulesState, SetRules, RulesRefusal>, "load">) {}

  /** What holds of every kind, for who asks which commands would be taken. */
  async all(): Promise<RuleKinds> {
    const each = ruleKinds.map(async (kind) => [kind, (await this.current(kind)).rules] as const);
    return Object.fromEntries(await Promise.all(each)) as unknown as RuleKinds;
  }

  /** The rules of a kind with their version; the program's defaults where none were set. */
  async current<Kind extends RuleKind>(kind: Kind): Promise<Ruled<Kind>> {
    return rulesIn((await this.commands.load(rulesId(kind)))?.state, kind);
  }
}
