import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, instant, issueAbout, oneOf, scope, text } from "../shapes.js";

export const issueOpened = Contract.of("issue.opened", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "Something went wrong and is followed up; rule is absent when a person opened it.",
  zh: "出现问题并开始跟进；由人开立时没有 rule。",
}).version(
  z.object({
    issueId: id,
    ...issueAbout,
    number: text,
    rule: text.optional(),
    source: text.optional(),
    slotId: id.optional(),
    severity: oneOf("minor", "severe"),
    title: text,
    openedAt: instant,
    /** The calendar day of openedAt in the zone of what it is about; reports count by it. */
    openedOn: day,
    ...scope,
  }),
  {
    issueId: the.issue,
    ...the.about,
    orderIds: [the.order],
    customerId: the.customer,
    number: "IS-2026-000001",
    rule: "late-delivery",
    source: the.order,
    slotId: the.slot,
    severity: "minor",
    title: "late-delivery",
    openedAt: "2027-02-02T10:00:00.000Z",
    openedOn: "2027-02-02",
    ...the.scope,
  },
);
export type IssueOpened = DataOf<typeof issueOpened>;
