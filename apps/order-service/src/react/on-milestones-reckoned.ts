// Where the rules say so, an order is held while what is to be paid before its shipment has not come.
import type { OrderMilestonesReckoned } from "@gendan/contracts";
import type { Found, Reaction } from "@gendan/eventing";
import { isUnpaidBeforeShipment } from "../domain/order/money/milestones.js";
import type { OrderState } from "../domain/order/order.state.js";
import { rulesId } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";
import { toOrder } from "./to-order.js";

const BEFORE_SHIPMENT = { hold: "payment", source: "milestones" } as const;

export const onMilestonesReckoned: Reaction<OrderMilestonesReckoned, OrderState | RulesState> = {
  name: "hold-until-paid",
  topic: "gendan.orders",
  on: "order.milestones.reckoned",
  reads: ({ orderId }) => [
    { aggregate: "order.order", id: orderId },
    { aggregate: "order.rules", id: rulesId("payment") },
    { aggregate: "order.rules", id: rulesId("holds") },
  ],
  react: ({ orderId }, _, [order, payment, holds]) => {
    if (!order) return [];
    const { holdBeforeShipment } = rulesIn(stateOf(payment), "payment").rules;
    const isMissing = holdBeforeShipment && isUnpaidBeforeShipment(order.state as OrderState);
    const rules = rulesIn(stateOf(holds), "holds");
    return [
      toOrder(
        orderId,
        isMissing ? { type: "ImposeHold", ...BEFORE_SHIPMENT, rules } : { type: "LiftHold", ...BEFORE_SHIPMENT },
      ),
    ];
  },
};

const stateOf = (found: Found<OrderState | RulesState>): RulesState | undefined =>
  found?.state as RulesState | undefined;
