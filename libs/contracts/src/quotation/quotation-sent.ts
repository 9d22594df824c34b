import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, count, day, detailedOrderLine, quotationOf } from "../shapes.js";

export const quotationSent = Contract.of("quotation.sent", "gendan.quotations", {
  owner: "order",
  key: "quotationId",
  en: "A version of the quotation was sent; it can be accepted until the end of its last valid day.",
  zh: "报价单的一个版本已发给客户，在有效期最后一天结束前可以接受。",
}).version(
  z.object({
    ...quotationOf,
    version: count,
    validUntil: day,
    lines: z.array(detailedOrderLine),
    amount,
    freight: amount,
  }),
  {
    ...the.quotationOf,
    version: 1,
    validUntil: "2026-12-23",
    lines: [the.detailedLine],
    amount: the.total,
    freight: the.nothing,
  },
);
export type QuotationSent = DataOf<typeof quotationSent>;
