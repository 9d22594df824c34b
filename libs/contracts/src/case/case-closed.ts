import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { about, id, text } from "../shapes.js";

export const caseClosed = Contract.of("case.closed", "gendan.cases", {
  owner: "customer",
  key: "caseId",
  en: "The case is done.",
  zh: "服务单已办结。",
}).version(z.object({ ...about, caseId: id, outcome: text.optional() }), {
  ...the.about,
  caseId: the.case,
  outcome: "resolved",
});
export type CaseClosed = DataOf<typeof caseClosed>;
