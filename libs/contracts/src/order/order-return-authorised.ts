import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOf, part, text } from "../shapes.js";

export const orderReturnAuthorised = Contract.of("order.return.authorised", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The customer may send goods back.",
  zh: "已同意客户退货。",
}).version(
  z.object({
    orderId: id,
    returnId: id,
    lines: z.array(part),
    reason: text,
    remedy: oneOf("refund", "exchange", "none"),
  }),
  {
    orderId: the.order,
    returnId: the.return,
    lines: [{ ...the.part, quantity: "4" }],
    reason: "damaged",
    remedy: "refund",
  },
);
export type OrderReturnAuthorised = DataOf<typeof orderReturnAuthorised>;
