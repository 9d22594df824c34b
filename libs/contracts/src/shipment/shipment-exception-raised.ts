import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { exceptionKind, id, text } from "../shapes.js";

export const shipmentExceptionRaised = Contract.of("shipment.exception.raised", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "Something lies over the shipment: a delay, damage, customs, a wrong address.",
  zh: "发运单出现异常：延误、破损、海关、地址错误等。",
}).version(z.object({ shipmentId: id, orderIds: z.array(id), exceptionId: text, kind: exceptionKind }), {
  shipmentId: the.shipment,
  orderIds: [the.order],
  exceptionId: "e1",
  kind: "customs",
});
export type ShipmentExceptionRaised = DataOf<typeof shipmentExceptionRaised>;
