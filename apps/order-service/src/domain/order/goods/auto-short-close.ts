// Tails that the rules of kind tolerance close with the delivery that leaves them.
import { millionths, type Asked } from "@gendan/eventing";
import type { ToleranceRules } from "../../rules/goods.rules.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { tailOf } from "../dimensions.js";
import { scheduleKey } from "../ledger.js";
import type { Part } from "../order.events.js";
import { evolve, type OrderState, type ScheduleState } from "../order.state.js";
import type { ScheduleShortClosed } from "./goods.events.js";
import { shortClosed } from "./short-close-schedule.js";
import { priced } from "./withdraw.js";

const HUNDRED_PERCENT = 100_000_000n;

/** Of the order as the delivery of these parts has left it. */
export function autoShortClose(
  order: OrderState,
  lines: readonly Part[],
  { version, rules }: Ruled<"tolerance">,
  by: Asked,
): ScheduleShortClosed[] {
  if (order.lifecycle !== "inExecution") return [];
  let state = order;
  return [...new Set(lines.map(scheduleKey))].flatMap((key) => {
    const schedule = state.schedules.get(key)!;
    if (!isSmall(state, schedule, rules)) return [];
    const event = shortClosed(state, schedule, { reason: "tolerance", rules: version }, by);
    state = evolve(state, event);
    return [event];
  });
}

function isSmall(order: OrderState, schedule: ScheduleState, { shortCloseUpTo }: ToleranceRules): boolean {
  const tail = tailOf(order, schedule);
  if (tail === 0n || !shortCloseUpTo) return false;
  const { percent, value } = shortCloseUpTo;
  if (percent !== undefined && tail * HUNDRED_PERCENT <= schedule.owed * millionths(percent)) return true;
  const most = value?.[order.currency];
  const line = order.content.lines.find(({ lineId }) => lineId === schedule.lineId);
  return most !== undefined && line !== undefined && priced(line.unitPrice, tail) <= BigInt(most);
}
