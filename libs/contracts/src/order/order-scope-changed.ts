import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOfSoFar, scope, text } from "../shapes.js";

export const orderScopeChanged = Contract.of("order.scope.changed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Who owns the order or who sees it has changed: moved, assigned, shared. What is about it follows.",
  zh: "订单的归属或可见范围变更：转移部门、指派或共享。与之相关的一切随之变更。",
}).version(
  z.object({
    orderId: id,
    change: oneOfSoFar("moved", "assigned", "shared", "unshared", "shareElapsed"),
    reason: text.optional(),
    ...scope,
  }),
  {
    orderId: the.order,
    change: "moved",
    reason: "reorganisation",
    department: "cn/west",
    assignee: "li",
    visibleTo: ["d:", "d:cn", "d:cn/west", "u:li"],
  },
);
export type OrderScopeChanged = DataOf<typeof orderScopeChanged>;
