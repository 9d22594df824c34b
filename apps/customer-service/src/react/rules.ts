// The rules that find issues: a public event becomes a finding for the slot of its rule and source.
import type { OrderDelivered, OrderShipped, ShipmentDispatched, ShipmentLost } from "@gendan/contracts";
import { uuidFrom, type Found, type Happened, type Reacted } from "@gendan/eventing";
import type { OrderState } from "../domain/order/order.decider.js";
import type { TakeSlot } from "../domain/slot/slot.decider.js";

/** What a rule says of an event. Its slot, and the issue that this event would open, follow from it. */
type Finding = Omit<TakeSlot, "type" | "issueId">;

function takeSlot(finding: Finding, { id }: Happened): Reacted<TakeSlot> {
  const slotId = uuidFrom("slot", finding.rule, finding.source);
  return {
    aggregate: "customer.slot",
    target: slotId,
    command: { type: "TakeSlot", issueId: uuidFrom("issue", slotId, id), ...finding },
  };
}

/** Days count from a claim in the future no more than anything else does: such a fact is disputed and opens nothing. */
const isDisputed = ({ meta }: Happened): boolean => meta.claimedAt !== undefined;

/** An order arrived after its promised day: one issue for the order, minor until somebody judges it. */
export function onOrderDelivered(
  { orderId, shipmentId, customerId, late, deliveredOn, department, assignee, visibleTo }: OrderDelivered,
  happened: Happened,
): Reacted[] {
  if (!late || isDisputed(happened)) return [];
  const about = { orderId, shipmentId, orderIds: [orderId], customerId };
  const finding = { rule: "late-delivery", source: orderId, severity: "minor", title: "late-delivery" } as const;
  return [takeSlot({ ...finding, about, on: { day: deliveredOn }, department, assignee, visibleTo }, happened)];
}

/** The same of an order whose Incoterm makes the hand-over its delivery. */
export function onOrderHandedOver(
  { orderId, shipmentId, customerId, handOver, department, assignee, visibleTo }: OrderShipped,
  happened: Happened,
): Reacted[] {
  if (!handOver?.late || isDisputed(happened)) return [];
  const about = { orderId, shipmentId, orderIds: [orderId], customerId };
  const finding = { rule: "late-delivery", source: orderId, severity: "minor", title: "late-delivery" } as const;
  return [takeSlot({ ...finding, about, on: { day: handOver.on }, department, assignee, visibleTo }, happened)];
}

/** Packages were lost: one issue for the shipment, seen by everybody who sees any of its orders. */
export function onShipmentLost(
  { shipmentId, orderIds, customerId, zone = "UTC", department, assignee, visibleTo }: ShipmentLost,
  happened: Happened,
): Reacted[] {
  if (isDisputed(happened)) return [];
  const [orderId] = orderIds.length === 1 ? orderIds : [];
  const about = { orderId, shipmentId, orderIds, customerId };
  const finding = { rule: "lost-shipment", source: shipmentId, severity: "severe", title: "lost-shipment" } as const;
  return [takeSlot({ ...finding, about, on: { zone }, department, assignee, visibleTo }, happened)];
}

const dispatchBreach = { rule: "dispatch-breach", severity: "severe", title: "dispatch-breach" } as const;

/** Goods left that should have stayed, by what the order knows: one issue for the order. */
export function onOrderShipped(
  { orderId, shipmentId, customerId, breaches, zone, department, assignee, visibleTo }: OrderShipped,
  happened: Happened,
): Reacted[] {
  if (breaches.length === 0) return [];
  const about = { orderId, shipmentId, orderIds: [orderId], customerId };
  const finding = { ...dispatchBreach, source: orderId, about, on: { zone }, department, assignee, visibleTo };
  return [takeSlot(finding, happened)];
}

/**
 * The same by what the shipment knows; a breach that names no order concerns all of them. Each is its own order's: who sees
 * another order of the shipment does not see it.
 */
export function onShipmentDispatched(
  { shipmentId, orderIds, customerId, breaches, zone = "UTC", ...shipment }: ShipmentDispatched,
  happened: Happened,
  found: readonly Found<OrderState>[],
): Reacted[] {
  const concerned = new Set(breaches.flatMap(({ orderId }) => (orderId === undefined ? orderIds : [orderId])));
  return [...concerned].map((orderId) => {
    const about = { orderId, shipmentId, orderIds: [orderId], customerId };
    const { department, assignee, visibleTo } = found[orderIds.indexOf(orderId)]?.state.noted ?? shipment;
    const finding = { ...dispatchBreach, source: orderId, about, on: { zone }, department, assignee, visibleTo };
    return takeSlot(finding, happened);
  });
}
