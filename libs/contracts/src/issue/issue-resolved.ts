import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, about } from "../shapes.js";

/** Its mandatory actions are done. */
export const issueResolved = Contract.of("issue.resolved", "gendan.issues").version(
  z.object({ issueId: id, ...about }),
);
export type IssueResolved = DataOf<typeof issueResolved>;
