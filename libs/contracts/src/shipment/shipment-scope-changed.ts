import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, scope } from "../shapes.js";

export const shipmentScopeChanged = Contract.of("shipment.scope.changed", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "Who owns the shipment or who sees it has changed, with its orders.",
  zh: "发运单的归属或可见范围随其订单变更。",
}).version(z.object({ shipmentId: id, orderIds: z.array(id), ...scope }), {
  shipmentId: the.shipment,
  orderIds: [the.order],
  ...the.scope,
});
export type ShipmentScopeChanged = DataOf<typeof shipmentScopeChanged>;
