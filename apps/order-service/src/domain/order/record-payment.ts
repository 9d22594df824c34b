// RecordPayment: part of a receipt was allocated to the order. A fact, also for an order that is closed or cancelled.
import { accept, money, type Asked, type Decision, type Money } from "@gendan/eventing";
import { defined } from "../values.js";
import type { Breach, OrderEvent } from "./order.events.js";
import type { OrderState } from "./order.state.js";

export interface RecordPayment {
  readonly type: "RecordPayment";
  readonly receiptId: string;
  readonly amount: Money;
  /** Absent: for what is due earliest. */
  readonly milestoneId?: string;
}

export function recordPayment(order: OrderState, command: RecordPayment, by: Asked): Decision<OrderEvent, never> {
  const { receiptId, amount, milestoneId } = command;
  const breaches = breachesOf(order, amount, by);
  const received = breaches.length > 0 ? order.received : order.received + BigInt(amount.minor);
  const currency = order.currency === "" ? amount.currency : order.currency;
  return accept({
    type: "order.payment.recorded",
    receiptId,
    amount,
    ...defined({ milestoneId }),
    received: money(received, currency),
    breaches,
  });
}

function breachesOf(order: OrderState, amount: Money, { claimedAt }: Asked): Breach[] {
  if (order.lifecycle === "absent") return [{ code: "ORDER_UNKNOWN" }];
  return [
    ...(amount.currency === order.currency ? [] : [{ code: "CURRENCY_DIFFERS", detail: amount.currency } as const]),
    ...(claimedAt === undefined ? [] : [{ code: "CLAIMED_IN_FUTURE", detail: claimedAt } as const]),
  ];
}
