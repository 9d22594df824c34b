import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The contact's personal values are gone for good; the customer stays. */
export const contactErased = Contract.of("contact.erased", "gendan.customers").version(
  z.object({ contactId: id, customerId: id }),
);
export type ContactErased = DataOf<typeof contactErased>;
