import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, issueAbout } from "../shapes.js";

/** An action was done. */
export const issueActionCompleted = Contract.of("issue.action.completed", "gendan.issues").version(
  z.object({ issueId: id, ...issueAbout, actionId: z.string() }),
);
export type IssueActionCompleted = DataOf<typeof issueActionCompleted>;
