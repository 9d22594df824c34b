// How order documents are kept: the ways to list and to find them, and the deadline that they carry.
import {
  fieldWord,
  wordsIn,
  type AccessPath,
  type Column,
  type CollectionSpec,
  type DeadlineDue,
  type DocumentFold,
  type Projection,
} from "@gendan/eventing";
import type { CustomField, Reference } from "../domain/order/content.events.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import { foldOrder } from "./fold-order.js";
import { shippedNotInvoiced } from "./money-of-order.js";
import { openRefunds } from "./refunds.js";
import { reviewDueAt } from "./review.js";
import { waitingApprovals } from "./waiting-approvals.js";
import { paymentDueOn } from "./payment.js";
import { backorderContributions, backorderRollups, openScheduleCollection, openSchedulesOf } from "./backorders.js";
import { departmentColumn } from "./department-column.js";
import { discrepanciesOf, discrepancyCollection } from "./discrepancies.js";
import { toVerifyBy, wasVerifiedLate } from "./verified-late.js";
import { VERSIONS, versionOf } from "./fold-amendments.js";
import type { OrderDocument } from "./order.document.js";
import { promiseCollection, promisesOf } from "./promises.js";

const text = (of: (doc: OrderDocument) => string | undefined): Column<OrderDocument> => ({ type: "text", of });
const integer = (of: (doc: OrderDocument) => number): Column<OrderDocument> => ({ type: "integer", of });

/** Carried in each index, so that filtering and counting by them need no document. */
const filters = [
  "lifecycle",
  "shipping",
  "delivery",
  "department",
  "assignee",
  "customerId",
  "dueOn",
  "lateFrom",
  "toVerifyBy",
  "verifiedLate",
  "held",
  "tail",
  "refundOpen",
] as const;

const paths: readonly AccessPath[] = [
  { name: "byReceived", sort: "receivedAt", filters },
  { name: "byDue", sort: "dueOn", filters: filters.filter((column) => column !== "dueOn") },
  { name: "byPaymentDue", sort: "paymentDueOn", filters: ["department", "customerId", "currency"] },
  { name: "byNotInvoiced", sort: "notInvoicedSince", filters: ["department", "customerId", "currency"] },
  // Amounts of several currencies have no order.
  { name: "byAmount", sort: "amount", within: "currency", filters },
];

const collection: CollectionSpec<OrderDocument> = {
  name: "orders",
  columns: {
    receivedAt: text(({ receivedAt }) => receivedAt),
    dueOn: text(({ dueOn }) => dueOn),
    amount: integer(({ amount }) => Number(amount.minor)),
    currency: text(({ currency }) => currency),
    lifecycle: text(({ lifecycle }) => lifecycle),
    shipping: text(({ shipping }) => shipping),
    delivery: text(({ delivery }) => delivery),
    department: text(({ department }) => departmentColumn(department)),
    assignee: text(({ assignee }) => assignee),
    customerId: text(({ customerId }) => customerId),
    lateFrom: text(({ lateFrom }) => lateFrom),
    toVerifyBy: text(toVerifyBy),
    verifiedLate: {
      type: "integer",
      of: (doc) => {
        const late = wasVerifiedLate(doc);
        return late === undefined ? undefined : Number(late);
      },
    },
    paymentDueOn: text(paymentDueOn),
    notInvoicedSince: text((doc) => (shippedNotInvoiced(doc).length > 0 ? doc.notInvoicedSince : undefined)),
    tail: integer(({ lines }) =>
      lines.some(({ schedules }) => schedules.some(({ tail }) => tail !== undefined)) ? 1 : 0,
    ),
    refundOpen: integer((doc) => (openRefunds(doc).size > 0 ? 1 : 0)),
    held: integer(({ holds }) => (holds.length > 0 ? 1 : 0)),
  },
  tokens: ({ visibleTo }) => visibleTo,
  words: wordsOf,
  keys: {
    number: ({ number }) => [number],
    sourceReference: ({ sourceReference }) => (sourceReference === undefined ? [] : [sourceReference]),
    reference: ({ references }) => references.map(referenceKey),
    customer: ({ customerId }) => [customerId],
  },
  paths,
};

function wordsOf({ number, sourceReference, references, customFields, lines }: OrderDocument): string[] {
  const fields = [...customFields, ...lines.flatMap((line) => line.customFields ?? [])];
  return [
    ...wordsIn(
      number,
      sourceReference,
      ...references.map((reference) => reference.number),
      ...lines.flatMap(({ sku, customerSku, description }) => [sku, customerSku, description]),
    ),
    ...new Set(fields.filter(isFilterable).map(fieldWord)),
    ...references.map(({ system }) => systemWord(system)),
  ];
}

/** Longer values are read and not looked for. */
const isFilterable = ({ value }: CustomField): boolean => String(value).length <= 200;

/** By which the orders are found that a system knows by a number. */
export const systemWord = (system: string): string => `@${system.toLowerCase()}`;

/** By which the order is found that has this number in a system. */
export const referenceKey = ({ system, number }: Reference): string => `${system}\u0000${number}`;

const orders: DocumentFold<OrderDocument, OrderEvent> = {
  source: "order.order",
  fold: foldOrder,
  collection,
  entries: { collection: { name: VERSIONS, columns: {}, paths: [] }, of: versionOf },
  derived: [
    { collection: promiseCollection, of: promisesOf },
    { collection: discrepancyCollection, of: discrepanciesOf },
    { collection: openScheduleCollection, of: openSchedulesOf },
  ],
  contributions: backorderContributions,
  deadlines: deadlinesOf,
};

function deadlinesOf(doc: OrderDocument): DeadlineDue[] {
  const { lifecycle, acceptanceDueAt, holds, shares = [], approvals = [] } = doc;
  return [
    ...(lifecycle === "inExecution" ? due("acceptance", acceptanceDueAt) : []),
    ...(lifecycle === "closed" || lifecycle === "cancelled"
      ? []
      : due("hold", holds.flatMap(({ expiresAt }) => expiresAt ?? []).sort()[0])),
    ...due("review", reviewDueAt(doc)),
    ...due("approval", approvals.flatMap(({ dueAt }) => dueAt ?? []).sort()[0]),
    ...due("share", shares.flatMap(({ endsAt }) => endsAt ?? []).sort()[0]),
  ];
}

const due = (kind: string, dueAt: string | undefined): DeadlineDue[] => (dueAt === undefined ? [] : [{ kind, dueAt }]);

export const ordersProjection: Projection = {
  name: "orders",
  version: "13",
  documents: [orders, waitingApprovals],
  rollups: backorderRollups,
};
