import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, oneOfSoFar, text } from "../shapes.js";

export const orderCompared = Contract.of("order.compared", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order as it stands was compared with its quotation or the customer's purchase order; each difference was told before.",
  zh: "订单现状已与报价单或客户采购单比对，各项差异已先行通知。",
}).version(
  z.object({
    orderId: id,
    documents: z.array(z.object({ comparedWith: oneOfSoFar("quotation", "purchaseOrder"), document: text })),
    /** New differences, those that were settled by comparing, and all that are open now. */
    found: count,
    settled: count,
    open: count,
  }),
  {
    orderId: the.order,
    documents: [{ comparedWith: "purchaseOrder", document: "PO-4711/B" }],
    found: 2,
    settled: 1,
    open: 2,
  },
);
export type OrderCompared = DataOf<typeof orderCompared>;
