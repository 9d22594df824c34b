import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { quotationOf } from "../shapes.js";

export const quotationDrafted = Contract.of("quotation.drafted", "gendan.quotations", {
  owner: "order",
  key: "quotationId",
  en: "A quotation was begun; the customer has nothing of it yet.",
  zh: "开始起草报价单，尚未发给客户。",
}).version(
  z.object({
    ...quotationOf,
  }),
  {
    ...the.quotationOf,
  },
);
export type QuotationDrafted = DataOf<typeof quotationDrafted>;
