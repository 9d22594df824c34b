import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, part, text } from "../shapes.js";

export const orderAllocationReleased = Contract.of("order.allocation.released", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "What was allocated to a shipment is free again: the shipment dropped the order or was cancelled.",
  zh: "分配给发运单的货物已收回：发运单移出了该订单或已取消。",
})
  .version(z.object({ orderId: id, shipmentId: id, lines: z.array(part) }), {
    orderId: the.order,
    shipmentId: the.shipment,
    lines: [the.part],
  })
  // Why, where the order took it back by itself: the shipment has no longer all that it asked for.
  .version(
    z.object({ orderId: id, shipmentId: id, lines: z.array(part), because: text.optional() }),
    { orderId: the.order, shipmentId: the.shipment, lines: [the.part], because: "amendment" },
    (v1) => v1,
  );
export type OrderAllocationReleased = DataOf<typeof orderAllocationReleased>;
