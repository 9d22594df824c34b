// A closed issue blocks nothing any more.
import type { IssueClosed } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onIssueClosed: Reaction<IssueClosed> = {
  name: "clear-issue",
  topic: "gendan.issues",
  on: "issue.closed",
  startsWith: "history",
  react: ({ issueId, orderIds }) => orderIds.map((orderId) => toOrder(orderId, { type: "ClearIssue", issueId })),
};
