import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { personId, scope } from "../shapes.js";

export const satisfactionScopeChanged = Contract.of("satisfaction.scope.changed", "gendan.customers", {
  owner: "customer",
  key: "satisfactionId",
  en: "Who owns the customer's answer or who sees it has changed, with its order.",
  zh: "满意度评价的归属或可见范围随其订单变更。",
}).version(z.object({ satisfactionId: personId, ...scope }), { satisfactionId: the.satisfaction, ...the.scope });
export type SatisfactionScopeChanged = DataOf<typeof satisfactionScopeChanged>;
