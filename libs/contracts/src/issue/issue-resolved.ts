import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, issueAbout } from "../shapes.js";

export const issueResolved = Contract.of("issue.resolved", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "Its mandatory actions are done.",
  zh: "问题的必办措施均已完成。",
}).version(z.object({ issueId: id, ...issueAbout }), { issueId: the.issue, ...the.about, orderIds: [the.order] });
export type IssueResolved = DataOf<typeof issueResolved>;
