import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, about } from "../shapes.js";

/** Severity and responsible party were judged. */
export const issueTriaged = Contract.of("issue.triaged", "gendan.issues").version(
  z.object({
    issueId: id,
    ...about,
    severity: z.enum(["minor", "severe"]),
    responsibleParty: z.enum(["us", "customer", "supplier", "carrier"]).optional(),
  }),
);
export type IssueTriaged = DataOf<typeof issueTriaged>;
