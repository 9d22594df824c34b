// The money of an order's document: its milestones, what was invoiced and credited, and what was sent and is not charged yet.
import { millionths, minorOf, money, quantity, shareOf, type Money, type Quantity } from "@gendan/eventing";
import type {
  LineInvoiced,
  Milestone,
  MilestoneTerm,
  MoneyEvent,
  OrderCredited,
  OrderInvoiced,
} from "../domain/order/money/money.events.js";
import type { LineDocument, OrderDocument, ScheduleDocument } from "./order.document.js";

/** Absent where nothing of it has happened. */
export interface MoneyDocument {
  readonly terms?: readonly MilestoneTerm[];
  readonly milestones?: readonly Milestone[];
  readonly invoicing?: "None" | "Partial" | "Full";
  /** By line, net of credit notes. */
  readonly lines?: Readonly<Record<string, LineMoney>>;
  readonly invoices?: readonly InvoiceOfOrder[];
  readonly invoiced?: Money;
  readonly credited?: Money;
  readonly writtenOff?: Money;
}

/** Taken back: what credit notes took of the quantity and no later invoice has charged again; absent where nothing. */
type LineMoney = Omit<LineInvoiced, "lineId"> & { readonly takenBack?: Quantity };

interface InvoiceOfOrder {
  readonly invoiceId: string;
  readonly number: string;
  readonly kind: "invoice" | "creditNote";
  readonly issuedOn: string;
  /** Absent of credit notes. */
  readonly dueOn?: string;
  readonly amount: Money;
  /** What it charges or takes back; absent in documents of an older generation. */
  readonly lines?: readonly LineInvoiced[];
}

export function foldMoney(doc: OrderDocument, event: MoneyEvent): OrderDocument {
  const { money: before = {} } = doc;
  const has = (changes: MoneyDocument): OrderDocument => ({ ...doc, money: { ...before, ...changes } });
  switch (event.type) {
    case "order.payment.terms.agreed":
      return has({ terms: event.milestones, milestones: [] });
    case "order.milestones.reckoned":
      return has({ milestones: event.milestones });
    case "order.payment.reversed":
      return { ...doc, received: event.received };
    case "order.invoiced":
      return charged(has({ ...issued(before, event, "invoice"), invoiced: sum(before.invoiced, event.amount) }));
    case "order.credited":
      return has({ ...issued(before, event, "creditNote"), credited: sum(before.credited, event.amount) });
    case "order.written.off":
      return has({ writtenOff: event.writtenOff });
  }
}

/** What leaves after everything was charged begins a new wait. */
function charged(doc: OrderDocument): OrderDocument {
  if (shippedNotInvoiced(doc).length > 0) return doc;
  const { notInvoicedSince: _, ...rest } = doc;
  return rest;
}

const sum = (before: Money | undefined, amount: Money): Money =>
  money(minorOf(amount) + (before ? minorOf(before) : 0n), amount.currency);

function issued(before: MoneyDocument, event: OrderInvoiced | OrderCredited, kind: InvoiceOfOrder["kind"]) {
  const { invoiceId, number, issuedOn, amount, invoicing } = event;
  const dueOn = "dueOn" in event ? { dueOn: event.dueOn } : {};
  const lines = Object.fromEntries(
    event.progress.map(({ lineId, ...stands }) => [lineId, { ...stands, ...takenBack(before, event, lineId, kind) }]),
  );
  return {
    invoicing,
    lines: { ...before.lines, ...lines },
    invoices: [...(before.invoices ?? []), { invoiceId, number, kind, issuedOn, amount, lines: event.lines, ...dueOn }],
  };
}

function takenBack(
  { lines = {} }: MoneyDocument,
  event: Pick<OrderInvoiced, "lines">,
  lineId: string,
  kind: InvoiceOfOrder["kind"],
): { readonly takenBack?: Quantity } {
  const units = millionths(event.lines.find((line) => line.lineId === lineId)?.quantity ?? "0");
  const back = millionths(lines[lineId]?.takenBack ?? "0") + (kind === "creditNote" ? units : -units);
  return back > 0n ? { takenBack: quantity(back) } : {};
}

interface NotInvoiced {
  readonly lineId: string;
  readonly quantity: string;
  readonly amount: Money;
}

/** What has left and was neither lost nor charged, with what it is worth by the line's price and freight. */
export function shippedNotInvoiced(doc: Pick<OrderDocument, "lines" | "money" | "currency">): readonly NotInvoiced[] {
  return doc.lines.flatMap((line): NotInvoiced[] => {
    const left = shippedOf(line) - millionths(doc.money?.lines?.[line.lineId]?.quantity ?? "0");
    if (left <= 0n) return [];
    return [{ lineId: line.lineId, quantity: quantity(left), amount: money(worthOf(line, left), doc.currency) }];
  });
}

/** As the domain says (invoicing.ts): rounded half up once, on the whole quantity. */
export const worthOf = ({ amount, freight, quantity: whole }: LineDocument, units: bigint): bigint =>
  shareOf(minorOf(amount) + BigInt(freight?.minor ?? "0"), units, millionths(whole));

const shippedOf = ({ kind, schedules }: LineDocument): bigint =>
  kind === "service"
    ? 0n
    : schedules.reduce((all, { shipped, lost, returnedToSender = "0", returned = "0" }) => {
        return all + millionths(shipped) - millionths(lost) - millionths(returnedToSender) - millionths(returned);
      }, 0n);

/** What the line still brings in besides what is charged of it: as the domain says (invoicing.ts), of the document. */
export function toCharge(line: LineDocument, money: MoneyDocument = {}): bigint {
  const { quantity: invoiced = "0", takenBack: back = "0" } = money.lines?.[line.lineId] ?? {};
  const charged = millionths(invoiced);
  const kept = line.schedules.reduce((sum, schedule) => sum + keptOf(line.kind, schedule), 0n);
  const standing = millionths(line.quantity) - millionths(back);
  const units = kept < standing ? kept : standing;
  return units <= charged ? 0n : worthOf(line, units) - worthOf(line, charged);
}

function keptOf(kind: LineDocument["kind"], schedule: ScheduleDocument): bigint {
  const { quantity: ordered, cancelled = "0", shortClosed, full } = schedule;
  const owed = millionths(ordered) - millionths(cancelled) - millionths(shortClosed?.quantity ?? "0");
  if (kind === "service") return owed;
  const delivered = millionths(schedule.delivered);
  const isDone = delivered > 0n && full;
  const kept = (isDone ? delivered : owed) - millionths(schedule.returned ?? "0");
  return kept < owed ? kept : owed;
}
