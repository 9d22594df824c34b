// What a receipt pays for is seen by others: it follows, each of its orders for itself.
import type { OrderPaymentRecorded, OrderScopeChanged } from "@gendan/contracts";
import type { Found, Reacted, Reaction } from "@gendan/eventing";
import type { OrderState } from "../domain/order/order.state.js";
import type { FollowScope } from "../domain/receipt/follow-scope.js";

const order = ({ orderId }: { readonly orderId: string }) => [{ aggregate: "order.order", id: orderId }];

const follow = (
  receiptId: string,
  orderId: string,
  { state, revision }: NonNullable<Found<OrderState>>,
): Reacted<FollowScope> => ({
  aggregate: "order.receipt",
  target: receiptId,
  command: { type: "FollowScope", orderId, revision, visibleTo: state.scope.visibleTo },
});

export const onScopeChanged: Reaction<OrderScopeChanged, OrderState> = {
  name: "follow-scope",
  topic: "gendan.orders",
  on: "order.scope.changed",
  startsWith: "history",
  reads: order,
  react: ({ orderId }, _, [found]) => (found ? [...found.state.receipts].map((id) => follow(id, orderId, found)) : []),
};

/** The receipt was allocated while the order was on its way to somebody else. */
export const onPaymentRecorded: Reaction<OrderPaymentRecorded, OrderState> = {
  name: "follow-scope-of-paid",
  topic: "gendan.orders",
  on: "order.payment.recorded",
  reads: order,
  react: ({ orderId, receiptId }, _, [found]) => (found?.state.scopeChanged ? [follow(receiptId, orderId, found)] : []),
};
