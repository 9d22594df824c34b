// What order-service tells becomes what this service knows of the order; answers to a plan go to the shipment as well.
import type {
  OrderAllocated,
  OrderAllocationDeclined,
  OrderAllocationReleased,
  OrderAmended,
  OrderCancelled,
  OrderConfirmed,
  OrderHoldPlaced,
  OrderHoldReleased,
  OrderLost,
  OrderQuantityCancelled,
  OrderReturnedToSender,
  OrderScheduleBackordered,
  OrderScheduleShortClosed,
  OrderScheduleRepromised,
  OrderScopeChanged,
} from "@gendan/contracts";
import type { Happened, Reacted } from "@gendan/eventing";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { QuantityChange, ScheduleQuantity } from "../domain/order/order.events.js";
import type { RecordAllocation } from "../domain/shipment/record-allocation.js";

const toOrder = (orderId: string, command: OrderCommand): Reacted<OrderCommand> => ({
  aggregate: "logistics.order",
  target: orderId,
  command,
});

const toShipment = (shipmentId: string, command: RecordAllocation): Reacted<RecordAllocation> => ({
  aggregate: "logistics.shipment",
  target: shipmentId,
  command,
});

/** Confirmed, or of another version by now: what it consists of. */
export const onOrderConfirmed = (order: OrderConfirmed | OrderAmended, { sequence }: Happened) => [
  toOrder(order.orderId, {
    type: "NoteOrder",
    sequence,
    number: order.number,
    customerId: order.customerId,
    zone: order.zone,
    department: order.department,
    ...(order.assignee === undefined ? {} : { assignee: order.assignee }),
    visibleTo: order.visibleTo,
    schedules: order.schedules.map(({ lineId, scheduleId, quantity, kind, sku, unit, promisedOn }) => ({
      lineId,
      scheduleId,
      quantity,
      kind,
      sku,
      unit,
      promisedOn,
    })),
    holds: order.blocked?.dispatch ?? order.holds,
  }),
];

/** Placed or released: either tells all that the order is under from then on. Kept are those that block the dispatch. */
export const onOrderHold = (event: OrderHoldPlaced | OrderHoldReleased, { sequence }: Happened) => [
  toOrder(event.orderId, { type: "NoteHolds", sequence, holds: event.blocked?.dispatch ?? event.holds }),
];

export const onScopeChanged = (
  { orderId, department, assignee, visibleTo }: OrderScopeChanged,
  { sequence }: Happened,
) => [
  toOrder(orderId, {
    type: "NoteScope",
    sequence,
    department,
    ...(assignee === undefined ? {} : { assignee }),
    visibleTo,
  }),
];

export const onOrderCancelled = ({ orderId }: OrderCancelled) => [toOrder(orderId, { type: "NoteCancellation" })];

export const onScheduleRepromised = (
  { orderId, lineId, scheduleId, to }: OrderScheduleRepromised,
  { sequence }: Happened,
) => [toOrder(orderId, { type: "NotePromise", sequence, lineId, scheduleId, promisedOn: to })];

export const onOrderAllocated = ({ orderId, shipmentId, lines }: OrderAllocated): Reacted[] => [
  noteQuantities("allocated", orderId, shipmentId, lines),
  toShipment(shipmentId, { type: "RecordAllocation", orderId, answer: "allocated", reasons: [] }),
];

export const onAllocationDeclined = ({ orderId, shipmentId, reasons }: OrderAllocationDeclined) => [
  toShipment(shipmentId, { type: "RecordAllocation", orderId, answer: "declined", reasons }),
];

/** Where the order took it back by itself, the shipment has no longer what it asked for: it is planned anew. */
export const onAllocationReleased = ({ orderId, shipmentId, lines, because }: OrderAllocationReleased): Reacted[] => [
  noteQuantities("released", orderId, shipmentId, lines),
  ...(because === undefined
    ? []
    : [
        toShipment(shipmentId, {
          type: "RecordAllocation",
          orderId,
          answer: "declined",
          reasons: [takenBack(because)],
        }),
      ]),
];

const takenBack = (because: string): string => (because === "amendment" ? "AMENDED" : "CANCELLED_IN_PART");

/** What was lost is open again. */
export const onOrderLost = ({ orderId, shipmentId, lines }: OrderLost) => [
  noteQuantities("lost", orderId, shipmentId, lines),
];

/** So is what came back. */
export const onReturnedToSender = ({ orderId, shipmentId, lines }: OrderReturnedToSender) => [
  noteQuantities("returnedToSender", orderId, shipmentId, lines),
];

/** What is not to be delivered any more is open no more. */
export const onGivenUp = ({ orderId, lines }: OrderQuantityCancelled | OrderScheduleShortClosed) => [
  noteQuantities("givenUp", orderId, undefined, lines),
];

export const onBackordered = (
  { orderId, lineId, scheduleId, backorder }: OrderScheduleBackordered,
  { sequence }: Happened,
) => {
  const { requestedOn: _, ...noted } = backorder;
  return [toOrder(orderId, { type: "NoteBackorder", sequence, lineId, scheduleId, backorder: noted })];
};

const noteQuantities = (
  change: QuantityChange,
  orderId: string,
  shipmentId: string | undefined,
  lines: readonly ScheduleQuantity[],
): Reacted =>
  toOrder(orderId, { type: "NoteQuantities", change, ...(shipmentId === undefined ? {} : { shipmentId }), lines });
