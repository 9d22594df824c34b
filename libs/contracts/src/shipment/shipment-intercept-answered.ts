import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOf, text } from "../shapes.js";

export const shipmentInterceptAnswered = Contract.of("shipment.intercept.answered", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "Whether the carrier could intercept the packages.",
  zh: "承运商对拦截的答复。",
}).version(
  z.object({ shipmentId: id, orderIds: z.array(id), packageIds: z.array(text), outcome: oneOf("succeeded", "failed") }),
  { shipmentId: the.shipment, orderIds: [the.order], packageIds: ["1"], outcome: "succeeded" },
);
export type ShipmentInterceptAnswered = DataOf<typeof shipmentInterceptAnswered>;
