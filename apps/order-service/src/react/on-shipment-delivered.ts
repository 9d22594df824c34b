// A delivered shipment is a fact to each of its orders, one command each: recorded always, disputed where it cannot be. What the
// rules of kind tolerance say of a tail goes with it.
import type { ShipmentDelivered } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { rulesId } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";
import { toOrder } from "./to-order.js";

export const onShipmentDelivered: Reaction<ShipmentDelivered, RulesState> = {
  name: "record-delivered",
  topic: "gendan.shipments",
  on: "shipment.delivered",
  startsWith: "history",
  reads: () => [{ aggregate: "order.rules", id: rulesId("tolerance") }],
  react: ({ shipmentId, orders, deliveredAt }, _, [found]) => {
    const tolerance = found ? { tolerance: rulesIn(found.state, "tolerance") } : {};
    return orders.map(({ orderId, lines }) =>
      toOrder(orderId, { type: "RecordDelivered", shipmentId, lines, deliveredAt, ...tolerance }),
    );
  },
};
