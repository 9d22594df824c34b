// What decisions need to know of an order's money, and how it follows from the events.
import { millionths, minorOf } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { Milestone, MilestoneTerm, MoneyEvent, OrderInvoiced } from "./money.events.js";

export interface MoneyState {
  readonly terms: readonly MilestoneTerm[];
  /** As they were reckoned last. */
  readonly milestones: readonly Milestone[];
  /** Minor units by milestone, of payments that name one. */
  readonly namedPayments: ReadonlyMap<string, bigint>;
  /** Minor units by receipt: what of it counts here, and for which milestones. */
  readonly receipts: ReadonlyMap<string, ReceiptPart>;
  readonly lines: ReadonlyMap<string, InvoicedLine>;
  /** In the order in which they were issued. */
  readonly invoices: readonly IssuedInvoice[];
  /** Minor units, all that was ever invoiced, credited, written off. */
  readonly invoiced: bigint;
  readonly credited: bigint;
  readonly writtenOff: bigint;
}

/** What of a receipt counts, in minor units: its sum, and by milestone where one was named. */
export interface ReceiptPart {
  readonly amount: bigint;
  readonly named: ReadonlyMap<string, bigint>;
}

/** What stands of a line net of credit notes: millionths and minor units. */
export interface InvoicedLine {
  readonly quantity: bigint;
  readonly amount: bigint;
  /** What credit notes took back of the quantity and no later invoice has charged again. */
  readonly takenBack: bigint;
}

export interface IssuedInvoice {
  readonly invoiceId: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly amount: bigint;
  readonly credited: bigint;
}

export const noMoney: MoneyState = {
  terms: [],
  milestones: [],
  namedPayments: new Map(),
  receipts: new Map(),
  lines: new Map(),
  invoices: [],
  invoiced: 0n,
  credited: 0n,
  writtenOff: 0n,
};

type Counted = MoneyEvent | Extract<OrderEvent, { readonly type: "order.payment.recorded" }>;

export function evolveMoney(money: MoneyState, event: Counted): MoneyState {
  switch (event.type) {
    case "order.payment.terms.agreed":
      return { ...money, terms: event.milestones, milestones: [] };
    case "order.milestones.reckoned":
      return { ...money, milestones: event.milestones };
    case "order.payment.recorded": {
      if (event.breaches.length > 0) return money;
      return paid(money, event.receiptId, minorOf(event.amount), event.milestoneId);
    }
    case "order.payment.reversed":
      return takenBack(money, event.receiptId, minorOf(event.amount));
    case "order.invoiced": {
      const { invoiceId, number, issuedOn, amount } = event;
      const issued = { invoiceId, number, issuedOn, amount: minorOf(amount), credited: 0n };
      return {
        ...money,
        lines: progressed(money, event, -1n),
        invoices: [...money.invoices, issued],
        invoiced: money.invoiced + issued.amount,
      };
    }
    case "order.credited": {
      const amount = minorOf(event.amount);
      return {
        ...money,
        lines: progressed(money, event, 1n),
        credited: money.credited + amount,
        invoices: money.invoices.map((each) =>
          each.invoiceId === event.ofInvoice ? { ...each, credited: each.credited + amount } : each,
        ),
      };
    }
    case "order.written.off":
      return { ...money, writtenOff: minorOf(event.writtenOff) };
  }
}

/** A credit note (1) takes its quantities back, an invoice (-1) charges them again. */
function progressed(
  { lines }: MoneyState,
  event: Pick<OrderInvoiced, "lines" | "progress">,
  way: 1n | -1n,
): MoneyState["lines"] {
  const moved = new Map(event.lines.map(({ lineId, quantity }) => [lineId, way * millionths(quantity)]));
  return new Map([
    ...lines,
    ...event.progress.map(({ lineId, quantity, amount }) => {
      const back = (lines.get(lineId)?.takenBack ?? 0n) + (moved.get(lineId) ?? 0n);
      const takenBack = back < 0n ? 0n : back;
      return [lineId, { quantity: millionths(quantity), amount: minorOf(amount), takenBack }] as const;
    }),
  ]);
}

const nothing: ReceiptPart = { amount: 0n, named: new Map() };

function paid(money: MoneyState, receiptId: string, amount: bigint, milestoneId: string | undefined): MoneyState {
  const before = money.receipts.get(receiptId) ?? nothing;
  const named = milestoneId === undefined ? before.named : added(before.named, milestoneId, amount);
  const receipts = new Map(money.receipts).set(receiptId, { amount: before.amount + amount, named });
  const namedPayments =
    milestoneId === undefined ? money.namedPayments : added(money.namedPayments, milestoneId, amount);
  return { ...money, receipts, namedPayments };
}

/** What names no milestone goes first. */
function takenBack(money: MoneyState, receiptId: string, amount: bigint): MoneyState {
  const before = money.receipts.get(receiptId) ?? nothing;
  const left = before.amount - amount;
  let { named } = before;
  let { namedPayments } = money;
  let excess = [...named.values()].reduce((sum, each) => sum + each, 0n) - left;
  for (const [milestoneId, held] of before.named) {
    if (excess <= 0n) break;
    const taken = held < excess ? held : excess;
    named = added(named, milestoneId, -taken);
    namedPayments = added(namedPayments, milestoneId, -taken);
    excess -= taken;
  }
  return { ...money, namedPayments, receipts: new Map(money.receipts).set(receiptId, { amount: left, named }) };
}

const added = (sums: ReadonlyMap<string, bigint>, key: string, amount: bigint): ReadonlyMap<string, bigint> =>
  new Map(sums).set(key, (sums.get(key) ?? 0n) + amount);
