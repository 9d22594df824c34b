// ShortCloseSchedule: the tail of a schedule is given up. Inside the tolerance there is none, because the schedule is full.
import { accept, quantity, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { completing } from "../accept-delivery.js";
import { heldOf, isOpen, openOf } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { netShipped, scheduleKey } from "../ledger.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState, ScheduleState } from "../order.state.js";
import type { ScheduleShortClosed } from "./goods.events.js";
import { withdrawal } from "./withdraw.js";

export interface ShortCloseSchedule {
  readonly type: "ShortCloseSchedule";
  readonly lineId: string;
  readonly scheduleId: string;
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly note?: Sealed;
}

export const mayShortClose: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution");
  if (state.length > 0) return state;
  return [...order.schedules.values()].some((schedule) => isShort(order, schedule))
    ? []
    : [{ code: "NO_OPEN_QUANTITY" }];
};

/** A part has left, and some of the rest is in no shipment. Of what nothing has left, the line is cancelled. */
const isShort = (order: OrderState, schedule: ScheduleState): boolean =>
  schedule.kind === "goods" &&
  isOpen(order, schedule) &&
  netShipped(heldOf(order, schedule)) > 0n &&
  openOf(order, schedule) > 0n;

export function shortCloseSchedule(
  order: OrderState,
  command: ShortCloseSchedule,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayShortClose(order);
  if (no) return refuse(no, ...others);
  const { lineId, scheduleId, reason, note } = command;
  const schedule = order.schedules.get(scheduleKey(command));
  if (!schedule) return refuse({ code: "SCHEDULE_UNKNOWN", field: "scheduleId", lineId, scheduleId });
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [fault, ...more] = faults;
  if (fault) return refuse(fault, ...more);
  if (!isShort(order, schedule)) return refuse({ code: "NO_TAIL", field: "scheduleId", lineId, scheduleId });
  return accept(...completing(order, shortClosed(order, schedule, { reason, ...defined({ note }) }, by)));
}

/** All that no shipment has of the schedule is given up. */
export function shortClosed(
  order: OrderState,
  schedule: ScheduleState,
  why: { readonly reason: string; readonly note?: Sealed; readonly rules?: number },
  by: Asked,
): ScheduleShortClosed {
  const { lineId, scheduleId } = schedule;
  const lines = [{ lineId, scheduleId, quantity: quantity(openOf(order, schedule)) }];
  return { type: "order.schedule.short.closed", ...withdrawal(order, lines, by), ...why };
}
