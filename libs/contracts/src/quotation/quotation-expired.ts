import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, quotationOf } from "../shapes.js";

export const quotationExpired = Contract.of("quotation.expired", "gendan.quotations", {
  owner: "order",
  key: "quotationId",
  en: "The last valid day of the quotation is over, and nobody has answered.",
  zh: "报价单有效期已过，客户未答复。",
}).version(
  z.object({
    ...quotationOf,
    version: count,
  }),
  {
    ...the.quotationOf,
    version: 1,
  },
);
export type QuotationExpired = DataOf<typeof quotationExpired>;
