// Arithmetic on parts of orders: adding up, comparing, taking an order out.
import { addQuantities, compareQuantities } from "@gendan/eventing";
import type { OrderParts, Part } from "./shipment.events.js";

const keyOf = (part: Part): string => `${part.lineId}\u0000${part.scheduleId}`;

/** Parts with each schedule named once, in the order of their first naming. */
export function sumParts(parts: readonly Part[]): Part[] {
  const sums = new Map<string, Part>();
  for (const part of parts) {
    const sum = sums.get(keyOf(part));
    sums.set(keyOf(part), sum ? { ...sum, quantity: addQuantities(sum.quantity, part.quantity) } : part);
  }
  return [...sums.values()];
}

/** Orders' parts with each order named once. */
export function sumOrders(orders: readonly OrderParts[]): OrderParts[] {
  const sums = new Map<string, Part[]>();
  for (const { orderId, lines } of orders) sums.set(orderId, [...(sums.get(orderId) ?? []), ...lines]);
  return [...sums].map(([orderId, lines]) => ({ orderId, lines: sumParts(lines) }));
}

/** Whether two lists hold the same quantities of the same schedules. */
export function sameParts(some: readonly Part[], others: readonly Part[]): boolean {
  const wanted = new Map(sumParts(others).map((part) => [keyOf(part), part.quantity]));
  const given = sumParts(some);
  return (
    given.length === wanted.size &&
    given.every((part) => compareQuantities(part.quantity, wanted.get(keyOf(part)) ?? "0") === 0)
  );
}
