import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, carried, instant, personId, scope, text } from "../shapes.js";

export const shipmentDispatched = Contract.of("shipment.dispatched", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "The goods left; breaches name rules that were known to be broken when it was recorded.",
  zh: "货物已发运；breaches 列出登记时已知被违反的规则。",
}).version(
  z.object({
    ...carried,
    carrier: text.optional(),
    dispatchedAt: instant,
    /** The zone of its orders where they share one; an issue that this opens counts on its local day. */
    zone: text.optional(),
    /** The customer of its orders where they share one. */
    customerId: personId.optional(),
    breaches: z.array(breach),
    ...scope,
  }),
  {
    shipmentId: the.shipment,
    orderIds: [the.order],
    orders: [the.orderPart],
    carrier: "Ostsee Line",
    dispatchedAt: "2027-01-20T08:00:00.000Z",
    zone: "Europe/Berlin",
    customerId: the.customer,
    breaches: [{ code: "DISPATCHED_UNDER_HOLD", detail: "credit", orderId: the.order }],
    ...the.scope,
  },
);
export type ShipmentDispatched = DataOf<typeof shipmentDispatched>;
