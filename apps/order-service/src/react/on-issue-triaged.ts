// Triage can make an issue severe, or find that it is not.
import type { IssueTriaged } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onIssueTriaged: Reaction<IssueTriaged> = {
  name: "weigh-issue",
  topic: "gendan.issues",
  on: "issue.triaged",
  startsWith: "history",
  react: ({ issueId, orderIds, severity }) =>
    orderIds.map((orderId) => toOrder(orderId, { type: severity === "severe" ? "NoteIssue" : "ClearIssue", issueId })),
};
