// RecordLost: goods of the order were lost on the way, and are open again. A fact.
import { accept, type Asked, type Decision } from "@gendan/eventing";
import { progressOf, shippingOf } from "./dimensions.js";
import { breach, countable, within } from "./facts.js";
import { heldBy, losable, lose, moved, scheduleKey } from "./ledger.js";
import type { OrderEvent, Part } from "./order.events.js";
import type { OrderState } from "./order.state.js";

export interface RecordLost {
  readonly type: "RecordLost";
  readonly shipmentId: string;
  readonly lines: readonly Part[];
  readonly lostAt: string;
}

/** Only what the shipment holds and has not brought can be lost; the rest is disputed. */
export function recordLost(order: OrderState, command: RecordLost, by: Asked): Decision<OrderEvent, never> {
  const { shipmentId, lostAt } = command;
  const { lines: known, breaches } = countable(order, command.lines, by.claimedAt);
  const { counted: lines, disputed } = within(known, (part) =>
    losable(heldBy(order.ledger, shipmentId, scheduleKey(part))),
  );
  const ledger = moved(order.ledger, shipmentId, lines, lose);
  const after = { ...order, ledger };
  return accept({
    type: "order.lost",
    shipmentId,
    lines,
    progress: progressOf(after, lines),
    lostAt,
    shipping: shippingOf(after),
    breaches: [...breaches, ...breach("LOST_NOT_IN_TRANSIT", disputed)],
  });
}
