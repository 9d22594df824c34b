// The invoices as people see them, the deadline of their ladder, and what is open by the day on which it was due.
import {
  equals,
  minorOf,
  type Actor,
  type Column,
  type Contribution,
  type DocumentFold,
  type Filter,
  type Happened,
  type Money,
  type Projection,
} from "@gendan/eventing";
import type { InvoiceEvent, InvoiceOpened, NextStep, PaymentPromised } from "../domain/invoice/invoice.events.js";
import { below, type OrdersQuery } from "./orders-query.js";
import { departmentColumn } from "./department-column.js";

export interface InvoiceDocument extends Omit<InvoiceOpened, "type" | "next"> {
  readonly settled: Money;
  readonly open: Money;
  readonly disputed?: { readonly amount: Money; readonly reason: string; readonly at: string };
  readonly promise?: { readonly until: string; readonly at: string };
  /** Every promise to pay, the latest last; absent where none was made, and in documents of an older generation. */
  readonly promises?: readonly PaymentPromise[];
  readonly reminders: readonly Reminder[];
  readonly next?: NextStep;
}

export interface PaymentPromise {
  readonly until: string;
  /** The instant after which it is broken. */
  readonly endsAt: string;
  readonly at: string;
  /** Who took it down. */
  readonly by: Actor;
  /** When nothing was open any more, in time. */
  readonly keptAt?: string;
  /** Another one took its place while it lasted. */
  readonly replacedAt?: string;
}

export type PromiseStatus = "open" | "kept" | "broken" | "replaced";

/** How a promise to pay stands now. */
export function promiseStatus({ keptAt, replacedAt, endsAt }: PaymentPromise, now: string): PromiseStatus {
  if (replacedAt !== undefined) return "replaced";
  if (keptAt !== undefined) return "kept";
  return endsAt <= now ? "broken" : "open";
}

interface Reminder {
  readonly level: number;
  readonly at: string;
  readonly daysOverdue: number;
  readonly asked: Money;
  readonly brokenPromise?: string;
}

function foldInvoice(
  doc: InvoiceDocument | undefined,
  event: InvoiceEvent,
  { meta: { occurredAt: at, actor: by } }: Happened<InvoiceEvent>,
): InvoiceDocument | undefined {
  if (event.type === "invoice.opened") {
    const { type: _, ...opened } = event;
    return { ...opened, settled: { ...event.amount, minor: "0" }, open: event.amount, reminders: [] };
  }
  if (!doc) return undefined;
  if (event.type === "invoice.scope.followed") {
    const { assignee: _, ...rest } = doc;
    const { department, assignee, visibleTo } = event;
    return { ...rest, department, visibleTo, ...(assignee === undefined ? {} : { assignee }) };
  }
  const { next: _, ...rest } = doc;
  return { ...changed(rest, event, { at, by }), ...(event.next ? { next: event.next } : {}) };
}

type Moving = Exclude<InvoiceEvent, { readonly type: "invoice.opened" | "invoice.scope.followed" }>;

function changed(doc: InvoiceDocument, event: Moving, { at, by }: Pick<PaymentPromise, "at" | "by">): InvoiceDocument {
  switch (event.type) {
    case "invoice.settled":
      return { ...doc, settled: event.settled, open: event.open, ...settling(doc, minorOf(event.open) === 0n, at) };
    case "invoice.disputed":
      return { ...doc, disputed: { amount: event.disputed, reason: event.reason, at } };
    case "invoice.dispute.resolved": {
      const { disputed: _, ...rest } = doc;
      return rest;
    }
    case "invoice.payment.promised":
      return { ...doc, promise: { until: event.until, at }, promises: promising(doc, event, { at, by }) };
    case "invoice.dunned": {
      const { promise: _, ...rest } = doc;
      const { level, daysOverdue, asked, brokenPromise } = event;
      const reminder = { level, at, daysOverdue, asked, ...(brokenPromise === undefined ? {} : { brokenPromise }) };
      return { ...rest, reminders: [...doc.reminders, reminder] };
    }
  }
}

/** The latest promise is kept when all is settled before its end; what is open again meanwhile makes it open again. */
function settling(
  { promises = [] }: InvoiceDocument,
  isSettled: boolean,
  at: string,
): Pick<InvoiceDocument, "promises"> {
  const last = promises.at(-1);
  if (!last || at >= last.endsAt) return {};
  const { keptAt: _, ...open } = last;
  return { promises: [...promises.slice(0, -1), isSettled ? { ...open, keptAt: at } : open] };
}

