// BackorderSchedule: what is open of a schedule becomes a schedule of its own, promised for another day.
import { accept, millionths, quantity, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { deliveryOf, isOpen, lateFrom, openOf, progressOf, shippingOf } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { scheduleKey } from "../ledger.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState, ScheduleState } from "../order.state.js";
import { backordered } from "./goods.state.js";

export interface BackorderSchedule {
  readonly type: "BackorderSchedule";
  readonly lineId: string;
  readonly scheduleId: string;
  /** Absent: all that is in no shipment. */
  readonly quantity?: string;
  readonly promisedOn: string;
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly note?: Sealed;
}

export const mayBackorder: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution");
  if (state.length > 0) return state;
  return [...order.schedules.values()].some((each) => isDivisible(order, each)) ? [] : [{ code: "NO_OPEN_QUANTITY" }];
};

/** A part can come later. The whole of a schedule is promised anew instead. */
const isDivisible = (order: OrderState, schedule: ScheduleState): boolean =>
  schedule.kind === "goods" && isOpen(order, schedule) && openOf(order, schedule) > 0n && schedule.owed > 1n;

export function backorderSchedule(order: OrderState, command: BackorderSchedule): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayBackorder(order);
  if (no) return refuse(no, ...others);
  const { lineId, scheduleId, promisedOn, reason, note } = command;
  const schedule = order.schedules.get(scheduleKey(command));
  if (!schedule) return refuse({ code: "SCHEDULE_UNKNOWN", field: "scheduleId", lineId, scheduleId });
  const [fault, ...faults] = faultsOf(command);
  if (fault) return refuse(fault, ...faults);
  if (!isDivisible(order, schedule)) return refuse({ code: "NO_TAIL", field: "scheduleId", lineId, scheduleId });
  const open = openOf(order, schedule);
  const units = command.quantity === undefined ? open : millionths(command.quantity);
  if (units > open) return refuse({ code: "OVER_OPEN_QUANTITY", field: "quantity", open: quantity(open) });
  if (units === schedule.owed) return refuse({ code: "NO_TAIL", field: "scheduleId", lineId, scheduleId });
  const backorder = {
    scheduleId: freeId(order, schedule),
    quantity: quantity(units),
    ...defined({ requestedOn: schedule.requestedOn }),
    promisedOn,
    lateFrom: lateFrom(order.zone, promisedOn),
  };
  const after = backordered(order, { lineId, scheduleId, backorder });
  return accept({
    type: "order.schedule.backordered",
    lineId,
    scheduleId,
    backorder,
    progress: progressOf(after, [
      { lineId, scheduleId },
      { lineId, scheduleId: backorder.scheduleId },
    ]),
    shipping: shippingOf(after),
    delivery: deliveryOf(after),
    reason,
    ...defined({ note }),
  });
}

/** The schedule's own id with the first number that no other of the line has. */
function freeId(order: OrderState, { lineId, scheduleId }: ScheduleState): string {
  for (let number = 1; ; number++) {
    const id = `${scheduleId}.${number}`;
    if (!order.schedules.has(scheduleKey({ lineId, scheduleId: id }))) return id;
  }
}

function faultsOf(command: BackorderSchedule): Incomplete[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  if (command.quantity !== undefined) checks.positive("quantity", command.quantity);
  checks.day("promisedOn", command.promisedOn);
  checks.needed("reason", command.reason);
  return faults;
}
