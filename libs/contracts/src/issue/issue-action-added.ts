import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day, issueAbout, visibleTo } from "../shapes.js";

/** Somebody will do something until a day. */
export const issueActionAdded = Contract.of("issue.action.added", "gendan.issues").version(
  z.object({
    issueId: id,
    ...issueAbout,
    actionId: z.string(),
    owner: z.string(),
    dueOn: day.optional(),
    mandatory: z.boolean(),
    visibleTo,
  }),
);
export type IssueActionAdded = DataOf<typeof issueActionAdded>;
