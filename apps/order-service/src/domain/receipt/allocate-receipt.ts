// AllocateReceipt: parts of a receipt pay for orders. Each of them hears of it by the receipt's event.
import { accept, minorOf, money, refuse, type Decision } from "@gendan/eventing";
import { isAmount } from "../values.js";
import type { Allocation, ReceiptEvent } from "./receipt.events.js";
import type { ReceiptFault, ReceiptRefusal } from "./receipt.refusals.js";
import { seenBy, type ReceiptState } from "./receipt.state.js";

export interface AllocateReceipt {
  readonly type: "AllocateReceipt";
  readonly allocations: readonly Allocation[];
  /** Looked up beforehand: those of the orders that exist and that the caller sees. */
  readonly orders: readonly KnownOrder[];
}

export interface KnownOrder {
  readonly orderId: string;
  readonly currency: string;
  readonly visibleTo: readonly string[];
}

const MAX_ALLOCATIONS = 100;

/** Whatever the order has become by now: closed and cancelled ones take money as well. */
export function allocateReceipt(
  receipt: ReceiptState,
  command: AllocateReceipt,
): Decision<ReceiptEvent, ReceiptRefusal> {
  const [no] = mayAllocate(receipt);
  if (no) return refuse(no);
  const { allocations, orders } = command;
  const [first, ...others] = faultsOf(receipt, allocations, orders);
  if (first) return refuse(first, ...others);
  const asked = allocations.reduce((sum, { amount }) => sum + minorOf(amount), 0n);
  const { unallocated, currency } = receipt;
  if (asked > unallocated) {
    return refuse({ code: "RECEIPT_EXCEEDED", unallocated: `${unallocated}`, asked: `${asked}`, currency });
  }
  // Nothing, once allocated to an order, is not allocated to it again.
  const news = allocations.filter(({ orderId, amount }) => minorOf(amount) > 0n || !receipt.orders.has(orderId));
  if (news.length === 0) return accept();
  // What an order told of itself is later than what is looked up here, or the same.
  const seen = orders
    .filter(({ orderId }) => !receipt.orders.has(orderId) && news.some((each) => each.orderId === orderId))
    .map(({ orderId, visibleTo }) => ({ orderId, visibleTo }));
  return accept({
    type: "receipt.allocated",
    allocations: news,
    unallocated: money(unallocated - asked, currency),
    visibleTo: seenBy(receipt.owners, [...receipt.orders.values(), ...seen]),
    orders: seen,
  });
}

export function mayAllocate(receipt: ReceiptState): readonly ReceiptRefusal[] {
  if (!receipt.exists) return [{ code: "NOT_FOUND" }];
  return receipt.claimedAt === undefined ? [] : [{ code: "RECEIPT_DISPUTED", claimedAt: receipt.claimedAt }];
}

function faultsOf(
  receipt: ReceiptState,
  allocations: readonly Allocation[],
  orders: readonly KnownOrder[],
): ReceiptFault[] {
  if (allocations.length === 0) return [{ code: "ALLOCATIONS_MISSING", field: "allocations" }];
  if (allocations.length > MAX_ALLOCATIONS) return [{ code: "TOO_MANY", field: "allocations" }];
  const known = new Map(orders.map((order) => [order.orderId, order]));
  return allocations.flatMap(({ orderId, amount }, index): ReceiptFault[] => {
    const path = `allocations.${index}`;
    const order = known.get(orderId);
    const isFirst = allocations.findIndex((other) => other.orderId === orderId) === index;
    return [
      ...(order ? [] : [fault("ORDER_NOT_FOUND", `${path}.orderId`, orderId)]),
      ...(isFirst ? [] : [fault("DUPLICATE_ORDER", `${path}.orderId`, orderId)]),
      ...amountFaults(receipt, order, amount, `${path}.amount`),
    ];
  });
}

function amountFaults(
  receipt: ReceiptState,
  order: KnownOrder | undefined,
  { minor, currency }: Allocation["amount"],
  path: string,
): ReceiptFault[] {
  if (!isAmount(minor)) return [fault("AMOUNT_INVALID", `${path}.minor`, minor)];
  const differs = currency !== receipt.currency || (order && order.currency !== currency);
  return [
    ...(differs ? [fault("CURRENCY_DIFFERS", `${path}.currency`, currency)] : []),
    ...(BigInt(minor) === 0n && receipt.amount > 0n ? [fault("AMOUNT_NOT_POSITIVE", `${path}.minor`, minor)] : []),
  ];
}

const fault = (code: ReceiptFault["code"], field: string, value: string): ReceiptFault => ({ code, field, value });
