import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, id, instant, oneOf, part, personId, scope, text } from "../shapes.js";

export const orderShipped = Contract.of("order.shipped", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Goods of the order left; breaches name the rules that this fact breaks.",
  zh: "订单的货物已发出；breaches 列出这一事实所违反的规则。",
}).version(
  z.object({
    orderId: id,
    customerId: personId.optional(),
    shipmentId: id,
    lines: z.array(part),
    shippedAt: instant,
    /** The order's zone: an issue that this opens counts on its local day. */
    zone: text,
    shipping: oneOf("None", "Partial", "Full"),
    breaches: z.array(breach),
    ...scope,
  }),
  {
    orderId: the.order,
    customerId: the.customer,
    shipmentId: the.shipment,
    lines: [the.part],
    shippedAt: "2027-01-20T08:00:00.000Z",
    zone: "Europe/Berlin",
    shipping: "Full",
    breaches: [],
    ...the.scope,
  },
);
export type OrderShipped = DataOf<typeof orderShipped>;
