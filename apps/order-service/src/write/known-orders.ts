// The orders that a receipt is to be allocated to: looked up in their streams, never in documents.
import type { Commands } from "@gendan/eventing";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { KnownOrder } from "../domain/receipt/allocate-receipt.js";

/** Those of the orders that exist and that the caller sees. */
export async function knownOrders(
  orders: Pick<Commands<OrderState, OrderCommand, OrderRefusal>, "load">,
  ids: readonly string[],
  tokens: readonly string[],
): Promise<KnownOrder[]> {
  const loaded = await Promise.all(
    [...new Set(ids)].map(async (orderId) => ({ orderId, state: (await orders.load(orderId, tokens))?.state })),
  );
  return loaded.flatMap(({ orderId, state }) =>
    state === undefined || state.lifecycle === "absent"
      ? []
      : [{ orderId, currency: state.currency, visibleTo: state.scope.visibleTo }],
  );
}
