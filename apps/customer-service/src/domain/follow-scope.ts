// FollowScope: the order that something is about is owned or seen by others from now on. A fact, the same to a case, an
// interaction and an answer; an issue can be about several orders (issue/follow-scope.ts).
import type { Scope } from "@gendan/eventing";
import type { FollowedOrder } from "./shared.events.js";

export interface FollowScope {
  readonly type: "FollowScope";
  readonly orders: readonly FollowedOrder[];
}

/** What was followed last. */
export type Followed = Pick<FollowedOrder, "revision"> & Scope;

/** What is new of the order that something is about; undefined where nothing is. */
export function news(
  orderId: string | undefined,
  followed: Followed | undefined,
  { orders }: FollowScope,
): Followed | undefined {
  const order = orders.find((each) => each.orderId === orderId);
  if (!order || order.revision <= (followed?.revision ?? -1)) return undefined;
  const { orderId: _, ...scope } = order;
  return scope;
}

/** What was opened, logged or recorded, with who owns and sees it from now on. */
export const rescoped = <Begun extends Scope>(begun: Begun, { department, assignee, visibleTo }: Scope): Begun => ({
  ...begun,
  department,
  assignee,
  visibleTo,
});
