import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, scope } from "../shapes.js";

/** A customer is known; a person's name is never told, an organisation's is. */
export const customerRegistered = Contract.of("customer.registered", "gendan.customers").version(
  z.object({
    customerId: id,
    number: z.string(),
    kind: z.enum(["organisation", "person"]),
    name: z.string().optional(),
    country: z.string().optional(),
    region: z.string().optional(),
    postcodePrefix: z.string().optional(),
    language: z.string().optional(),
    ...scope,
  }),
);
export type CustomerRegistered = DataOf<typeof customerRegistered>;
