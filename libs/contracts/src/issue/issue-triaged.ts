import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, issueAbout, oneOf, user, visibleTo } from "../shapes.js";

export const issueTriaged = Contract.of("issue.triaged", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "Severity and responsible party were judged.",
  zh: "已判定问题的严重程度与责任方。",
}).version(
  z.object({
    issueId: id,
    ...issueAbout,
    severity: oneOf("minor", "severe"),
    responsibleParty: oneOf("us", "customer", "supplier", "carrier").optional(),
    owner: user.optional(),
    visibleTo,
  }),
  {
    issueId: the.issue,
    ...the.about,
    orderIds: [the.order],
    severity: "severe",
    responsibleParty: "carrier",
    owner: "wang",
    visibleTo: the.scope.visibleTo,
  },
);
export type IssueTriaged = DataOf<typeof issueTriaged>;
