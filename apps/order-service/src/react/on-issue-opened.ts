// A severe issue blocks the completion of every order that it concerns.
import type { IssueOpened } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onIssueOpened: Reaction<IssueOpened> = {
  name: "note-issue",
  topic: "gendan.issues",
  on: "issue.opened",
  startsWith: "history",
  react: ({ issueId, orderIds, severity }) =>
    severity === "severe" ? orderIds.map((orderId) => toOrder(orderId, { type: "NoteIssue", issueId })) : [],
};
