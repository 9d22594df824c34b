// What every report about goods has in common: it is recorded always, and what cannot be counted is named in a breach.
import { millionths, quantity } from "@gendan/eventing";
import { heldOf } from "./dimensions.js";
import { defined, isPositive } from "../values.js";
import { netAllocated, scheduleKey } from "./ledger.js";
import type { OrderScope } from "./content.events.js";
import type { Breach, BreachCode, Part } from "./order.events.js";
import type { OrderState } from "./order.state.js";

interface Countable {
  readonly lines: readonly Part[];
  readonly breaches: readonly Breach[];
}

/**
 * The parts of a report that the order knows. A claim of the future is disputed and counted nowhere; so is everything
 * that is told of an order that was never received.
 */
export function countable(order: OrderState, lines: readonly Part[], claimedAt: string | undefined): Countable {
  const known = (part: Part) => order.schedules.get(scheduleKey(part))?.kind === "goods" && isPositive(part.quantity);
  if (order.lifecycle === "absent") return { lines: [], breaches: breach("ORDER_UNKNOWN", lines) };
  const breaches = breachWhere("SCHEDULE_UNKNOWN", lines, (part) => !known(part));
  if (claimedAt === undefined) return { lines: lines.filter(known), breaches };
  return { lines: [], breaches: [...breaches, { code: "CLAIMED_IN_FUTURE", detail: claimedAt }] };
}

/** A breach that names parts: `line/schedule: quantity`. Where there are none, nothing is broken. */
export const breach = (code: BreachCode, parts: readonly Part[]): readonly Breach[] =>
  parts.length === 0
    ? []
    : [{ code, detail: parts.map((part) => `${part.lineId}/${part.scheduleId}: ${part.quantity}`).join(", ") }];

/** The parts of which a condition on the schedule holds, as a breach. */
export function breachWhere(
  code: BreachCode,
  parts: readonly Part[],
  broken: (part: Part, units: bigint) => boolean,
): readonly Breach[] {
  return breach(
    code,
    parts.filter((part) => broken(part, millionths(part.quantity))),
  );
}

/** The parts that tell of more than there is room for, as a breach. Parts of one schedule count together. */
export function breachBeyond(
  code: BreachCode,
  parts: readonly Part[],
  room: (part: Part) => bigint,
): readonly Breach[] {
  const left = new Map<string, bigint>();
  return breachWhere(code, parts, (part, units) => {
    const key = scheduleKey(part);
    const rest = (left.get(key) ?? room(part)) - units;
    left.set(key, rest);
    return rest < 0n;
  });
}

/** Whether the schedule has more on its way or arrived than its tolerance allows. */
export function isOver(order: OrderState, part: Part): boolean {
  const schedule = order.schedules.get(scheduleKey(part))!;
  return netAllocated(heldOf(order, schedule)) > schedule.most;
}

/** At most so much of each schedule is counted, and what is told beyond that disputed. Parts of one schedule count together. */
export function within(
  parts: readonly Part[],
  room: (part: Part) => bigint,
): { readonly counted: readonly Part[]; readonly disputed: readonly Part[] } {
  const rest = new Map<string, bigint>();
  const counted: Part[] = [];
  const disputed: Part[] = [];
  for (const part of parts) {
    const key = scheduleKey(part);
    const left = rest.get(key) ?? room(part);
    const units = millionths(part.quantity);
    const taken = units < left ? units : left;
    rest.set(key, left - taken);
    if (taken > 0n) counted.push({ ...part, quantity: quantity(taken) });
    if (taken < units) disputed.push({ ...part, quantity: quantity(units - taken) });
  }
  return { counted, disputed };
}

/** Whose order it is, with every report: other teams need no second look. */
export const ofOrder = ({
  customerId,
  zone,
  scope,
}: OrderState): OrderScope & { customerId?: string; zone: string } => ({
  ...defined({ customerId: customerId === "" ? undefined : customerId }),
  zone,
  ...scope,
});
