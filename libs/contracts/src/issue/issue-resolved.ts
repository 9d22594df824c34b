import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, issueAbout } from "../shapes.js";

/** Its mandatory actions are done. */
export const issueResolved = Contract.of("issue.resolved", "gendan.issues").version(
  z.object({ issueId: id, ...issueAbout }),
);
export type IssueResolved = DataOf<typeof issueResolved>;
