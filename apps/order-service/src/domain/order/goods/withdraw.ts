// What follows when the customer is owed less: what the lines are worth then, what the order waits for, what shipments give back.
import { money, type Asked, type Money } from "@gendan/eventing";
import { onceFull } from "../accept-delivery.js";
import { extentsOf, progressOf } from "../dimensions.js";
import { beyondKept, moved, release, scheduleKey, type Ledger } from "../ledger.js";
import { invoicingOf } from "../money/invoicing.js";
import type { AllocationReleased, Part } from "../order.events.js";
import type { OrderState } from "../order.state.js";
import type { QuantityCancelled } from "./goods.events.js";
import { withdrawn } from "./goods.state.js";

type Withdrawal = Omit<QuantityCancelled, "type" | "cancelledBy" | "reason" | "note">;

/** What the event says of so much that is owed no more. */
export function withdrawal(order: OrderState, lines: readonly Part[], by: Asked): Withdrawal {
  const after = { ...order, schedules: withdrawn(order, lines) };
  const lineIds = new Set(lines.map(({ lineId }) => lineId));
  const less = [...lineIds].reduce((sum, lineId) => sum + worthOf(order, lineId) - worthOf(after, lineId), 0n);
  return {
    lines,
    progress: progressOf(after, lines),
    less: money(less, order.currency),
    ...extentsOf(after),
    invoicing: invoicingOf(after),
    ...onceFull(order, after, by.at, by),
  };
}

/** What is owed of the line at its price. */
export function worthOf({ content, schedules }: OrderState, lineId: string): bigint {
  const owed = [...schedules.values()].reduce((sum, each) => sum + (each.lineId === lineId ? each.owed : 0n), 0n);
  const line = content.lines.find((each) => each.lineId === lineId);
  return line === undefined ? 0n : priced(line.unitPrice, owed);
}

const ONE = 1_000_000n;

/** The amount of so many millionths, exact and then rounded half up. */
export const priced = ({ minor }: Money, units: bigint): bigint => (units * BigInt(minor) + ONE / 2n) / ONE;

/** Shipments give back what is more than owed after this was withdrawn. */
export function surplus(order: OrderState, lines: readonly Part[]): AllocationReleased[] {
  const after = { ...order, schedules: withdrawn(order, lines) };
  const owed = lines.map(scheduleKey).map((key) => [key, after.schedules.get(key)!.owed] as const);
  return releases(after, beyondKept(order.ledger, new Map(owed))).map((each) => ({ ...each, because: "cancellation" }));
}

/** One event for each shipment that these parts are taken from, because each of them is told. */
export function releases(order: OrderState, parts: ReadonlyMap<string, readonly Part[]>): AllocationReleased[] {
  let ledger: Ledger = order.ledger;
  return [...parts].map(([shipmentId, lines]) => {
    ledger = moved(ledger, shipmentId, lines, release);
    return { type: "order.allocation.released", shipmentId, lines, progress: progressOf({ ...order, ledger }, lines) };
  });
}
