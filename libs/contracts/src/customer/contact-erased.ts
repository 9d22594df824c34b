import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { personId } from "../shapes.js";

export const contactErased = Contract.of("contact.erased", "gendan.customers", {
  owner: "customer",
  key: "contactId",
  en: "The contact's personal values are gone for good; the customer stays.",
  zh: "该联系人的个人信息已永久抹除；客户仍保留。",
}).version(z.object({ contactId: personId, customerId: personId }), {
  contactId: the.contact,
  customerId: the.customer,
});
export type ContactErased = DataOf<typeof contactErased>;