function promising(
  { promises = [] }: InvoiceDocument,
  { until, endsAt }: PaymentPromised,
  { at, by }: Pick<PaymentPromise, "at" | "by">,
): readonly PaymentPromise[] {
  const before = promises.map((each, index) =>
    index === promises.length - 1 && promiseStatus(each, at) === "open" ? { ...each, replacedAt: at } : each,
  );
  return [...before, { until, endsAt, at, by }];
}

export const RECEIVABLES = "receivables";

/** By the day on which it was due, so that the age of what is open is a sum over days. */
function contributions({ open, dueOn, customerId, department }: InvoiceDocument): Contribution[] {
  const amount = minorOf(open);
  if (amount === 0n) return [];
  const common = { rollup: RECEIVABLES, day: dueOn, department, currency: open.currency };
  const add = { open: amount, invoices: 1n };
  return [
    { ...common, dimension: "all", value: "all", add },
    { ...common, dimension: "customer", value: customerId, add },
  ];
}

const text = (of: (doc: InvoiceDocument) => string | undefined): Column<InvoiceDocument> => ({ type: "text", of });
const isOpen = ({ open }: InvoiceDocument): boolean => minorOf(open) > 0n;
const filters = ["department", "customerId", "currency", "overdueFrom", "promiseEndsAt", "promiseKept"];

const invoices: DocumentFold<InvoiceDocument, InvoiceEvent> = {
  source: "order.invoice",
  fold: foldInvoice,
  collection: {
    name: "invoices",
    columns: {
      issuedOn: text(({ issuedOn }) => issuedOn),
      dueOn: text((doc) => (isOpen(doc) ? doc.dueOn : undefined)),
      overdueFrom: text((doc) => (isOpen(doc) ? doc.overdueFrom : undefined)),
      department: text(({ department }) => departmentColumn(department)),
      customerId: text(({ customerId }) => customerId),
      currency: text(({ amount }) => amount.currency),
      promiseEndsAt: text(({ promises }) => promises?.at(-1)?.endsAt),
      promiseKept: { type: "integer", of: ({ promises }) => (promises?.at(-1)?.keptAt === undefined ? 0 : 1) },
    },
    tokens: ({ visibleTo }) => visibleTo,
    keys: { number: ({ number }) => [number], order: ({ orderId }) => [orderId], customer: (doc) => [doc.customerId] },
    paths: [
      { name: "byIssued", sort: "issuedOn", filters },
      { name: "byDue", sort: "dueOn", filters },
    ],
  },
  contributions,
  deadlines: ({ next }) => (next ? [{ kind: "dunning", dueAt: next.at }] : []),
};

export const invoicesProjection: Projection = {
  name: "invoices",
  version: "2",
  documents: [invoices],
  rollups: [{ name: RECEIVABLES, dimensions: ["all", "customer"], measures: ["open", "invoices"] }],
};

export interface InvoicesAsked {
  readonly sort: "issued" | "due";
  readonly descending: boolean;
  readonly customerId?: string;
  /** With everything below it. */
  readonly department?: string;
  readonly currency?: string;
  /** Only what is still open; sorted by the day on which it is due, what is settled comes last. */
  readonly open?: boolean;
  readonly overdue?: boolean;
  /** How the latest promise to pay stands. */
  readonly promise?: Exclude<PromiseStatus, "replaced">;
}

/** `now` decides what is overdue. */
export const invoicesQuery = (
  { sort, descending, customerId, department, currency, open, overdue, promise }: InvoicesAsked,
  now: string,
): OrdersQuery => ({
  collection: "invoices",
  path: sort === "due" ? "byDue" : "byIssued",
  descending,
  where: [
    ...equals("customerId", customerId),
    ...below(department),
    ...equals("currency", currency),
    ...(open === true ? [{ column: "overdueFrom", op: "not null" } as const] : []),
    ...(overdue === true ? [{ column: "overdueFrom", op: "<=", value: now } as const] : []),
    ...promised(promise, now),
  ],
});

function promised(status: InvoicesAsked["promise"], now: string): Filter[] {
  if (status === undefined) return [];
  const kept: Filter = { column: "promiseKept", op: "=", value: status === "kept" ? 1 : 0 };
  return status === "kept"
    ? [kept]
    : [kept, { column: "promiseEndsAt", op: status === "open" ? ">" : "<=", value: now }];
}
