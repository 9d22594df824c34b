import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, issueAbout } from "../shapes.js";

/** The issue is over; cause is what the Pareto counts. */
export const issueClosed = Contract.of("issue.closed", "gendan.issues").version(
  z.object({ issueId: id, ...issueAbout, cause: z.string(), slotId: id.optional() }),
);
export type IssueClosed = DataOf<typeof issueClosed>;
