// What happens to an order's quantities besides the movements of its shipments: what is given up, what comes later, what
// comes back.
import type { Money, Quantity, Sealed } from "@gendan/eventing";
import type { Breach, Extent, Moved, Part, PaymentDue, Progress } from "../order.events.js";
import type { EndEvent } from "./end.events.js";
import type { ExchangeNoted, ReturnEvent } from "./returns.events.js";

export type GoodsEvent =
  | QuantityCancelled
  | ScheduleShortClosed
  | ScheduleBackordered
  | ReturnedToSender
  | ReturnEvent
  | ExchangeNoted
  | EndEvent;

const types: Readonly<Record<GoodsEvent["type"], true>> = {
  "order.quantity.cancelled": true,
  "order.schedule.short.closed": true,
  "order.schedule.backordered": true,
  "order.returned.to.sender": true,
  "order.return.authorised": true,
  "order.return.received": true,
  "order.return.inspected": true,
  "order.return.withdrawn": true,
  "order.return.refunded": true,
  "order.exchange.linked": true,
  "order.exchange.noted": true,
  "order.delivery.rejected": true,
  "order.reopened": true,
};

/** Whether it is one of those above. */
export const isGoodsEvent = (event: { readonly type: string }): event is GoodsEvent => event.type in types;

/** Where a schedule stands from now on; documents take it as it was decided. */
type ScheduleProgress = Pick<Part, "lineId" | "scheduleId"> & Progress;

/** The customer is owed this much less. */
interface Withdrawn {
  readonly lines: readonly Part[];
  readonly progress: readonly ScheduleProgress[];
  /** By how much the lines are worth less. */
  readonly less: Money;
  readonly shipping: Extent;
  readonly delivery: Extent;
  /** Where the hand-over is the delivery. */
  readonly handedOver?: Extent;
  /** Of what is still owed. */
  readonly invoicing: Extent;
  /** Where nothing else was open: the customer's time to answer begins, and the term of the money. */
  readonly acceptanceDueAt?: string;
  readonly payment?: PaymentDue;
  /** A short code. */
  readonly reason: string;
  readonly note?: Sealed;
}

/** What had not left is not delivered, by somebody's wish. */
export interface QuantityCancelled extends Withdrawn {
  readonly type: "order.quantity.cancelled";
  readonly cancelledBy: "customer" | "us";
}

/** The tail of a schedule is given up: what was shipped of it is all that comes. */
export interface ScheduleShortClosed extends Withdrawn {
  readonly type: "order.schedule.short.closed";
  /** The version of the rules that decided it; absent: a person did. */
  readonly rules?: number;
}

/** What is open of a schedule became a schedule of its own, with a promise of its own. */
export interface ScheduleBackordered {
  readonly type: "order.schedule.backordered";
  readonly lineId: string;
  /** Where it was open. */
  readonly scheduleId: string;
  readonly backorder: Backorder;
  readonly progress: readonly ScheduleProgress[];
  readonly shipping: Extent;
  readonly delivery: Extent;
  readonly reason: string;
  readonly note?: Sealed;
}

interface Backorder {
  readonly scheduleId: string;
  readonly quantity: Quantity;
  readonly requestedOn?: string;
  readonly promisedOn: string;
  readonly lateFrom: string;
}

/** Goods that had left came back without having reached the customer; they are open again. */
export interface ReturnedToSender extends Moved {
  readonly type: "order.returned.to.sender";
  readonly returnedAt: string;
  readonly shipping: Extent;
  readonly breaches: readonly Breach[];
}
