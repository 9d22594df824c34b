// An amendment as what is approved: its subject, and what rules look at.
import type { Measures } from "../../rules/conditions.js";
import { measuresOf } from "../measures.js";
import type { OrderState } from "../order.state.js";

export const amendmentSubject = (amendmentId: string): string => `amendment:${amendmentId}`;

/** Of the open one alone. */
export function measuresOfAmendment(order: OrderState, amendmentId: string): Measures | undefined {
  const { open } = order.amendment;
  if (open?.amendmentId !== amendmentId) return undefined;
  return measuresOf(order, open.content.lines, BigInt(open.amount.minor) + BigInt(open.freight.minor));
}
