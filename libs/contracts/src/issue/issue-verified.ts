import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { flag, id, issueAbout } from "../shapes.js";

export const issueVerified = Contract.of("issue.verified", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "Somebody else saw that it works, or that it does not.",
  zh: "由另一人查验措施有效或无效。",
}).version(z.object({ issueId: id, ...issueAbout, effective: flag }), {
  issueId: the.issue,
  ...the.about,
  orderIds: [the.order],
  effective: true,
});
export type IssueVerified = DataOf<typeof issueVerified>;
