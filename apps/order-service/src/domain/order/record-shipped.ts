// RecordShipped: goods of the order left. A fact: what it breaks is told with it.
import { accept, dayIn, type Asked, type Decision } from "@gendan/eventing";
import { isDeliveredByHandOver } from "./dates/incoterms.js";
import { judged } from "./dates/judged.js";
import { handedOverOf, progressOf, shippingOf } from "./dimensions.js";
import { breachBeyond, breachWhere, countable, isOver, ofOrder } from "./facts.js";
import { blocking } from "./holds/holds.state.js";
import { heldBy, moved, scheduleKey, ship } from "./ledger.js";
import type { Breach, GoodsShipped, Lifecycle, OrderEvent, Part } from "./order.events.js";
import type { OrderState } from "./order.state.js";

export interface RecordShipped {
  readonly type: "RecordShipped";
  readonly shipmentId: string;
  readonly lines: readonly Part[];
  readonly shippedAt: string;
}

export function recordShipped(order: OrderState, command: RecordShipped, by: Asked): Decision<OrderEvent, never> {
  const { shipmentId, shippedAt } = command;
  const { lines, breaches } = countable(order, command.lines, by.claimedAt);
  const ledger = moved(order.ledger, shipmentId, lines, ship);
  const after = { ...order, ledger };
  return accept({
    type: "order.shipped",
    shipmentId,
    lines,
    progress: progressOf(after, lines),
    shippedAt,
    shipping: shippingOf(after),
    breaches: [
      ...breaches,
      ...stateBreaches(order),
      ...breachBeyond("SHIPPED_NOT_ALLOCATED", lines, (part) => {
        const held = heldBy(order.ledger, shipmentId, scheduleKey(part));
        return held.allocated - held.shipped;
      }),
      ...breachWhere("SHIPPED_OVER_QUANTITY", lines, (part) => isOver(after, part)),
    ],
    ...handOver(after, lines, shippedAt),
    ...ofOrder(order),
  });
}

/** Under some Incoterms the seller has delivered with it. */
function handOver(order: OrderState, lines: readonly Part[], shippedAt: string): Pick<GoodsShipped, "handOver"> {
  if (lines.length === 0 || !isDeliveredByHandOver(order.content.incoterm)) return {};
  const on = dayIn(order.zone, shippedAt);
  const parts = lines.map((part) => judged(order, part, on));
  return {
    handOver: { on, late: parts.some(({ lateDays }) => lateDays > 0), lines: parts, extent: handedOverOf(order) },
  };
}

/** Of every lifecycle there is. What leaves of an order that is not known is a breach already, and of a completed one no other. */
const BROKEN: Readonly<Record<Lifecycle | "absent", Breach["code"] | undefined>> = {
  absent: undefined,
  received: "SHIPPED_NOT_CONFIRMED",
  discrepant: "SHIPPED_NOT_CONFIRMED",
  verified: "SHIPPED_NOT_CONFIRMED",
  pendingApproval: "SHIPPED_NOT_CONFIRMED",
  rejected: "SHIPPED_NOT_CONFIRMED",
  confirmed: undefined,
  inExecution: undefined,
  completed: undefined,
  closed: "SHIPPED_AFTER_CLOSING",
  cancelled: "SHIPPED_AFTER_CANCELLATION",
};

function stateBreaches({ lifecycle, holds }: OrderState): Breach[] {
  const code = BROKEN[lifecycle];
  const under = blocking(holds, "dispatch");
  return [
    ...(code === undefined ? [] : [{ code }]),
    ...(under.length > 0 ? [{ code: "SHIPPED_UNDER_HOLD", detail: under.join(", ") } as const] : []),
  ];
}
