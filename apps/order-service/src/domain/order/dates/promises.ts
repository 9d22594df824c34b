// The days that schedules are promised for: what is wrong with promises as they are given, and how a binding order tells them.
import { checksInto } from "../faults.js";
import { lateFrom } from "../dimensions.js";
import { scheduleKey } from "../ledger.js";
import type { ConfirmedSchedule } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { ScheduleState } from "../order.state.js";

export interface SchedulePromise {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly promisedOn: string;
}

/** Each names one of the schedules, that no other one names, and a day that there is. All that is not so is told at once. */
export function againstPromises(
  promises: readonly SchedulePromise[],
  schedules: ReadonlyMap<string, unknown>,
): readonly OrderRefusal[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  const seen = new Set<string>();
  const refusals = promises.flatMap((promise, index): OrderRefusal[] => {
    const { lineId, scheduleId, promisedOn } = promise;
    const key = scheduleKey(promise);
    const field = `promises.${index}`;
    checks.day(`${field}.promisedOn`, promisedOn);
    if (!schedules.has(key)) return [{ code: "SCHEDULE_UNKNOWN", field, lineId, scheduleId }];
    if (seen.has(key)) return [{ code: "DUPLICATE_PROMISE", field, lineId, scheduleId }];
    seen.add(key);
    return [];
  });
  return [...refusals, ...faults];
}

export const promiseMissing = ({ lineId, scheduleId }: ScheduleState): OrderRefusal => ({
  code: "PROMISE_MISSING",
  field: "promises",
  lineId,
  scheduleId,
});

/** The schedule with its promise, as the events tell it that make a version binding. */
export function promisedFor(
  { lineId, scheduleId, kind, sku, unit, quantity, overTolerance }: ScheduleState,
  promisedOn: string,
  zone: string,
): ConfirmedSchedule {
  const late = lateFrom(zone, promisedOn);
  return { lineId, scheduleId, kind, sku, unit, quantity, overTolerance, promisedOn, lateFrom: late };
}
