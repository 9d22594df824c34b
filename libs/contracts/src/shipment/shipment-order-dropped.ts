import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** An order goes no longer with this shipment. */
export const shipmentOrderDropped = Contract.of("shipment.order.dropped", "gendan.shipments").version(
  z.object({ shipmentId: id, orderIds: z.array(id), orderId: id }),
);
export type ShipmentOrderDropped = DataOf<typeof shipmentOrderDropped>;
