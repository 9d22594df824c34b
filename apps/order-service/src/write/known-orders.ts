// The orders that a receipt is allocated to or pays back for: looked up in their streams, never in documents.
import { money, type Commands } from "@gendan/eventing";
import { openRefunds } from "../domain/order/money/refunds.js";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { KnownOrder } from "../domain/receipt/allocate-receipt.js";
import type { RefundReceipt } from "../domain/receipt/return-receipt.js";

type Orders = Pick<Commands<OrderState, OrderCommand, OrderRefusal>, "load">;

export interface SeenOrder {
  readonly orderId: string;
  readonly state: OrderState;
}

/** Those of the orders that exist and that the caller sees. */
export async function seenOrders(
  orders: Orders,
  ids: readonly string[],
  tokens: readonly string[],
): Promise<SeenOrder[]> {
  const loaded = await Promise.all(
    [...new Set(ids)].map(async (orderId) => ({ orderId, state: (await orders.load(orderId, tokens))?.state })),
  );
  return loaded.flatMap(({ orderId, state }) =>
    state === undefined || state.lifecycle === "absent" ? [] : [{ orderId, state }],
  );
}

/** What a receipt must know of an order. It was charged on the day of its last invoice, or received. */
export function knownOrder({ orderId, state }: SeenOrder): KnownOrder {
  const { currency, zone, scope, receivedOn, money } = state;
  const chargedOn = money.invoices.at(-1)?.issuedOn ?? receivedOn;
  const milestones = money.terms.map(({ milestoneId }) => milestoneId);
  return { orderId, currency, zone, chargedOn, milestones, visibleTo: scope.visibleTo };
}

/** What is to be paid back for a return of an order that the caller sees; nothing where there is no such return. */
export async function returnOpenOf(
  orders: Orders,
  { orderId, returnId }: Pick<RefundReceipt, "orderId" | "returnId">,
  tokens: readonly string[],
): Promise<Pick<RefundReceipt, "returnOpen">> {
  if (orderId === undefined || returnId === undefined) return {};
  const state = (await orders.load(orderId, tokens))?.state;
  if (!state?.returns.byId.has(returnId)) return {};
  return { returnOpen: money(openRefunds(state).get(returnId) ?? 0n, state.currency) };
}
