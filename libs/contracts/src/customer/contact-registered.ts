import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** A person to talk to at a customer. */
export const contactRegistered = Contract.of("contact.registered", "gendan.customers").version(
  z.object({ contactId: id, customerId: id, role: z.string().optional() }),
);
export type ContactRegistered = DataOf<typeof contactRegistered>;
