// The rules that hold now, for commands: read from their streams, never from documents.
import type { Commands } from "@gendan/eventing";
import type { AssortmentState, ExtendAssortment } from "../domain/assortment/assortment.decider.js";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import { approvalKnowing } from "../domain/rules/approval.rules.js";
import { reviewKnowing } from "../domain/rules/review.rules.js";
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

interface Streams {
  readonly rulesCommands: Pick<Commands<RulesState, SetRules, RulesRefusal>, "load">;
  readonly orderCommands: Pick<Commands<OrderState, OrderCommand, OrderRefusal>, "load">;
  readonly assortmentCommands: Pick<Commands<AssortmentState, ExtendAssortment, never>, "load">;
}

/** The kinds whose conditions may ask what an order's customer knows already. */
const knowing: { readonly [Kind in "review" | "approval"]: (rules: RuleKinds[Kind], known: Known) => RuleKinds[Kind] } =
  { review: reviewKnowing, approval: approvalKnowing };
type Known = ReadonlySet<string>;

export class RuleBook {
  constructor(private readonly streams: Streams) {}

  /** What holds of every kind for an order, for who asks which commands would be taken. */
  async all(orderId: string): Promise<RuleKinds> {
    const known = await this.knownTo(orderId);
    const each = ruleKinds.map(async (kind) => [kind, (await this.current(kind)).rules] as const);
    const { review, approval, ...rules } = Object.fromEntries(await Promise.all(each)) as unknown as RuleKinds;
    return { ...rules, review: reviewKnowing(review, known), approval: approvalKnowing(approval, known) };
  }

  /** The rules of a kind with their version; the program's defaults where none were set. */
  async current<Kind extends RuleKind>(kind: Kind): Promise<Ruled<Kind>> {
    return rulesIn((await this.streams.rulesCommands.load(rulesId(kind)))?.state, kind);
  }

  /** Those about an order: with what was confirmed to its customer before. */
  async about<Kind extends "review" | "approval">(kind: Kind, orderId: string): Promise<Ruled<Kind>> {
    const [{ version, rules }, known] = await Promise.all([this.current(kind), this.knownTo(orderId)]);
    return { version, rules: knowing[kind](rules, known) };
  }

  private async knownTo(orderId: string): Promise<Known> {
    const { orderCommands, assortmentCommands } = this.streams;
    const { customerId = "" } = (await orderCommands.load(orderId))?.state ?? {};
    return (customerId === "" ? undefined : await assortmentCommands.load(customerId))?.state.skus ?? new Set();
  }
}
