// DeallocateReceipt: a part of a receipt pays for an order no longer. RefundReceipt: what is free (or was allocated to one order)
// goes back to who had paid it.
import { accept, minorOf, money, refuse, shareOf, type Asked, type Decision, type Money } from "@gendan/eventing";
import { isAmount } from "../values.js";
import { mayAllocate } from "./allocate-receipt.js";
import type { ReceiptDeallocated, ReceiptEvent } from "./receipt.events.js";
import type { ReceiptFault, ReceiptRefusal } from "./receipt.refusals.js";
import { seenBy, type ReceiptState } from "./receipt.state.js";

export interface DeallocateReceipt {
  readonly type: "DeallocateReceipt";
  readonly orderId: string;
  /** Of the receipt; absent: all that it pays for the order. */
  readonly amount?: Money;
  /** A short code. */
  readonly reason: string;
}

export interface RefundReceipt {
  readonly type: "RefundReceipt";
  readonly refundId: string;
  readonly amount: Money;
  readonly reason: string;
  /** Taken from what the receipt pays for this order. */
  readonly orderId?: string;
  /** The return of that order that it pays. */
  readonly returnId?: string;
  /** Looked up beforehand: what is to be paid back for that return; absent where there is no such return. */
  readonly returnOpen?: Money;
}

export function deallocateReceipt(
  receipt: ReceiptState,
  { orderId, amount, reason }: DeallocateReceipt,
): Decision<ReceiptEvent, ReceiptRefusal> {
  const [no] = mayAllocate(receipt);
  if (no) return refuse(no);
  const allocated = receipt.allocated.get(orderId)?.amount ?? 0n;
  const given = amount ?? money(allocated, receipt.currency);
  const [first, ...others] = faultsOf(receipt, given, reason);
  if (first) return refuse(first, ...others);
  const freed = freeing(receipt, orderId, given, reason);
  return "code" in freed ? refuse(freed) : accept(freed);
}

export function refundReceipt(
  receipt: ReceiptState,
  { refundId, amount, reason, orderId, returnId, returnOpen }: RefundReceipt,
  { at }: Asked,
): Decision<ReceiptEvent, ReceiptRefusal> {
  const [no] = mayAllocate(receipt);
  if (no) return refuse(no);
  const nameless: ReceiptFault[] =
    returnId !== undefined && orderId === undefined ? [{ code: "TEXT_MISSING", field: "orderId" }] : [];
  const [first, ...others] = [...faultsOf(receipt, amount, reason), ...nameless];
  if (first) return refuse(first, ...others);
  const freed = orderId === undefined ? undefined : freeing(receipt, orderId, amount, reason);
  if (freed && "code" in freed) return refuse(freed);
  const free = freed ? minorOf(freed.unallocated) : receipt.unallocated;
  const { currency } = receipt;
  if (minorOf(amount) > free)
    return refuse({ code: "RECEIPT_EXCEEDED", unallocated: `${free}`, asked: amount.minor, currency });
  const pays = freed?.freed[0]?.settled ?? amount;
  if (returnId !== undefined) {
    const [over] = overOpen(returnId, pays, returnOpen);
    if (over) return refuse(over);
  }
  return accept<ReceiptEvent>(...(freed ? [freed] : []), {
    type: "receipt.refunded",
    refundId,
    customerId: receipt.customerId,
    number: receipt.number,
    amount,
    unallocated: money(free - minorOf(amount), currency),
    reason,
    refundedAt: at,
    ...(orderId === undefined ? {} : { orderId }),
    ...(returnId === undefined ? {} : { returnId, ...(pays === amount ? {} : { pays }) }),
    department: receipt.department,
    visibleTo: seenBy(receipt.owners, [...receipt.orders.values()]),
  });
}

function overOpen(returnId: string, pays: Money, open: Money | undefined): ReceiptRefusal[] {
  if (!open) return [{ code: "RETURN_NOT_FOUND", returnId }];
  if (minorOf(pays) <= minorOf(open)) return [];
  const { minor: asked, currency } = pays;
  return [{ code: "REFUND_EXCEEDED", returnId, open: open.minor, asked, currency }];
}

/** What it settled goes in proportion, and the last part takes what is left. */
function freeing(
  receipt: ReceiptState,
  orderId: string,
  amount: Money,
  reason: string,
): ReceiptDeallocated | ReceiptRefusal {
  const { currency } = receipt;
  const part = receipt.allocated.get(orderId);
  if (!part || part.amount === 0n) return { code: "NOT_ALLOCATED", orderId };
  const taken = minorOf(amount);
  if (taken > part.amount)
    return { code: "ALLOCATION_EXCEEDED", allocated: `${part.amount}`, asked: amount.minor, currency };
  const settled = money(shareOf(part.settles, taken, part.amount), part.currency);
  return {
    type: "receipt.deallocated",
    freed: [{ orderId, amount, ...(part.currency === currency ? {} : { settled }) }],
    unallocated: money(receipt.unallocated + taken, currency),
    reason,
    visibleTo: seenBy(receipt.owners, [...receipt.orders.values()]),
  };
}

function faultsOf({ currency }: ReceiptState, amount: Money, reason: string): ReceiptFault[] {
  const fault = (wrong: boolean, code: ReceiptFault["code"], field: string): ReceiptFault[] =>
    wrong ? [{ code, field }] : [];
  return [
    ...fault(!isAmount(amount.minor), "AMOUNT_INVALID", "amount.minor"),
    ...fault(amount.currency !== currency, "CURRENCY_DIFFERS", "amount.currency"),
    ...fault(reason.trim() === "", "TEXT_MISSING", "reason"),
    ...fault(reason.length > 100, "TEXT_TOO_LONG", "reason"),
  ];
}
