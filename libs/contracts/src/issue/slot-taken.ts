import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, instant, issueAbout, oneOf, scope, text } from "../shapes.js";

export const issueSlotTaken = Contract.of("issue.slot.taken", "gendan.issues", {
  owner: "customer",
  key: "slotId",
  en: "A rule found something at a source that has no open issue yet: one is opened under this id.",
  zh: "一条规则在尚无未决问题的来源上有所发现：以此编号开立问题。",
}).version(
  z.object({
    slotId: id,
    issueId: id,
    rule: text,
    source: text,
    severity: oneOf("minor", "severe"),
    title: text,
    occurredAt: instant,
    /** The calendar day of occurredAt in the zone of what it is about. */
    occurredOn: day,
    ...issueAbout,
    ...scope,
  }),
  {
    slotId: the.slot,
    issueId: the.issue,
    rule: "late-delivery",
    source: the.order,
    severity: "minor",
    title: "late-delivery",
    occurredAt: "2027-02-02T10:00:00.000Z",
    occurredOn: "2027-02-02",
    ...the.about,
    orderIds: [the.order],
    customerId: the.customer,
    ...the.scope,
  },
);
export type IssueSlotTaken = DataOf<typeof issueSlotTaken>;
