// RecordDiscrepancy: the order differs from the quotation or from the customer's purchase order; both values are kept.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { CREDIT_SUBJECT, ORDER_SUBJECT, takenBack } from "../approval/approval.state.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import type { DiscrepancyRecorded } from "./comparison.events.js";

export interface RecordDiscrepancy {
  readonly type: "RecordDiscrepancy";
  readonly discrepancyId: string;
  readonly lineId?: string;
  readonly aspect: DiscrepancyRecorded["aspect"];
  readonly comparedWith: DiscrepancyRecorded["comparedWith"];
  readonly ours?: string;
  readonly theirs?: string;
  readonly note?: Sealed;
}

/** A difference that is found after the verification takes it back, and the approvals with it. */
export const mayRecordDiscrepancy: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "pendingApproval");

export function recordDiscrepancy(order: OrderState, command: RecordDiscrepancy): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayRecordDiscrepancy(order);
  if (no) return refuse(no, ...others);
  const { discrepancyId, lineId, aspect, comparedWith, ours, theirs, note } = command;
  if (order.discrepancies.has(discrepancyId)) return accept();
  if (lineId !== undefined && !order.content.lines.some((line) => line.lineId === lineId)) {
    return refuse({ code: "LINE_UNKNOWN", field: "lineId", lineId });
  }
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checks.text("ours", ours);
  checks.text("theirs", theirs);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  return accept<OrderEvent>(...takenBack(order, ORDER_SUBJECT, CREDIT_SUBJECT), {
    type: "order.discrepancy.recorded",
    discrepancyId,
    aspect,
    comparedWith,
    ...defined({ lineId, ours, theirs, note }),
  });
}
