// AnswerAllocation: a planned shipment asks for goods; the order gives all of it or says every reason why not. A fact.
import { accept, millionths, type Decision } from "@gendan/eventing";
import { heldOf, progressOf } from "./dimensions.js";
import { isPositive } from "../values.js";
import { blocking } from "./holds/holds.state.js";
import { allocate, moved, netAllocated, release, scheduleKey, unshipped } from "./ledger.js";
import type { Lifecycle, OrderEvent, Part } from "./order.events.js";
import type { OrderState } from "./order.state.js";

export interface AnswerAllocation {
  readonly type: "AnswerAllocation";
  readonly shipmentId: string;
  readonly lines: readonly Part[];
}

/** The shipment goes without the order, or not at all; a fact. */
export interface ReleaseAllocation {
  readonly type: "ReleaseAllocation";
  readonly shipmentId: string;
}

export function answerAllocation(order: OrderState, command: AnswerAllocation): Decision<OrderEvent, never> {
  const { shipmentId, lines } = command;
  const reasons = [...stateReasons(order), ...holdReasons(order), ...quantityReasons(order, lines)];
  if (reasons.length > 0)
    return accept({ type: "order.allocation.declined", shipmentId, reasons: [...new Set(reasons)] });
  const ledger = moved(order.ledger, shipmentId, lines, allocate);
  return accept({ type: "order.allocated", shipmentId, lines, progress: progressOf({ ...order, ledger }, lines) });
}

/** What has left with the shipment stays with it. */
export function releaseAllocation(order: OrderState, { shipmentId }: ReleaseAllocation): Decision<OrderEvent, never> {
  const lines = unshipped(order.ledger).get(shipmentId);
  if (!lines) return accept();
  const ledger = moved(order.ledger, shipmentId, lines, release);
  return accept({
    type: "order.allocation.released",
    shipmentId,
    lines,
    progress: progressOf({ ...order, ledger }, lines),
  });
}

/** Of every lifecycle there is, so that none is added without saying whether its orders give goods. */
const WHY_NOT: Readonly<Record<Lifecycle | "absent", string | undefined>> = {
  absent: "ORDER_UNKNOWN",
  received: "NOT_CONFIRMED",
  discrepant: "NOT_CONFIRMED",
  verified: "NOT_CONFIRMED",
  pendingApproval: "NOT_CONFIRMED",
  rejected: "NOT_CONFIRMED",
  confirmed: undefined,
  inExecution: undefined,
  completed: "COMPLETED",
  closed: "CLOSED",
  cancelled: "CANCELLED",
};

function stateReasons({ lifecycle }: OrderState): string[] {
  const reason = WHY_NOT[lifecycle];
  return reason === undefined ? [] : [reason];
}

const holdReasons = ({ holds }: OrderState): string[] =>
  blocking(holds, "dispatch").map((hold) => `HOLD_${hold.toUpperCase()}`);

/** allocated − lost − returned to sender ≤ owed × (1 + over-tolerance). Parts of one schedule count together. */
function quantityReasons(order: OrderState, lines: readonly Part[]): string[] {
  if (order.lifecycle === "absent") return [];
  const asked = new Map<string, bigint>();
  const reasons: string[] = [];
  for (const line of lines) {
    const key = scheduleKey(line);
    const schedule = order.schedules.get(key);
    if (!schedule) reasons.push("SCHEDULE_UNKNOWN");
    else if (schedule.kind === "service") reasons.push("SERVICE_LINE");
    else if (!isPositive(line.quantity)) reasons.push("QUANTITY_NOT_POSITIVE");
    else asked.set(key, (asked.get(key) ?? 0n) + millionths(line.quantity));
  }
  for (const [key, units] of asked) {
    const schedule = order.schedules.get(key)!;
    const held = heldOf(order, schedule);
    if (netAllocated(held) + units > schedule.most) reasons.push("OVER_QUANTITY");
  }
  return reasons;
}
