// The order by which a customer accepts a quotation, where it is there already: looked up in its stream, as the caller sees it.
import type { Commands } from "@gendan/eventing";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { KnownOrder } from "../domain/quotation/accept-quotation.js";

export async function answeringOrder(
  orders: Pick<Commands<OrderState, OrderCommand, OrderRefusal>, "load">,
  orderId: string,
  tokens: readonly string[] | undefined,
): Promise<KnownOrder> {
  const state = (await orders.load(orderId, tokens))?.state;
  if (!state || state.lifecycle === "absent") return { orderId };
  const { customerId, currency, quotedBy } = state;
  return { orderId, found: { customerId, currency, isQuoted: quotedBy.length > 0 } };
}
