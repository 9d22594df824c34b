import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, oneOf, text } from "../shapes.js";

export const orderAmendmentProposed = Contract.of("order.amendment.proposed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A change of the binding order is asked for; nothing has changed yet. version is the one that it would change.",
  zh: "已提出订单变更，尚未生效；version 为其所变更的版本。",
}).version(
  z.object({
    orderId: id,
    amendmentId: id,
    version: count,
    reason: text,
    askedBy: oneOf("customer", "us", "supplier", "carrier", "forceMajeure"),
    /** What of the order would change. */
    paths: z.array(text),
  }),
  {
    orderId: the.order,
    amendmentId: the.amendment,
    version: 1,
    reason: "less-needed",
    askedBy: "customer",
    paths: ["lines.1.quantity"],
  },
);
export type OrderAmendmentProposed = DataOf<typeof orderAmendmentProposed>;
