import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const orderPurchaseRecorded = Contract.of("order.purchase.recorded", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The customer's own purchase order was recorded: the newest counts, and a verification before it is taken back.",
  zh: "登记了客户采购单：以最新版本为准，此前的核对失效。",
}).version(
  z.object({
    orderId: id,
    /** The customer's number, and the customer's own name of this state of it. */
    number: text,
    revision: text,
  }),
  { orderId: the.order, number: "PO-4711", revision: "B" },
);
export type OrderPurchaseRecorded = DataOf<typeof orderPurchaseRecorded>;
