import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, flag, id, oneOfSoFar, text } from "../shapes.js";

export const customFieldsDefined = Contract.of("custom.fields.defined", "gendan.rules", {
  owner: "order",
  key: "rulesId",
  en: "The company has defined its custom fields anew, of orders, lines and customers: these are all that there are now.",
  zh: "公司重新定义了订单、订单行和客户的自定义字段：以此为全部有效定义。",
}).version(
  z.object({
    rulesId: id,
    /** From 1; what is decided under it names it. */
    version: count,
    fields: z.array(
      z.object({
        name: text,
        of: oneOfSoFar("order", "line", "customer"),
        type: oneOfSoFar("text", "integer", "decimal", "date", "boolean", "choice"),
        required: flag,
        /** Its values are sealed: personal texts. */
        personal: flag,
        /** Of a choice, all of them. */
        choices: z.array(text).optional(),
      }),
    ),
    /** Fields that are not among them are refused. */
    definedOnly: flag,
  }),
  {
    rulesId: the.rules,
    version: 3,
    fields: [
      { name: "season", of: "order", type: "choice", required: true, personal: false, choices: ["S27", "W27"] },
      { name: "credit-class", of: "customer", type: "integer", required: false, personal: false },
    ],
    definedOnly: false,
  },
);
export type CustomFieldsDefined = DataOf<typeof customFieldsDefined>;
