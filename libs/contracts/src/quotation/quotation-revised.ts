import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, quotationOf } from "../shapes.js";

export const quotationRevised = Contract.of("quotation.revised", "gendan.quotations", {
  owner: "order",
  key: "quotationId",
  en: "The next version of the quotation is being made; the one before it cannot be accepted any more.",
  zh: "正在修订报价单的下一版本，之前的版本不能再接受。",
}).version(
  z.object({
    ...quotationOf,
    version: count,
  }),
  {
    ...the.quotationOf,
    version: 2,
  },
);
export type QuotationRevised = DataOf<typeof quotationRevised>;
