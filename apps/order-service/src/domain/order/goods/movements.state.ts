// What shipments do with an order's goods, as its state keeps it.
import { allocate, deliver, lose, moved, release, scheduleKey, ship, type Move } from "../ledger.js";
import type {
  AllocationDeclined,
  AllocationReleased,
  GoodsAllocated,
  GoodsDelivered,
  GoodsLost,
  GoodsShipped,
  Part,
} from "../order.events.js";
import { inExecution, onSchedules, type OrderState } from "../order.state.js";

type Movement = GoodsAllocated | AllocationDeclined | AllocationReleased | GoodsShipped | GoodsDelivered | GoodsLost;

const types: Readonly<Record<Movement["type"], true>> = {
  "order.allocated": true,
  "order.allocation.declined": true,
  "order.allocation.released": true,
  "order.shipped": true,
  "order.delivered": true,
  "order.lost": true,
};

/** Whether it is one of those above. */
export const isMovement = (event: { readonly type: string }): event is Movement => event.type in types;

export function evolveMovement(order: OrderState, event: Movement): OrderState {
  switch (event.type) {
    case "order.allocated":
      return inExecution(movedBy(order, event, allocate));
    case "order.allocation.declined":
      return order;
    case "order.allocation.released":
      return movedBy(order, event, release);
    case "order.shipped":
      return inExecution(movedBy(order, event, ship));
    case "order.delivered":
      return arrived(order, event);
    case "order.lost":
      return movedBy(order, event, lose);
  }
}

function arrived(order: OrderState, event: GoodsDelivered): OrderState {
  const { lines, deliveredOn: on, acceptanceDueAt } = event;
  const came = onSchedules(order, lines, (part) => {
    const before = order.schedules.get(scheduleKey(part))?.deliveredOn ?? on;
    return { deliveredOn: before > on ? before : on };
  });
  const next = inExecution(movedBy(came, event, deliver));
  return acceptanceDueAt === undefined ? next : { ...next, acceptanceDueAt };
}

export const movedBy = (
  order: OrderState,
  { shipmentId, lines }: { readonly shipmentId: string; readonly lines: readonly Part[] },
  move: Move,
): OrderState => (lines.length === 0 ? order : { ...order, ledger: moved(order.ledger, shipmentId, lines, move) });
