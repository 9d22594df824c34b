import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, issueAbout } from "../shapes.js";

/** The root cause is known, with evidence. */
export const issueCauseConfirmed = Contract.of("issue.cause.confirmed", "gendan.issues").version(
  z.object({ issueId: id, ...issueAbout, cause: z.string() }),
);
export type IssueCauseConfirmed = DataOf<typeof issueCauseConfirmed>;
