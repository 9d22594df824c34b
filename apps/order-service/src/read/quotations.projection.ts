// The quotations as people see them: one document each, and the deadline that ends an offer.
import {
  addQuantities,
  wordsIn,
  type AccessPath,
  type Column,
  type DocumentFold,
  type Happened,
  type Projection,
} from "@gendan/eventing";
import type {
  QuotationChanged,
  QuotationDrafted,
  QuotationEvent,
  QuotationRevised,
  QuotationSent,
} from "../domain/quotation/quotation.events.js";
import type { Done } from "./order.document.js";
import { departmentColumn } from "./department-column.js";
import type { QuotationDocument, SentDocument } from "./quotation.document.js";

/** Folds one event of a quotation. */
export function foldQuotation(
  doc: QuotationDocument | undefined,
  event: QuotationEvent,
  { meta }: Happened<QuotationEvent>,
): QuotationDocument | undefined {
  const done: Done = { at: meta.occurredAt, by: meta.actor };
  if (event.type === "quotation.drafted") return drafted(event, done);
  if (!doc) return undefined;
  const { expiresAt: _, ...rest } = doc;
  switch (event.type) {
    case "quotation.changed":
      return { ...rest, ...offerIn(event) };
    case "quotation.revised":
      return { ...rest, ...offerIn(event), lifecycle: "draft", version: event.version };
    case "quotation.sent": {
      const { version, validUntil, expiresAt } = event;
      const sent: SentDocument = { version, ...offerIn(event), validUntil, sent: done };
      const next = {
        ...rest,
        ...offerIn(event),
        lifecycle: "sent",
        version,
        versions: [...doc.versions, sent],
      } as const;
      // Imported history arms no timers.
      return meta.historical ? next : { ...next, expiresAt };
    }
    case "quotation.accepted": {
      const { orderId, lines, whole } = event;
      const ordered = { ...doc.ordered };
      for (const { lineId, quantity } of lines) ordered[lineId] = addQuantities(ordered[lineId] ?? "0", quantity);
      return { ...answered(rest, { ...done, outcome: "accepted", orderId, lines, whole }), ordered };
    }
    case "quotation.declined": {
      const { reason, note } = event;
      return answered(rest, { ...done, outcome: "declined", reason, ...(note === undefined ? {} : { note }) });
    }
    case "quotation.expired":
      return answered(rest, { ...done, outcome: "expired" });
  }
}

function drafted(event: QuotationDrafted, done: Done): QuotationDocument {
  const { number, customerId, currency, zone, department, assignee, visibleTo } = event;
  return {
    number,
    lifecycle: "draft",
    version: 1,
    customerId,
    currency,
    zone,
    ...offerIn(event),
    drafted: done,
    versions: [],
    ordered: {},
    department,
    ...(assignee === undefined ? {} : { assignee }),
    visibleTo,
  };
}

type Offer = QuotationDrafted | QuotationChanged | QuotationRevised | QuotationSent;

/** What is offered, all of it: a change tells what stays as well. */
const offerIn = ({ lines, references, customFields, amount, freight, ...event }: Offer) => ({
  lines,
  references,
  customFields,
  amount,
  freight,
  ...(event.incoterm && { incoterm: event.incoterm }),
  ...(event.paymentTerms === undefined ? {} : { paymentTerms: event.paymentTerms }),
  ...(event.deliveryPoint && { deliveryPoint: event.deliveryPoint }),
  ...(event.validUntil === undefined ? {} : { validUntil: event.validUntil }),
});

/** What came of the version that was sent last. */
const answered = (doc: QuotationDocument, answer: NonNullable<SentDocument["answer"]>): QuotationDocument => ({
  ...doc,
  lifecycle: answer.outcome,
  versions: doc.versions.map((each) => (each.version === doc.version ? { ...each, answer } : each)),
});

const text = (of: (doc: QuotationDocument) => string | undefined): Column<QuotationDocument> => ({ type: "text", of });

const filters = ["lifecycle", "department", "assignee", "customerId", "validUntil"] as const;
const paths: readonly AccessPath[] = [
  { name: "byDrafted", sort: "draftedAt", filters },
  { name: "byValidUntil", sort: "validUntil", filters: filters.filter((column) => column !== "validUntil") },
];

const quotations: DocumentFold<QuotationDocument, QuotationEvent> = {
  source: "order.quotation",
  fold: foldQuotation,
  collection: {
    name: "quotations",
    columns: {
      draftedAt: text(({ drafted: { at } }) => at),
      validUntil: text(({ validUntil }) => validUntil),
      lifecycle: text(({ lifecycle }) => lifecycle),
      department: text(({ department }) => departmentColumn(department)),
      assignee: text(({ assignee }) => assignee),
      customerId: text(({ customerId }) => customerId),
    },
    tokens: ({ visibleTo }) => visibleTo,
    words: ({ number, lines }) =>
      wordsIn(number, ...lines.flatMap(({ sku, customerSku, description }) => [sku, customerSku, description])),
    keys: { number: ({ number }) => [number], customer: ({ customerId }) => [customerId] },
    paths,
  },
  deadlines: ({ expiresAt }) => (expiresAt === undefined ? [] : [{ kind: "quotation", dueAt: expiresAt }]),
};

export const quotationsProjection: Projection = { name: "quotations", version: "1", documents: [quotations] };
