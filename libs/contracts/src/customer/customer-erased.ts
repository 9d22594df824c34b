import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The customer's personal values are gone for good: whoever keeps any of them beside their key forgets them as well. */
export const customerErased = Contract.of("customer.erased", "gendan.customers").version(z.object({ customerId: id }));
export type CustomerErased = DataOf<typeof customerErased>;
