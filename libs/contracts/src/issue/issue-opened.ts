import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day, instant, scope, issueAbout } from "../shapes.js";

/** Something went wrong and is followed up; rule is absent when a person opened it. */
export const issueOpened = Contract.of("issue.opened", "gendan.issues").version(
  z.object({
    issueId: id,
    ...issueAbout,
    number: z.string(),
    rule: z.string().optional(),
    source: z.string().optional(),
    slotId: id.optional(),
    severity: z.enum(["minor", "severe"]),
    title: z.string(),
    openedAt: instant,
    /** The calendar day of openedAt in the zone of what it is about; reports count by it. */
    openedOn: day,
    ...scope,
  }),
);
export type IssueOpened = DataOf<typeof issueOpened>;
