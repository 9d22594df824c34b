import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { about, flag, id, instant } from "../shapes.js";

export const caseAnswered = Contract.of("case.answered", "gendan.cases", {
  owner: "customer",
  key: "caseId",
  en: "The customer got an answer; first tells whether it was the first one.",
  zh: "客户得到答复；first 表示是否为首次答复。",
}).version(z.object({ first: flag, answeredAt: instant, ...about, caseId: id }), {
  first: true,
  answeredAt: "2027-02-03T10:30:00.000Z",
  ...the.about,
  caseId: the.case,
});
export type CaseAnswered = DataOf<typeof caseAnswered>;
