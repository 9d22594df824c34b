// What can happen to an amendment: the change of a binding order, from its proposal to the next version or its withdrawal.
import type { Actor, Money, Sealed } from "@gendan/eventing";
import type { OrderContent, OrderScope } from "../content.events.js";
import type { DecidedUnder } from "../intake/intake.events.js";
import type { AskedBy } from "../dates/dates.events.js";
import type { Blocked, HoldType } from "../holds/holds.events.js";
import type { MilestoneTerm } from "../money/money.events.js";
import type { Change, ConfirmedSchedule, Extent, PaymentDue, Progress } from "../order.events.js";

export interface AmendmentProposed {
  readonly type: "order.amendment.proposed";
  readonly amendmentId: string;
  /** The version that it changes. */
  readonly version: number;
  readonly proposedBy: Actor;
  readonly askedBy: AskedBy;
  /** A short code. */
  readonly reason: string;
  /** What the order is to consist of. */
  readonly content: OrderContent;
  readonly amount: Money;
  readonly freight: Money;
  /** The days that are promised anew. */
  readonly promises: readonly AmendedPromise[];
  /** The payment milestones as they shall be; absent where they stay. */
  readonly milestones?: readonly MilestoneTerm[];
  readonly changes: readonly Change[];
  readonly decidedUnder?: DecidedUnder;
  readonly note?: Sealed;
}

export interface AmendedPromise {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly promisedOn: string;
  readonly lateFrom: string;
}

/** By somebody else than who proposed it. */
export interface AmendmentApproved {
  readonly type: "order.amendment.approved";
  readonly amendmentId: string;
  readonly approvedBy: Actor;
  readonly note?: Sealed;
}

export interface AmendmentWithdrawn {
  readonly type: "order.amendment.withdrawn";
  readonly amendmentId: string;
  readonly reason: string;
  readonly note?: Sealed;
}

/** The order as it is from now on, whole. */
export interface OrderAmended extends OrderContent, OrderScope {
  readonly type: "order.amended";
  readonly amendmentId: string;
  /** The version that it is from now on. */
  readonly version: number;
  readonly number: string;
  readonly customerId: string;
  readonly zone: string;
  readonly currency: string;
  readonly amount: Money;
  readonly freight: Money;
  readonly reason: string;
  readonly askedBy: AskedBy;
  readonly schedules: readonly ConfirmedSchedule[];
  readonly changes: readonly Change[];
  readonly holds: readonly HoldType[];
  readonly blocked: Blocked;
  /** How far its schedules have come, measured by what is ordered now. */
  readonly progress: readonly ({ readonly lineId: string; readonly scheduleId: string } & Progress)[];
  readonly shipping: Extent;
  readonly delivery: Extent;
  /** Where the hand-over is the delivery. */
  readonly handedOver?: Extent;
  /** Of what is ordered now. */
  readonly invoicing: Extent;
  /** Where less being ordered made the delivery full. */
  readonly acceptanceDueAt?: string;
  readonly payment?: PaymentDue;
  /** The payment milestones from now on; absent where they are as they were. */
  readonly milestones?: readonly MilestoneTerm[];
}

export type AmendmentEvent = AmendmentProposed | AmendmentApproved | AmendmentWithdrawn | OrderAmended;

const types: Readonly<Record<AmendmentEvent["type"], true>> = {
  "order.amendment.proposed": true,
  "order.amendment.approved": true,
  "order.amendment.withdrawn": true,
  "order.amended": true,
};

/** Whether it is one of those above. */
export const isAmendmentEvent = (event: { readonly type: string }): event is AmendmentEvent => event.type in types;
