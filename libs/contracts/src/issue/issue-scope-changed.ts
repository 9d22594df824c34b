import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, scope } from "../shapes.js";

export const issueScopeChanged = Contract.of("issue.scope.changed", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "Who owns the issue or who sees it has changed, with its orders.",
  zh: "问题的归属或可见范围随其订单变更。",
}).version(z.object({ issueId: id, orderIds: z.array(id), ...scope }), {
  issueId: the.issue,
  orderIds: [the.order],
  ...the.scope,
});
export type IssueScopeChanged = DataOf<typeof issueScopeChanged>;
