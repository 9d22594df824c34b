import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { personId, text } from "../shapes.js";

export const contactRegistered = Contract.of("contact.registered", "gendan.customers", {
  owner: "customer",
  key: "contactId",
  en: "A person to talk to at a customer.",
  zh: "登记了客户处的一位联系人。",
}).version(z.object({ contactId: personId, customerId: personId, role: text.optional() }), {
  contactId: the.contact,
  customerId: the.customer,
  role: "buyer",
});
export type ContactRegistered = DataOf<typeof contactRegistered>;
