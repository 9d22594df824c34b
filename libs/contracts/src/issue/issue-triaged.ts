import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, issueAbout, visibleTo } from "../shapes.js";

/** Severity and responsible party were judged. */
export const issueTriaged = Contract.of("issue.triaged", "gendan.issues").version(
  z.object({
    issueId: id,
    ...issueAbout,
    severity: z.enum(["minor", "severe"]),
    responsibleParty: z.enum(["us", "customer", "supplier", "carrier"]).optional(),
    owner: z.string().optional(),
    visibleTo,
  }),
);
export type IssueTriaged = DataOf<typeof issueTriaged>;
