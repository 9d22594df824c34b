import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** Something lies over the shipment: a delay, damage, customs, a wrong address. */
export const shipmentExceptionRaised = Contract.of("shipment.exception.raised", "gendan.shipments").version(
  z.object({ shipmentId: id, orderIds: z.array(id), exceptionId: z.string(), kind: z.string() }),
);
export type ShipmentExceptionRaised = DataOf<typeof shipmentExceptionRaised>;
