import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { about, id } from "../shapes.js";

export const caseIssueLinked = Contract.of("case.issue.linked", "gendan.cases", {
  owner: "customer",
  key: "caseId",
  en: "An issue was opened from the case; the case stays open as long as it is.",
  zh: "由服务单开立了问题；问题未关闭前，服务单保持打开。",
}).version(z.object({ issueId: id, ...about, caseId: id }), { issueId: the.issue, ...the.about, caseId: the.case });
export type CaseIssueLinked = DataOf<typeof caseIssueLinked>;
