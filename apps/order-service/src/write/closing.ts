// What is still open of an order before it is closed, under the rules that hold: from its stream, never from its document.
import type { Commands } from "@gendan/eventing";
import { closingChecklist, type ClosingItem } from "../domain/order/goods/closing.js";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { RuleBook } from "./rule-book.js";

/** Undefined where the caller sees no such order. */
export async function closingOf(
  orders: Pick<Commands<OrderState, OrderCommand, OrderRefusal>, "load">,
  rules: Pick<RuleBook, "current">,
  id: string,
  tokens: readonly string[],
): Promise<readonly ClosingItem[] | undefined> {
  const [loaded, closing] = await Promise.all([orders.load(id, tokens), rules.current("closing")]);
  return loaded && closingChecklist(loaded.state, closing.rules);
}
