import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The exception is over. */
export const shipmentExceptionResolved = Contract.of("shipment.exception.resolved", "gendan.shipments").version(
  z.object({ shipmentId: id, orderIds: z.array(id), exceptionId: z.string(), kind: z.string(), open: z.int() }),
);
export type ShipmentExceptionResolved = DataOf<typeof shipmentExceptionResolved>;
