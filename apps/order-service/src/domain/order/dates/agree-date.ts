// AgreeDate: the customer accepts a day for a schedule, whatever was asked for or promised.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { isAwaited, lateFrom } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { scheduleKey } from "../ledger.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { defined } from "../../values.js";
import type { DateAgreed } from "./dates.events.js";

export interface AgreeDate {
  readonly type: "AgreeDate";
  readonly lineId: string;
  readonly scheduleId: string;
  readonly agreedOn: string;
  /** Who of the customer's people said so. */
  readonly agreedWith?: Sealed;
  readonly note?: Sealed;
}

/** Also before the confirmation: what the customer accepts may be what is promised then. */
export const mayAgree: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "pendingApproval", "confirmed", "inExecution");

/** The day that is agreed already is no change. What has arrived needs no day any more. */
export function agreeDate(order: OrderState, command: AgreeDate): Decision<DateAgreed, OrderRefusal> {
  const [no, ...others] = mayAgree(order);
  if (no) return refuse(no, ...others);
  const { lineId, scheduleId, agreedOn, agreedWith, note } = command;
  const schedule = order.schedules.get(scheduleKey(command));
  if (!schedule) return refuse({ code: "SCHEDULE_UNKNOWN", field: "scheduleId", lineId, scheduleId });
  const faults: Incomplete[] = [];
  checksInto(faults).day("agreedOn", agreedOn);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  if (!isAwaited(order, schedule)) return refuse({ code: "SCHEDULE_DELIVERED", lineId, scheduleId });
  const { agreedOn: from } = schedule;
  if (from === agreedOn) return accept();
  const late = lateFrom(order.zone, agreedOn);
  return accept({
    type: "order.date.agreed",
    lineId,
    scheduleId,
    agreedOn,
    lateFrom: late,
    ...defined({ from, agreedWith, note }),
  });
}
