import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { about, oneOf, oneOfSoFar, personId, scope } from "../shapes.js";

export const interactionLogged = Contract.of("interaction.logged", "gendan.customers", {
  owner: "customer",
  key: "interactionId",
  en: "Somebody spoke or wrote with the customer.",
  zh: "有人与客户通话或书面往来。",
}).version(
  z.object({
    interactionId: personId,
    customerId: personId,
    channel: oneOfSoFar("call", "mail", "chat", "visit", "portal"),
    direction: oneOf("inbound", "outbound"),
    ...about,
    ...scope,
  }),
  {
    interactionId: the.interaction,
    customerId: the.customer,
    channel: "call",
    direction: "inbound",
    orderId: the.order,
    ...the.scope,
  },
);
export type InteractionLogged = DataOf<typeof interactionLogged>;
