// Which parts of which orders a planned shipment takes: what is asked for, against what is known here of the orders.
import { isQuantity, millionths } from "@gendan/eventing";
import type { ConfirmedSchedule } from "../order/order.events.js";
import { openQuantity, type KnownOrder } from "../order/order.state.js";
import { sumParts } from "./parts.js";
import type { Part, ShippedOrder } from "./shipment.events.js";
import type { PlanRefusal } from "./shipment.refusals.js";

export interface RequestedOrder {
  readonly orderId: string;
  /** Absent: everything of the order that is still open. */
  readonly lines?: readonly RequestedLine[];
}

export interface RequestedLine {
  readonly lineId: string;
  /** Absent: the line's only schedule. */
  readonly scheduleId?: string;
  readonly quantity: string;
}

/** What is known of orders, by id. One that is missing is unknown, or not for the caller's eyes. */
export type KnownOrders = ReadonlyMap<string, KnownOrder>;

interface Resolved<Value> {
  readonly value: Value;
  readonly refusals: readonly PlanRefusal[];
}

/** The orders with their parts; or every reason why not, each named with its order and line. */
export function resolveOrders(
  requested: readonly RequestedOrder[],
  known: KnownOrders,
): Resolved<readonly ShippedOrder[]> {
  if (requested.length === 0) return { value: [], refusals: [{ code: "NO_LINES" }] };
  const ids = requested.map((order) => order.orderId);
  const repeated = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  const all = requested.map((order) => resolveOrder(order, known.get(order.orderId)));
  return {
    value: all.flatMap(({ value }) => (value ? [value] : [])),
    refusals: [
      ...repeated.map((orderId) => ({ code: "ORDER_REPEATED", orderId }) as const),
      ...all.flatMap(({ refusals }) => refusals),
    ],
  };
}

function resolveOrder({ orderId, lines }: RequestedOrder, order?: KnownOrder): Resolved<ShippedOrder | undefined> {
  if (!order?.known) return { value: undefined, refusals: [{ code: "ORDER_UNKNOWN", orderId }] };
  const { number, customerId, zone, department, assignee, visibleTo } = order;
  if (order.cancelled) return { value: undefined, refusals: [{ code: "ORDER_CANCELLED", orderId, number }] };
  const { value, refusals } = lines ? resolveLines(orderId, lines, order) : { value: openParts(order), refusals: [] };
  if (value.length === 0 && refusals.length === 0) {
    return { value: undefined, refusals: [{ code: "NO_LINES", orderId }] };
  }
  return {
    value: {
      orderId,
      number,
      lines: sumParts(value),
      customerId,
      zone,
      department,
      ...(assignee === undefined ? {} : { assignee }),
      visibleTo,
    },
    refusals,
  };
}

/** Everything of an order that is in no shipment yet; services are not shipped. */
function openParts(order: KnownOrder): Part[] {
  return order.schedules
    .filter((schedule) => schedule.kind === "goods")
    .map((schedule) => ({
      lineId: schedule.lineId,
      scheduleId: schedule.scheduleId,
      quantity: openQuantity(order, schedule),
    }))
    .filter((part) => millionths(part.quantity) > 0n);
}

function resolveLines(orderId: string, lines: readonly RequestedLine[], order: KnownOrder): Resolved<Part[]> {
  const value: Part[] = [];
  const refusals: PlanRefusal[] = [];
  for (const line of lines) {
    const schedule = findSchedule(orderId, line, order.schedules);
    if ("code" in schedule) refusals.push(schedule);
    if (!isPositive(line.quantity)) {
      refusals.push({ code: "QUANTITY_INVALID", orderId, lineId: line.lineId, quantity: line.quantity });
    } else if (!("code" in schedule)) {
      value.push({ lineId: line.lineId, scheduleId: schedule.scheduleId, quantity: line.quantity });
    }
  }
  return { value, refusals };
}

export const isPositive = (text: string): boolean => isQuantity(text) && millionths(text) > 0n;

function findSchedule(
  orderId: string,
  { lineId, scheduleId }: RequestedLine,
  schedules: readonly ConfirmedSchedule[],
): ConfirmedSchedule | PlanRefusal {
  const ofLine = schedules.filter((schedule) => schedule.lineId === lineId);
  if (scheduleId === undefined && ofLine.length > 1) return { code: "SCHEDULE_NEEDED", orderId, lineId };
  const found = scheduleId === undefined ? ofLine[0] : ofLine.find((each) => each.scheduleId === scheduleId);
  if (!found) return { code: "SCHEDULE_UNKNOWN", orderId, lineId, ...(scheduleId === undefined ? {} : { scheduleId }) };
  return found.kind === "service" ? { code: "SERVICE_LINE", orderId, lineId } : found;
}
