// ReversePayment: part of a receipt is not allocated to the order any more. A fact; only what had been counted is taken back.
import { accept, minorOf, money, type Decision, type Money } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderState } from "../order.state.js";

export interface ReversePayment {
  readonly type: "ReversePayment";
  readonly receiptId: string;
  readonly amount: Money;
}

export function reversePayment(order: OrderState, { receiptId, amount }: ReversePayment): Decision<OrderEvent, never> {
  const counted = order.money.receipts.get(receiptId)?.amount ?? 0n;
  const asked = amount.currency === order.currency ? minorOf(amount) : 0n;
  const taken = asked < counted ? asked : counted;
  if (taken === 0n) return accept();
  const { currency } = order;
  return accept({
    type: "order.payment.reversed",
    receiptId,
    amount: money(taken, currency),
    received: money(order.received - taken, currency),
  });
}
