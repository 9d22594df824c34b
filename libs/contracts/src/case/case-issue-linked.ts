import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, about } from "../shapes.js";

/** An issue was opened from the case; the case stays open as long as it is. */
export const caseIssueLinked = Contract.of("case.issue.linked", "gendan.cases").version(
  z.object({ issueId: id, ...about, caseId: id }),
);
export type CaseIssueLinked = DataOf<typeof caseIssueLinked>;
