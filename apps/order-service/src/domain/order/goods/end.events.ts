// What the customer does not accept, and what is opened again.
import type { Sealed } from "@gendan/eventing";

/** The customer does not take what arrived as it is: no clock accepts it. */
export interface DeliveryRejected {
  readonly type: "order.delivery.rejected";
  /** A short code. */
  readonly reason: string;
  readonly note?: Sealed;
}

/** A closed order is completed again, and takes what completed orders take. */
export interface OrderReopened {
  readonly type: "order.reopened";
  readonly reason: string;
  readonly note?: Sealed;
}

export type EndEvent = DeliveryRejected | OrderReopened;
