import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, quotationOf, text } from "../shapes.js";

export const quotationDeclined = Contract.of("quotation.declined", "gendan.quotations", {
  owner: "order",
  key: "quotationId",
  en: "The customer does not want what was offered.",
  zh: "客户不接受报价。",
}).version(
  z.object({
    ...quotationOf,
    version: count,
    /** A short code. */
    reason: text,
  }),
  {
    ...the.quotationOf,
    version: 1,
    reason: "price",
  },
);
export type QuotationDeclined = DataOf<typeof quotationDeclined>;
