// FollowScope: an order that the receipt pays for is seen by others from now on. A fact.
import { accept, type Decision } from "@gendan/eventing";
import type { ReceiptEvent } from "./receipt.events.js";
import type { ReceiptRefusal } from "./receipt.refusals.js";
import { seenBy, type ReceiptState } from "./receipt.state.js";

export interface FollowScope {
  readonly type: "FollowScope";
  readonly orderId: string;
  /** Of the order's stream as it was read: of two such facts the later one holds. */
  readonly revision: number;
  readonly visibleTo: readonly string[];
}

export function followScope(
  receipt: ReceiptState,
  { orderId, revision, visibleTo: tokens }: FollowScope,
): Decision<ReceiptEvent, ReceiptRefusal> {
  const known = receipt.orders.get(orderId);
  if (!known || known.revision >= revision) return accept();
  const order = { orderId, revision, visibleTo: tokens };
  const orders = new Map(receipt.orders).set(orderId, order);
  return accept({ type: "receipt.scope.followed", order, visibleTo: seenBy(receipt.owners, [...orders.values()]) });
}
