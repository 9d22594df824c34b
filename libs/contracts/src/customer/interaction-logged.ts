import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, scope, about } from "../shapes.js";

/** Somebody spoke or wrote with the customer. */
export const interactionLogged = Contract.of("interaction.logged", "gendan.customers").version(
  z.object({
    interactionId: id,
    customerId: id,
    channel: z.string(),
    direction: z.enum(["inbound", "outbound"]),
    ...about,
    ...scope,
  }),
);
export type InteractionLogged = DataOf<typeof interactionLogged>;
