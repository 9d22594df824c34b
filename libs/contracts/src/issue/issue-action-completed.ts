import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, issueAbout, text } from "../shapes.js";

export const issueActionCompleted = Contract.of("issue.action.completed", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "An action was done.",
  zh: "一项措施已完成。",
}).version(z.object({ issueId: id, ...issueAbout, actionId: text }), {
  issueId: the.issue,
  ...the.about,
  orderIds: [the.order],
  actionId: "a1",
});
export type IssueActionCompleted = DataOf<typeof issueActionCompleted>;
