import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { oneOf, personId, scope, text } from "../shapes.js";

export const customerRegistered = Contract.of("customer.registered", "gendan.customers", {
  owner: "customer",
  key: "customerId",
  en: "A customer is known; a person's name is never told, an organisation's is.",
  zh: "登记了一位客户；个人的姓名从不公布，组织的名称公布。",
}).version(
  z.object({
    customerId: personId,
    number: text,
    kind: oneOf("organisation", "person"),
    name: text.optional(),
    country: text.optional(),
    region: text.optional(),
    postcodePrefix: text.optional(),
    language: text.optional(),
    ...scope,
  }),
  {
    customerId: the.customer,
    number: "CU-2026-000001",
    kind: "organisation",
    name: "Nordwind GmbH",
    country: "DE",
    region: "HH",
    postcodePrefix: "20",
    language: "de",
    ...the.scope,
  },
);
export type CustomerRegistered = DataOf<typeof customerRegistered>;
