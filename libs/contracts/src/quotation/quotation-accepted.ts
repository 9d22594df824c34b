import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, flag, id, quantity, quotationOf, text } from "../shapes.js";

export const quotationAccepted = Contract.of("quotation.accepted", "gendan.quotations", {
  owner: "order",
  key: "quotationId",
  en: "The customer orders what a version of the quotation offers, or a part of it.",
  zh: "客户接受报价单的一个版本，全部或部分下单。",
}).version(
  z.object({
    ...quotationOf,
    version: count,
    orderId: id,
    lines: z.array(z.object({ lineId: text, quantity })),
    /** Every line in its whole quantity. */
    whole: flag,
  }),
  {
    ...the.quotationOf,
    version: 2,
    orderId: the.order,
    lines: [{ lineId: "1", quantity: "100" }],
    whole: true,
  },
);
export type QuotationAccepted = DataOf<typeof quotationAccepted>;
