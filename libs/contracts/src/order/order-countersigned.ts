import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, day, id } from "../shapes.js";

export const orderCountersigned = Contract.of("order.countersigned", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The customer has signed this version of the order.",
  zh: "客户已回签该版本订单。",
}).version(
  z.object({
    orderId: id,
    version: count,
    signedOn: day,
  }),
  { orderId: the.order, version: 1, signedOn: "2026-12-01" },
);
export type OrderCountersigned = DataOf<typeof orderCountersigned>;
