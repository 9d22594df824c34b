import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, flag, id, issueAbout, text, user, visibleTo } from "../shapes.js";

export const issueActionAdded = Contract.of("issue.action.added", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "Somebody will do something until a day.",
  zh: "有人将在某日之前采取措施。",
}).version(
  z.object({
    issueId: id,
    ...issueAbout,
    actionId: text,
    owner: user,
    dueOn: day.optional(),
    mandatory: flag,
    visibleTo,
  }),
  {
    issueId: the.issue,
    ...the.about,
    orderIds: [the.order],
    actionId: "a1",
    owner: "wang",
    dueOn: "2027-02-20",
    mandatory: true,
    visibleTo: the.scope.visibleTo,
  },
);
export type IssueActionAdded = DataOf<typeof issueActionAdded>;
