import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day, about } from "../shapes.js";

/** Somebody will do something until a day. */
export const issueActionAdded = Contract.of("issue.action.added", "gendan.issues").version(
  z.object({
    issueId: id,
    ...about,
    actionId: z.string(),
    owner: z.string(),
    dueOn: day.optional(),
    mandatory: z.boolean(),
  }),
);
export type IssueActionAdded = DataOf<typeof issueActionAdded>;
