import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { checkpointCode, id, instant, shipmentState, text } from "../shapes.js";

export const shipmentCheckpointRecorded = Contract.of("shipment.checkpoint.recorded", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "The carrier or a person reported where a package is; state is the shipment's after it.",
  zh: "承运商或人员报告了包裹所在；state 是发运单此后的状态。",
}).version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    packageId: text,
    code: checkpointCode,
    occurredAt: instant,
    place: text.optional(),
    state: shipmentState,
  }),
  {
    shipmentId: the.shipment,
    orderIds: [the.order],
    packageId: "1",
    code: "DEPARTED",
    occurredAt: "2027-01-21T03:00:00.000Z",
    place: "Ningbo",
    state: "InTransit",
  },
);
export type ShipmentCheckpointRecorded = DataOf<typeof shipmentCheckpointRecorded>;
