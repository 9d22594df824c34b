// RecordRefund: a part of a receipt was paid back for a return of the order. A fact; only the return's own currency counts.
import { accept, minorOf, money, type Asked, type Decision, type Money } from "@gendan/eventing";
import type { Breach, OrderEvent } from "../order.events.js";
import type { OrderState } from "../order.state.js";

export interface RecordRefund {
  readonly type: "RecordRefund";
  readonly returnId: string;
  readonly receiptId: string;
  readonly refundId: string;
  /** In the order's currency. */
  readonly amount: Money;
}

export function recordRefund(order: OrderState, command: RecordRefund, by: Asked): Decision<OrderEvent, never> {
  const { returnId, receiptId, refundId, amount } = command;
  const found = order.returns.byId.get(returnId);
  const uncounted = uncountedOf(order, amount, by);
  const before = found?.refunded ?? 0n;
  const refunded = uncounted.length > 0 ? before : before + minorOf(amount);
  const over = refunded - (found?.refundDue ?? 0n);
  const currency = order.currency === "" ? amount.currency : order.currency;
  return accept({
    type: "order.return.refunded",
    returnId,
    receiptId,
    refundId,
    amount,
    refunded: money(refunded, currency),
    breaches: [...uncounted, ...(over > 0n ? [{ code: "REFUND_OVER_DUE", detail: `${over}` } as const] : [])],
  });
}

function uncountedOf(order: OrderState, amount: Money, { claimedAt }: Asked): Breach[] {
  if (order.lifecycle === "absent") return [{ code: "ORDER_UNKNOWN" }];
  return [
    ...(amount.currency === order.currency ? [] : [{ code: "CURRENCY_DIFFERS", detail: amount.currency } as const]),
    ...(claimedAt === undefined ? [] : [{ code: "CLAIMED_IN_FUTURE", detail: claimedAt } as const]),
  ];
}
