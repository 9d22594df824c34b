// What can have happened to the review of an order: departments that were asked, and what they answered.
import type { Quantity, Sealed } from "@gendan/eventing";
import type { OrderScope } from "../content.events.js";

export type ReviewEvent =
  ReviewOpened | ReviewAnswered | ReviewInvalidated | ReviewReminded | ReplyOverridden | OrderCountersigned;

/** These departments are asked from now on, besides those that were asked before. */
export interface ReviewOpened extends OrderScope {
  readonly type: "order.review.opened";
  readonly rulesVersion: number;
  /** Of the working calendar by which the departments' hours were reckoned. */
  readonly calendarVersion?: number;
  readonly departments: readonly { readonly department: string; readonly dueAt?: string }[];
  readonly note?: Sealed;
}

export type Reply = "yes" | "conditional" | "no";

export interface ReviewAnswer {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly answer: Reply;
  /** When it can be ready, and how much of it; neither of a no. */
  readonly readyOn?: string;
  readonly quantity?: Quantity;
  /** On which condition, or why not. */
  readonly condition?: Sealed;
}

/** What a department says of some schedules; it replaces what it said of them before. */
export interface ReviewAnswered {
  readonly type: "order.review.answered";
  readonly department: string;
  readonly answers: readonly ReviewAnswer[];
  /** The schedules that the department has still to answer for. */
  readonly open: number;
}

/** A correction touched what these answers were about: they count no more, as little as a signature under what stood there. */
export interface ReviewInvalidated {
  readonly type: "order.review.invalidated";
  readonly schedules: readonly { readonly lineId: string; readonly scheduleId: string }[];
  readonly countersignature: boolean;
}

/** The department's time is over, and it has not answered for everything. */
export interface ReviewReminded {
  readonly type: "order.review.reminded";
  readonly department: string;
  readonly dueAt: string;
  readonly open: number;
}

/** Somebody lets the schedule be promised for this day or a later one, whatever was answered. */
export interface ReplyOverridden {
  readonly type: "order.reply.overridden";
  readonly lineId: string;
  readonly scheduleId: string;
  readonly promisedOn: string;
  /** A short code. */
  readonly reason: string;
  readonly note?: Sealed;
}

/** The customer has signed the order as it stands. */
export interface OrderCountersigned {
  readonly type: "order.countersigned";
  readonly version: number;
  readonly signedOn: string;
  /** The customer's own reference, and the document, where there is one. */
  readonly reference?: string;
  readonly attachmentId?: string;
  readonly note?: Sealed;
}

const types: Readonly<Record<ReviewEvent["type"], true>> = {
  "order.review.opened": true,
  "order.review.answered": true,
  "order.review.invalidated": true,
  "order.review.reminded": true,
  "order.reply.overridden": true,
  "order.countersigned": true,
};

/** Whether it is one of those above. */
export const isReviewEvent = (event: { readonly type: string }): event is ReviewEvent => event.type in types;
