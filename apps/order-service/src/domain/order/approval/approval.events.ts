// What can have happened to the approvals of an order.
import type { Actor, Money, Sealed } from "@gendan/eventing";
import type { OrderScope } from "../content.events.js";

export type ApprovalEvent =
  | ApprovalRequested
  | ApprovalGiven
  | ApprovalRejected
  | ApprovalWithdrawn
  | ApprovalCommented
  | ApprovalEscalated
  | OrderRevised;

/** Something waits for approvals, under the rules of this version. */
export interface ApprovalRequested extends OrderScope {
  readonly type: "order.approval.requested";
  /** `order`, `creditOverride`, `holdRelease:<type>` or `amendment:<id>`. */
  readonly subject: string;
  /** Of the order, as it is or as it will be when confirmed. */
  readonly version: number;
  readonly rulesVersion: number;
  readonly requestedBy: Actor;
  /** What the rules looked at; percentages as decimals. */
  readonly amount: Money;
  readonly discount?: string;
  readonly margin?: string;
  readonly levels: readonly Level[];
  /** When the first level goes to somebody else, and by which version of the working calendar. */
  readonly dueAt?: string;
  readonly calendarVersion?: number;
  readonly note?: Sealed;
}

/** Whose approval it is: the person's, or that of the one who let them decide meanwhile. */
export interface ByApprover {
  readonly person: string;
  readonly onBehalfOf?: string;
}

export interface ApprovalGiven extends ByApprover {
  readonly type: "order.approval.given";
  readonly subject: string;
  readonly level: string;
  /** The parties of the level that it answers to; none where it came from whom the level was passed on to. */
  readonly as: readonly number[];
  /** Who is waited for now: of this level or of the next; nobody where all is approved. */
  readonly waiting: readonly Party[];
  /** The level that waits now; absent where all is approved. */
  readonly next?: string;
  readonly dueAt?: string;
  /** Of the working calendar by which the hours of the next level were reckoned. */
  readonly calendarVersion?: number;
  readonly note?: Sealed;
}

export interface ApprovalRejected extends ByApprover {
  readonly type: "order.approval.rejected";
  readonly subject: string;
  readonly level: string;
  /** A short code. */
  readonly reason: string;
  readonly note?: Sealed;
}

export interface ApprovalWithdrawn {
  readonly type: "order.approval.withdrawn";
  readonly subject: string;
  /** Somebody took the request back, or what was to be approved is not what stands there now. */
  readonly why: "withdrawn" | "contentChanged";
  readonly note?: Sealed;
}

export interface ApprovalCommented {
  readonly type: "order.approval.commented";
  readonly subject: string;
  readonly note: Sealed;
}

/** The level's time was over: these may approve it as well. */
export interface ApprovalEscalated {
  readonly type: "order.approval.escalated";
  readonly subject: string;
  readonly level: string;
  readonly dueAt: string;
  readonly to: readonly Party[];
}

/** A rejected order is worked on again. */
export interface OrderRevised {
  readonly type: "order.revised";
  readonly note?: Sealed;
}

/** Somebody who may approve: one of the three. Of a department is who sees it, so also who leads one above it. */
export interface Party {
  readonly person?: string;
  readonly role?: string;
  readonly department?: string;
}

export interface Level {
  readonly level: string;
  readonly of: readonly Party[];
  /** One of them, or each of them by a person of their own. */
  readonly need: "any" | "all";
  /** How long they have before it goes to somebody else. */
  readonly hours?: number;
  /** One of these may then approve the level as well. */
  readonly escalateTo?: readonly Party[];
}

const types: Readonly<Record<ApprovalEvent["type"], true>> = {
  "order.approval.requested": true,
  "order.approval.given": true,
  "order.approval.rejected": true,
  "order.approval.withdrawn": true,
  "order.approval.commented": true,
  "order.approval.escalated": true,
  "order.revised": true,
};

/** Whether it is one of those above. */
export const isApprovalEvent = (event: { readonly type: string }): event is ApprovalEvent => event.type in types;
