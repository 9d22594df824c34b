// RecordCountersignature: the customer has signed the order as it stands; a later correction takes that back.
import { acceptUnless, dayIn, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { defined, isDay } from "../../values.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";

export interface RecordCountersignature {
  readonly type: "RecordCountersignature";
  /** The one that was signed: refused where another one stands there by now. */
  readonly version: number;
  readonly signedOn: string;
  readonly reference?: string;
  readonly attachmentId?: string;
  readonly note?: Sealed;
}

export const mayCountersign: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "pendingApproval", "confirmed", "inExecution");

/** Either the customer's own reference or the document is named. */
export function recordCountersignature(
  order: OrderState,
  { version, signedOn, reference, attachmentId, note }: RecordCountersignature,
  { at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  if (!isDay(signedOn)) checks.add("DATE_INVALID", "signedOn", signedOn);
  else if (order.lifecycle !== "absent" && signedOn > dayIn(order.zone, at)) {
    checks.add("DATE_FUTURE", "signedOn", signedOn);
  }
  if (attachmentId === undefined) checks.needed("reference", reference);
  checks.text("reference", reference);
  checks.text("attachmentId", attachmentId);
  const state = mayCountersign(order);
  const differs: OrderRefusal[] =
    version === order.version
      ? []
      : [{ code: "VERSION_DIFFERS", field: "version", version: order.version, asked: version }];
  return acceptUnless<OrderEvent, OrderRefusal>(state.length > 0 ? state : [...differs, ...faults], {
    type: "order.countersigned",
    version,
    signedOn,
    ...defined({ reference, attachmentId, note }),
  });
}
