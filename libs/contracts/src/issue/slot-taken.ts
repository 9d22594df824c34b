import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day, instant, scope, issueAbout } from "../shapes.js";

/** A rule found something at a source that has no open issue yet: one is opened under this id. */
export const issueSlotTaken = Contract.of("issue.slot.taken", "gendan.issues").version(
  z.object({
    slotId: id,
    issueId: id,
    rule: z.string(),
    source: z.string(),
    severity: z.enum(["minor", "severe"]),
    title: z.string(),
    occurredAt: instant,
    /** The calendar day of occurredAt in the zone of what it is about. */
    occurredOn: day,
    ...issueAbout,
    ...scope,
  }),
);
export type IssueSlotTaken = DataOf<typeof issueSlotTaken>;
