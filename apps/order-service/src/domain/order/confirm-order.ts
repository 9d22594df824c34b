// ConfirmOrder: the order is binding from now on, with a first promise for every schedule.
import { accept, refuse, type Asked, type Decision } from "@gendan/eventing";
import { lateFrom, paymentDue } from "./dimensions.js";
import { isDay } from "../values.js";
import { checksInto } from "./faults.js";
import { inLifecycle, type Guard } from "./guards.js";
import { standingOf } from "./holds/holds.state.js";
import { scheduleKey } from "./ledger.js";
import type { OrderEvent } from "./order.events.js";
import type { Incomplete, OrderRefusal } from "./order.refusals.js";
import type { OrderState, ScheduleState } from "./order.state.js";

export interface ConfirmOrder {
  readonly type: "ConfirmOrder";
  readonly promises: readonly SchedulePromise[];
  /** Promise the requested day wherever no other is given. */
  readonly promiseRequested: boolean;
}

export interface SchedulePromise {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly promisedOn: string;
}

export const mayConfirm: Guard = (order) =>
  order.lifecycle === "discrepant"
    ? [{ code: "DISCREPANCY_OPEN", open: [...order.openDiscrepancies] }]
    : inLifecycle(order, "verified");

/** Every schedule without a promise is named at once. */
export function confirmOrder(
  order: OrderState,
  { promises, promiseRequested }: ConfirmOrder,
  { at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayConfirm(order);
  if (no) return refuse(no, ...others);
  const given = new Map(promises.map((promise) => [scheduleKey(promise), promise.promisedOn]));
  const dayOf = (schedule: ScheduleState) =>
    given.get(scheduleKey(schedule)) ?? (promiseRequested ? schedule.requestedOn : undefined);
  const missing = [...order.schedules.values()].filter((schedule) => dayOf(schedule) === undefined);
  const [first, ...more] = [...faultsOf(order, promises), ...missing.map(promiseMissing)];
  if (first) return refuse(first, ...more);
  const { number, customerId, zone, currency, scope } = order;
  const schedules = [...order.schedules.values()].map((schedule) => {
    const { lineId, scheduleId, kind, sku, unit, quantity, overTolerance } = schedule;
    const promisedOn = dayOf(schedule)!;
    const late = lateFrom(zone, promisedOn);
    return { lineId, scheduleId, kind, sku, unit, quantity, overTolerance, promisedOn, lateFrom: late };
  });
  return accept({
    type: "order.confirmed",
    number,
    version: 1,
    customerId,
    zone,
    currency,
    schedules,
    ...standingOf(order.holds),
    ...paymentDue(order, "confirmation", at),
    ...scope,
  });
}

const promiseMissing = ({ lineId, scheduleId }: ScheduleState) =>
  ({ code: "PROMISE_MISSING", field: "promises", lineId, scheduleId }) as const;

function faultsOf(order: OrderState, promises: readonly SchedulePromise[]): OrderRefusal[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  const seen = new Set<string>();
  const refusals = promises.flatMap((promise, index): OrderRefusal[] => {
    const { lineId, scheduleId, promisedOn } = promise;
    const key = scheduleKey(promise);
    const field = `promises.${index}`;
    if (!isDay(promisedOn)) checks.add("DATE_INVALID", `${field}.promisedOn`, promisedOn);
    if (!order.schedules.has(key)) return [{ code: "SCHEDULE_UNKNOWN", field, lineId, scheduleId }];
    if (seen.has(key)) return [{ code: "DUPLICATE_PROMISE", field, lineId, scheduleId }];
    seen.add(key);
    return [];
  });
  return [...refusals, ...faults];
}
