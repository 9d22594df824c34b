import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { personId } from "../shapes.js";

export const customerErased = Contract.of("customer.erased", "gendan.customers", {
  owner: "customer",
  key: "customerId",
  en: "The customer's personal values are gone for good: whoever keeps any of them beside their key forgets them as well.",
  zh: "该客户的个人信息已永久抹除：凡另行保存者也须一并删除。",
}).version(z.object({ customerId: personId }), { customerId: the.customer });
export type CustomerErased = DataOf<typeof customerErased>;
