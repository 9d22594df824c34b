import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, personId } from "../shapes.js";

export const creditRecovered = Contract.of("credit.recovered", "gendan.credit", {
  owner: "order",
  key: "customerId",
  en: "There is room again under the credit limit for these orders that were held for its sake.",
  zh: "信用额度已恢复：此前因额度被冻结的这些订单可以放行。",
}).version(
  z.object({
    customerId: personId,
    orderIds: z.array(id),
  }),
  { customerId: the.customer, orderIds: [the.order] },
);
export type CreditRecovered = DataOf<typeof creditRecovered>;
