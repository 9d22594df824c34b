import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { about, id, instant, oneOf, personId, scope, text } from "../shapes.js";

export const caseOpened = Contract.of("case.opened", "gendan.cases", {
  owner: "customer",
  key: "caseId",
  en: "The customer asks or complains.",
  zh: "客户提出咨询或投诉。",
}).version(
  z.object({
    number: text,
    kind: oneOf("inquiry", "complaint"),
    customerId: personId,
    subject: text,
    priority: oneOf("low", "normal", "high", "urgent"),
    openedAt: instant,
    ...about,
    caseId: id,
    ...scope,
  }),
  {
    number: "CS-2026-000001",
    kind: "complaint",
    customerId: the.customer,
    subject: "delay",
    priority: "high",
    openedAt: "2027-02-03T09:00:00.000Z",
    ...the.about,
    caseId: the.case,
    ...the.scope,
  },
);
export type CaseOpened = DataOf<typeof caseOpened>;
