// What a customer owes is posted to the account of the currency as it happens, each event once: what was invoiced, credited,
// received, refunded and written off, and what a receipt of another currency settles.
import type {
  OrderCredited,
  OrderInvoiced,
  OrderWrittenOff,
  ReceiptAllocated,
  ReceiptDeallocated,
  ReceiptRecorded,
  ReceiptRefunded,
} from "@gendan/contracts";
import { money, type Found, type Happened, type Money, type Reacted, type Reaction } from "@gendan/eventing";
import { accountIdOf, type Post } from "../domain/account/account.decider.js";
import type { ReceiptState } from "../domain/receipt/receipt.state.js";

type Given = Omit<Post, "type" | "eventId" | "at">;

const posting = ({ id, meta }: Happened, given: Given): Reacted<Post> => ({
  aggregate: "order.account",
  target: accountIdOf(given.customerId, given.amount.currency),
  command: { type: "Post", eventId: id, at: meta.occurredAt, ...given },
});

const minus = ({ minor, currency }: Money): Money => money(-BigInt(minor), currency);

const posts = <Event>(
  name: string,
  [topic, on]: readonly [string, string],
  given: (event: Event) => Given,
): Reaction<Event> => ({
  name,
  topic,
  on,
  startsWith: "history",
  // What claims the future is disputed, and counts nowhere.
  react: (event, happened) =>
    happened.meta.claimedAt === undefined ? [posting(happened as Happened, given(event))] : [],
});

const orders = "gendan.orders";
const receipts = "gendan.receipts";

const onInvoiced = posts<OrderInvoiced>("post-invoice", [orders, "order.invoiced"], (event) => {
  const { customerId, number, amount, issuedOn: day, orderId, invoiceId, visibleTo, zone } = event;
  return { customerId, kind: "invoice", number, amount, day, orderId, invoiceId, visibleTo, zone };
});
const onCredited = posts<OrderCredited>("post-credit-note", [orders, "order.credited"], (event) => {
  const { customerId, number, amount, issuedOn: day, orderId, invoiceId, visibleTo } = event;
  return { customerId, kind: "creditNote", number, amount: minus(amount), day, orderId, invoiceId, visibleTo };
});
const onWrittenOff = posts<OrderWrittenOff>("post-write-off", [orders, "order.written.off"], (event) => {
  const { customerId, orderNumber, amount, writtenOffOn: day, orderId, visibleTo } = event;
  return { customerId, kind: "writeOff", number: orderNumber, amount: minus(amount), day, orderId, visibleTo };
});
const onReceived = posts<ReceiptRecorded>("post-receipt", [receipts, "receipt.recorded"], (event) => {
  const { customerId, number, amount, receiptId, visibleTo } = event;
  return { customerId, kind: "receipt", number, amount: minus(amount), receiptId, visibleTo };
});
const onRefunded = posts<ReceiptRefunded>("post-refund", [receipts, "receipt.refunded"], (event) => {
  const { customerId, number, amount, receiptId, visibleTo } = event;
  return { customerId, kind: "refund", number, amount, receiptId, visibleTo };
});

interface Exchanged {
  readonly given: Money;
  readonly settled: Money | undefined;
}

/** What leaves the account of the receipt's currency comes to that of the order's, and back; `sign` is −1 for back. */
const exchange = <Event extends { readonly receiptId: string; readonly visibleTo?: readonly string[] | undefined }>(
  name: string,
  on: string,
  sign: bigint,
  parts: (event: Event) => readonly Exchanged[],
): Reaction<Event, ReceiptState> => ({
  name,
  topic: receipts,
  on,
  reads: ({ receiptId }) => [{ aggregate: "order.receipt", id: receiptId }],
  react: (event, happened, [found]: readonly Found<ReceiptState>[]) => {
    if (!found) return [];
    const sums = new Map<string, bigint>();
    const add = ({ currency, minor }: Money, by: bigint) =>
      sums.set(currency, (sums.get(currency) ?? 0n) + by * BigInt(minor));
    for (const { given, settled } of parts(event)) {
      if (!settled) continue;
      add(given, sign);
      add(settled, -sign);
    }
    const { customerId, number, owners } = found.state;
    return [...sums].map(([currency, minor]) =>
      posting(happened as Happened, {
        customerId,
        kind: "exchange",
        number,
        amount: money(minor, currency),
        receiptId: event.receiptId,
        visibleTo: owners,
      }),
    );
  },
});

const onAllocated = exchange<ReceiptAllocated>("post-exchange", "receipt.allocated", 1n, ({ allocations }) =>
  allocations.map(({ amount, settles }) => ({ given: amount, settled: settles })),
);
const onDeallocated = exchange<ReceiptDeallocated>("post-exchange-back", "receipt.deallocated", -1n, ({ freed }) =>
  freed.map(({ amount, settled }) => ({ given: amount, settled })),
);

export const postToAccounts = [
  onInvoiced,
  onCredited,
  onWrittenOff,
  onReceived,
  onRefunded,
  onAllocated,
  onDeallocated,
] as readonly Reaction[];
