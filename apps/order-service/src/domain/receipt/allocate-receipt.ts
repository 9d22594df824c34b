// AllocateReceipt: parts of a receipt pay for orders. Each of them hears of it by the receipt's event.
import { accept, dayIn, minorOf, money, refuse, type Decision } from "@gendan/eventing";
import { ruleDefaults, type Ruled } from "../rules/rule-kinds.js";
import { defined, isAmount } from "../values.js";
import { convert } from "./convert.js";
import type { Allocation, ReceiptEvent } from "./receipt.events.js";
import type { ReceiptFault, ReceiptRefusal } from "./receipt.refusals.js";
import { seenBy, type ReceiptState } from "./receipt.state.js";

export interface AllocateReceipt {
  readonly type: "AllocateReceipt";
  readonly allocations: readonly Allocation[];
  /** Looked up beforehand: those of the orders that exist and that the caller sees. */
  readonly orders: readonly KnownOrder[];
  /** What orders of other currencies are settled by. */
  readonly rates?: Ruled<"rates">;
}

export interface KnownOrder {
  readonly orderId: string;
  readonly currency: string;
  readonly zone?: string;
  /** When it was charged last: what a rate gains or loses is reckoned against that day. */
  readonly chargedOn?: string;
  readonly milestones?: readonly string[];
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
  const { allocations, orders, rates = noRates } = command;
  const [first, ...others] = faultsOf(receipt, allocations, orders, rates);
  if (first) return refuse(first, ...others);
  const asked = allocations.reduce((sum, { amount }) => sum + minorOf(amount), 0n);
  const { unallocated, currency } = receipt;
  if (asked > unallocated) {
    return refuse({ code: "RECEIPT_EXCEEDED", unallocated: `${unallocated}`, asked: `${asked}`, currency });
  }
  // Nothing, once allocated to an order, is not allocated to it again.
  const news = allocations.filter(({ orderId, amount }) => minorOf(amount) > 0n || !receipt.orders.has(orderId));
  if (news.length === 0) return accept();
  const known = new Map(orders.map((order) => [order.orderId, order]));
  // What an order told of itself is later than what is looked up here, or the same.
  const seen = orders
    .filter(({ orderId }) => !receipt.orders.has(orderId) && news.some((each) => each.orderId === orderId))
    .map(({ orderId, visibleTo }) => ({ orderId, visibleTo }));
  return accept({
    type: "receipt.allocated",
    allocations: news.map((each) => settling(receipt, each, known.get(each.orderId)!, rates)),
    unallocated: money(unallocated - asked, currency),
    visibleTo: seenBy(receipt.owners, [...receipt.orders.values(), ...seen]),
    orders: seen,
  });
}

const noRates: Ruled<"rates"> = { version: 0, rules: ruleDefaults.rates };

/** With what it settles, where the order has another currency: by the rate of the day on which the money came in. */
function settling(
  { receivedAt, currency }: ReceiptState,
  allocation: Allocation,
  order: KnownOrder,
  { version, rules }: Ruled<"rates">,
): Allocation {
  const { orderId, amount, milestoneId } = allocation;
  const plain = { orderId, amount, ...defined({ milestoneId }) };
  if (order.currency === currency) return plain;
  const settled = convert(amount, order.currency, dayIn(order.zone ?? "UTC", receivedAt), rules)!;
  const expected = order.chargedOn && convert(amount, order.currency, order.chargedOn, rules);
  const gain = expected && money(minorOf(settled.amount) - minorOf(expected.amount), order.currency);
  return { ...plain, settles: { ...settled, rules: version, ...(gain ? { gain } : {}) } };
}

export function mayAllocate(receipt: ReceiptState): readonly ReceiptRefusal[] {
  if (!receipt.exists) return [{ code: "NOT_FOUND" }];
  return receipt.claimedAt === undefined ? [] : [{ code: "RECEIPT_DISPUTED", claimedAt: receipt.claimedAt }];
}

function faultsOf(
  receipt: ReceiptState,
  allocations: readonly Allocation[],
  orders: readonly KnownOrder[],
  rates: Ruled<"rates">,
): ReceiptFault[] {
  if (allocations.length === 0) return [{ code: "ALLOCATIONS_MISSING", field: "allocations" }];
  if (allocations.length > MAX_ALLOCATIONS) return [{ code: "TOO_MANY", field: "allocations" }];
  const known = new Map(orders.map((order) => [order.orderId, order]));
  return allocations.flatMap(({ orderId, amount, milestoneId }, index): ReceiptFault[] => {
    const path = `allocations.${index}`;
    const order = known.get(orderId);
    const isFirst = allocations.findIndex((other) => other.orderId === orderId) === index;
    return [
      ...(order ? [] : [fault("ORDER_NOT_FOUND", `${path}.orderId`, orderId)]),
      ...(isFirst ? [] : [fault("DUPLICATE_ORDER", `${path}.orderId`, orderId)]),
      ...(milestoneId === undefined || !order || order.milestones?.includes(milestoneId)
        ? []
        : [fault("MILESTONE_UNKNOWN", `${path}.milestoneId`, milestoneId)]),
      ...amountFaults(receipt, order, amount, `${path}.amount`, rates),
    ];
  });
}

function amountFaults(
  receipt: ReceiptState,
  order: KnownOrder | undefined,
  amount: Allocation["amount"],
  path: string,
  { rules }: Ruled<"rates">,
): ReceiptFault[] {
  const { minor, currency } = amount;
  if (!isAmount(minor)) return [fault("AMOUNT_INVALID", `${path}.minor`, minor)];
  const day = dayIn(order?.zone ?? "UTC", receipt.receivedAt);
  const isStrange = order && order.currency !== currency && !convert(amount, order.currency, day, rules);
  const differs = currency !== receipt.currency || isStrange;
  return [
    ...(differs ? [fault("CURRENCY_DIFFERS", `${path}.currency`, currency)] : []),
    ...(BigInt(minor) === 0n && receipt.amount > 0n ? [fault("AMOUNT_NOT_POSITIVE", `${path}.minor`, minor)] : []),
  ];
}

const fault = (code: ReceiptFault["code"], field: string, value: string): ReceiptFault => ({ code, field, value });
