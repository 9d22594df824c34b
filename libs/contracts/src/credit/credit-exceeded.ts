import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, personId } from "../shapes.js";

export const creditExceeded = Contract.of("credit.exceeded", "gendan.credit", {
  owner: "order",
  key: "customerId",
  en: "Orders that were confirmed at the same time go over the credit limit together; this one was heard of last.",
  zh: "同时确认的订单合计超出客户信用额度；本单为最后一单。",
}).version(
  z.object({
    customerId: personId,
    orderId: id,
  }),
  { customerId: the.customer, orderId: the.order },
);
export type CreditExceeded = DataOf<typeof creditExceeded>;
