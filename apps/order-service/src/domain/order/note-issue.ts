// NoteIssue and ClearIssue: a severe issue of the order blocks its completion while it is open. Facts.
import { accept, type Decision } from "@gendan/eventing";
import { completing } from "./accept-delivery.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderState } from "./order.state.js";

export interface NoteIssue {
  readonly type: "NoteIssue";
  readonly issueId: string;
}

export interface ClearIssue {
  readonly type: "ClearIssue";
  readonly issueId: string;
}

export const noteIssue = (order: OrderState, { issueId }: NoteIssue): Decision<OrderEvent, never> =>
  order.blockingIssues.has(issueId) ? accept() : accept({ type: "order.issue.noted", issueId });

/** Closing the last one can be what the order's completion waited for. */
export const clearIssue = (order: OrderState, { issueId }: ClearIssue): Decision<OrderEvent, never> =>
  order.blockingIssues.has(issueId) ? accept(...completing(order, { type: "order.issue.cleared", issueId })) : accept();
