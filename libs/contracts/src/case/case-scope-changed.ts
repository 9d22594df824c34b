import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, scope } from "../shapes.js";

export const caseScopeChanged = Contract.of("case.scope.changed", "gendan.cases", {
  owner: "customer",
  key: "caseId",
  en: "Who owns the case or who sees it has changed, with its order.",
  zh: "服务单的归属或可见范围随其订单变更。",
}).version(z.object({ caseId: id, ...scope }), { caseId: the.case, ...the.scope });
export type CaseScopeChanged = DataOf<typeof caseScopeChanged>;
