// What happens when goods come back from the customer.
import type { Money, Quantity, Sealed } from "@gendan/eventing";
import type { Breach, Extent, Part } from "../order.events.js";

/** What the customer gets for what comes back. */
export type Remedy = "refund" | "exchange" | "none";

export interface ReturnAuthorised {
  readonly type: "order.return.authorised";
  readonly returnId: string;
  readonly lines: readonly Part[];
  /** A short code. */
  readonly reason: string;
  readonly remedy: Remedy;
  /** The version of the rules that it was decided under. */
  readonly rules: number;
  readonly note?: Sealed;
}

export interface ReturnReceived extends Returning {
  readonly type: "order.return.received";
  readonly returnId: string;
  /** What was counted. What could not be is named in the breaches. */
  readonly lines: readonly Part[];
  readonly receivedAt: string;
  readonly breaches: readonly Breach[];
}

/** How much of the schedules is with us again; documents take it as it was decided. */
interface Returning {
  readonly progress: readonly { readonly lineId: string; readonly scheduleId: string; readonly returned: Quantity }[];
  readonly returned: Extent;
  /** What came back is not to be invoiced any more. */
  readonly invoicing?: Extent;
}

export interface ReturnInspected extends Returning {
  readonly type: "order.return.inspected";
  readonly returnId: string;
  readonly lines: readonly InspectedPart[];
  /** What is due to the customer for it, where the remedy is a refund. */
  readonly refund?: Money;
  readonly note?: Sealed;
}

export interface InspectedPart {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly restock: Quantity;
  readonly scrap: Quantity;
  /** Not taken: it goes to the customer again. */
  readonly backToCustomer: Quantity;
}

/** What has not come is not waited for. */
export interface ReturnWithdrawn {
  readonly type: "order.return.withdrawn";
  readonly returnId: string;
  readonly reason: string;
  readonly note?: Sealed;
}

/** Another order brings what the customer gets instead. */
export interface ExchangeLinked {
  readonly type: "order.exchange.linked";
  readonly returnId: string;
  readonly exchangeOrderId: string;
}

/** The order brings the exchange for a return of another order. */
export interface ExchangeNoted {
  readonly type: "order.exchange.noted";
  readonly exchangeOf: ExchangeOf;
}

/** What an order brings the exchange for. */
export interface ExchangeOf {
  readonly orderId: string;
  readonly returnId: string;
}

/** A part of a receipt was paid back to the customer for what came back. */
export interface ReturnRefunded {
  readonly type: "order.return.refunded";
  readonly returnId: string;
  readonly receiptId: string;
  readonly refundId: string;
  readonly amount: Money;
  /** All that was ever paid back for the return. What could not be counted is named in the breaches. */
  readonly refunded: Money;
  readonly breaches: readonly Breach[];
}

export type ReturnEvent =
  ReturnAuthorised | ReturnReceived | ReturnInspected | ReturnWithdrawn | ReturnRefunded | ExchangeLinked;
