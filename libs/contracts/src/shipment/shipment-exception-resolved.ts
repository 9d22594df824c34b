import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, exceptionKind, id, text } from "../shapes.js";

export const shipmentExceptionResolved = Contract.of("shipment.exception.resolved", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "The exception is over.",
  zh: "发运单的一项异常已解除。",
}).version(z.object({ shipmentId: id, orderIds: z.array(id), exceptionId: text, kind: exceptionKind, open: count }), {
  shipmentId: the.shipment,
  orderIds: [the.order],
  exceptionId: "e1",
  kind: "customs",
  open: 0,
});
export type ShipmentExceptionResolved = DataOf<typeof shipmentExceptionResolved>;
