// RepromiseSchedule: a promised day is changed, for a reason and at somebody's wish. The first promise never changes.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { isAwaited, lateFrom } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { scheduleKey } from "../ledger.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { defined } from "../../values.js";
import type { AskedBy, ScheduleRepromised } from "./dates.events.js";

export interface RepromiseSchedule {
  readonly type: "RepromiseSchedule";
  readonly lineId: string;
  readonly scheduleId: string;
  readonly promisedOn: string;
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly askedBy: AskedBy;
  readonly note?: Sealed;
}

export const mayRepromise: Guard = (order) => inLifecycle(order, "confirmed", "inExecution");

/** The day that is promised already is no change. What has arrived needs no promise any more. */
export function repromiseSchedule(
  order: OrderState,
  command: RepromiseSchedule,
): Decision<ScheduleRepromised, OrderRefusal> {
  const [no, ...others] = mayRepromise(order);
  if (no) return refuse(no, ...others);
  const { lineId, scheduleId, promisedOn: to, reason, askedBy, note } = command;
  const schedule = order.schedules.get(scheduleKey(command));
  if (!schedule) return refuse({ code: "SCHEDULE_UNKNOWN", field: "scheduleId", lineId, scheduleId });
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checks.day("promisedOn", to);
  checks.needed("reason", reason);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  if (!isAwaited(order, schedule)) return refuse({ code: "SCHEDULE_DELIVERED", lineId, scheduleId });
  const from = schedule.promisedOn!; // confirmed, so promised
  if (from === to) return accept();
  const late = lateFrom(order.zone, to);
  return accept({
    type: "order.schedule.repromised",
    lineId,
    scheduleId,
    from,
    to,
    lateFrom: late,
    reason,
    askedBy,
    ...defined({ note }),
  });
}
