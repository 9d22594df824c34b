import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOfSoFar, text } from "../shapes.js";

export const orderDiscrepancyRecorded = Contract.of("order.discrepancy.recorded", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order differs from the quotation or the customer's purchase order.",
  zh: "订单与报价单或客户采购单不一致。",
}).version(
  z.object({
    orderId: id,
    discrepancyId: text,
    lineId: text.optional(),
    aspect: oneOfSoFar("item", "revision", "quantity", "price", "date", "packaging", "shippingMark", "other"),
  }),
  { orderId: the.order, discrepancyId: "d1", lineId: "1", aspect: "price" },
);
export type OrderDiscrepancyRecorded = DataOf<typeof orderDiscrepancyRecorded>;
