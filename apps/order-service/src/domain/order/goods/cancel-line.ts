// CancelLine: what has not left of a line is not delivered. What has left is intercepted or returned.
import { accept, millionths, quantity, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { completing } from "../accept-delivery.js";
import { unshippedOf } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { upTo } from "../ledger.js";
import type { OrderEvent, Part } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import type { QuantityCancelled } from "./goods.events.js";
import { surplus, withdrawal } from "./withdraw.js";

export interface CancelLine {
  readonly type: "CancelLine";
  readonly lineId: string;
  /** Absent: all schedules of the line, the last one first. */
  readonly scheduleId?: string;
  /** Absent: all that has not left. */
  readonly quantity?: string;
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly cancelledBy: "customer" | "us";
  readonly note?: Sealed;
}

/** Before it is binding an order is corrected; the last that is owed goes with the whole order. */
export const mayCancelLine: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution");
  if (state.length > 0) return state;
  if (unshippedParts(order).length === 0) return [{ code: "NO_OPEN_QUANTITY" }];
  return owedOf(order) > 1n ? [] : [{ code: "LAST_QUANTITY" }];
};

export function cancelLine(order: OrderState, command: CancelLine, by: Asked): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayCancelLine(order);
  if (no) return refuse(no, ...others);
  const { lineId, scheduleId } = command;
  const known = [...order.schedules.values()].filter((schedule) => schedule.lineId === lineId);
  if (known.length === 0) return refuse({ code: "LINE_UNKNOWN", field: "lineId", lineId });
  const named = known.filter((schedule) => scheduleId === undefined || schedule.scheduleId === scheduleId);
  if (named.length === 0) {
    return refuse({ code: "SCHEDULE_UNKNOWN", field: "scheduleId", lineId, scheduleId: scheduleId! });
  }
  const [fault, ...faults] = faultsOf(command);
  if (fault) return refuse(fault, ...faults);
  const open = unshippedParts(order).filter((part) => named.some((each) => isOf(each, part)));
  const all = sum(open);
  const wanted = command.quantity === undefined ? all : millionths(command.quantity);
  if (all === 0n) return refuse({ code: "NO_OPEN_QUANTITY" });
  if (wanted > all) return refuse({ code: "OVER_OPEN_QUANTITY", field: "quantity", open: quantity(all) });
  if (wanted === owedOf(order)) return refuse({ code: "LAST_QUANTITY" });
  return accept(...cancelling(order, upTo(open.toReversed(), wanted), command, by));
}

/** So much is owed no more; what shipments hold beyond it is free again. */
export function cancelling(
  order: OrderState,
  lines: readonly Part[],
  { reason, cancelledBy, note }: Pick<QuantityCancelled, "reason" | "cancelledBy" | "note">,
  by: Asked,
): OrderEvent[] {
  const cancelled = withdrawal(order, lines, by);
  return completing(
    order,
    { type: "order.quantity.cancelled", ...cancelled, reason, cancelledBy, ...defined({ note }) },
    ...surplus(order, lines),
  );
}

/** All of the order that has not left, of goods and of services. */
export const unshippedParts = (order: OrderState): Part[] =>
  [...order.schedules.values()].flatMap((schedule) => {
    const { lineId, scheduleId } = schedule;
    const units = unshippedOf(order, schedule);
    return units > 0n ? [{ lineId, scheduleId, quantity: quantity(units) }] : [];
  });

const owedOf = ({ schedules }: OrderState): bigint => [...schedules.values()].reduce((all, { owed }) => all + owed, 0n);

const sum = (parts: readonly Part[]): bigint => parts.reduce((all, part) => all + millionths(part.quantity), 0n);

const isOf = (one: Omit<Part, "quantity">, other: Omit<Part, "quantity">): boolean =>
  one.lineId === other.lineId && one.scheduleId === other.scheduleId;

function faultsOf(command: CancelLine): Incomplete[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  if (command.quantity !== undefined) checks.positive("quantity", command.quantity);
  checks.needed("reason", command.reason);
  return faults;
}
