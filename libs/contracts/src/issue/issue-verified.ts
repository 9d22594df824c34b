import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, issueAbout } from "../shapes.js";

/** Somebody else saw that it works, or that it does not. */
export const issueVerified = Contract.of("issue.verified", "gendan.issues").version(
  z.object({ issueId: id, ...issueAbout, effective: z.boolean() }),
);
export type IssueVerified = DataOf<typeof issueVerified>;
