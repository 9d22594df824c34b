import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, text } from "../shapes.js";

export const orderQuoted = Contract.of("order.quoted", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "An order that came by itself is what the customer makes of a quotation; its lines name those that they were quoted by.",
  zh: "已收到的订单即客户对某报价单的接受，订单行对应报价单行。",
}).version(
  z.object({
    orderId: id,
    quotationId: id,
    version: count,
    lines: z.array(z.object({ lineId: text, quotedLineId: text })),
  }),
  { orderId: the.order, quotationId: the.quotation, version: 1, lines: [{ lineId: "1", quotedLineId: "1" }] },
);
export type OrderQuoted = DataOf<typeof orderQuoted>;
