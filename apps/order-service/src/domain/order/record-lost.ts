// RecordLost: goods of the order were lost on the way, and are open again. A fact.
import { accept, millionths, quantity, type Asked, type Decision } from "@gendan/eventing";
import { progressOf, shippingOf } from "./dimensions.js";
import { breach, countable } from "./facts.js";
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
  const { lost: lines, disputed } = split(order, shipmentId, known);
  const ledger = moved(order.ledger, shipmentId, lines, lose);
  const after = { ...order, ledger };
  return accept({
    type: "order.lost",
    shipmentId,
    lines,
    progress: progressOf(after, lines),
    lostAt,
    shipping: shippingOf(after),
    breaches: [...breaches, ...(disputed.length > 0 ? [breach("LOST_NOT_IN_TRANSIT", disputed)] : [])],
  });
}

function split(order: OrderState, shipmentId: string, parts: readonly Part[]): { lost: Part[]; disputed: Part[] } {
  const rest = new Map<string, bigint>();
  const lost: Part[] = [];
  const disputed: Part[] = [];
  for (const part of parts) {
    const key = scheduleKey(part);
    const room = rest.get(key) ?? losable(heldBy(order.ledger, shipmentId, key));
    const units = millionths(part.quantity);
    const counted = units < room ? units : room;
    rest.set(key, room - counted);
    if (counted > 0n) lost.push({ ...part, quantity: quantity(counted) });
    if (counted < units) disputed.push({ ...part, quantity: quantity(units - counted) });
  }
  return { lost, disputed };
}
