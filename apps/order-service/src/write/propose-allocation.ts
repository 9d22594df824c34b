// Which orders a receipt pays for by rule. Documents say which orders may be meant; how much is open says each order's stream.
import { money } from "@gendan/eventing";
import { openOf } from "../domain/order/money/owed.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { Allocation } from "../domain/receipt/receipt.events.js";
import type { ReceiptState } from "../domain/receipt/receipt.state.js";
import type { SeenOrder } from "./known-orders.js";

/** `oldestDue`: what is due earliest first. `sameReference`: what the payer has named, be it an order's number or an invoice's. */
type AllocationRule = "oldestDue" | "sameReference";

/** Of the receipt's own currency alone: what is changed into another one is allocated by hand. */
export function proposeAllocation(
  receipt: Pick<ReceiptState, "unallocated" | "currency" | "reference">,
  orders: readonly SeenOrder[],
  rule: AllocationRule,
): Allocation[] {
  let rest = receipt.unallocated;
  return orders.flatMap(({ orderId, state }): Allocation[] => {
    if (state.currency !== receipt.currency) return [];
    if (rule === "sameReference" && !isNamed(state, receipt.reference)) return [];
    const open = openOf(state);
    const taken = open < rest ? open : rest;
    if (taken <= 0n) return [];
    rest -= taken;
    return [{ orderId, amount: money(taken, receipt.currency) }];
  });
}

/** As a whole word of what the payer wrote, so that "SO-2026-000012" is not found in "SO-2026-0000123". */
function isNamed({ number, sourceReference, content, money: { invoices } }: OrderState, reference = ""): boolean {
  const words = new Set(reference.split(/[\s,;/]+/));
  const names = [number, sourceReference, ...content.references.map((each) => each.number)];
  return [...names, ...invoices.map((each) => each.number)].some((name) => name !== undefined && words.has(name));
}
