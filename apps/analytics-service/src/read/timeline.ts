// The projection "timeline": one entry per public event, found by each of the aggregates that it concerns.
import type { Actor, CollectionSpec, Entry, Happened, Projection } from "@gendan/eventing";
import { topics, type PublicEvent } from "@gendan/contracts";

export interface TimelineEntry {
  /** Business time. */
  readonly at: string;
  readonly recordedAt: string;
  readonly type: string;
  readonly actor: Actor;
  /** The fact whose scope bounds who may see the entry. */
  readonly of: Subject;
  /** Quotations, orders, shipments, cases, issues, customers and receipts that it concerns. */
  readonly subjects: readonly Subject[];
  /** Ids, codes, days and amounts; never free text. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Names the request that it followed from; absent of older events. */
  readonly correlation?: string;
  /** The future that it claimed; it is shown, and counted nowhere. */
  readonly claimedAt?: string;
}

/** A fact, whose scope says who may know of it. */
export interface Subject {
  readonly facts: FactKind;
  readonly id: string;
}

/** Names of the collections in the projection "facts". */
export type FactKind =
  "quotations" | "orders" | "shipments" | "cases" | "issues" | "customers" | "receipts" | "answers" | "interactions";

export const TIMELINE = "timeline";

const collection: CollectionSpec<TimelineEntry> = {
  name: TIMELINE,
  columns: { at: { type: "integer", of: ({ at }) => Date.parse(at) } },
  // The subjects take the place of scope tokens: who may see a subject reads the list under it, and the scope of each
  // entry is checked by its own fact (timeline-query.ts), because an event does not know who may see its aggregate.
  tokens: ({ subjects }) => subjects.map(({ id }) => id),
  paths: [{ name: "bySubject", sort: "at" }],
};

export const timeline: Projection = {
  name: TIMELINE,
  version: "5",
  documents: [],
  entries: [{ collection, sources: topics, entry: timelineEntries }],
};

/** The entry of an event; none for those that concern nothing that has a timeline. */
export function timelineEntries({ id, event, meta }: Happened<PublicEvent>): readonly Entry<TimelineEntry>[] {
  const of = factOf(event);
  const subjects = subjectsOf(event);
  if (!of || subjects.length === 0) return [];
  const { occurredAt: at, recordedAt, actor, claimedAt, correlation } = meta;
  const more = {
    ...(correlation === undefined ? {} : { correlation }),
    ...(claimedAt === undefined ? {} : { claimedAt }),
  };
  return [{ id, doc: { at, recordedAt, type: event.type, actor, of, subjects, data: summaryOf(event), ...more } }];
}

/** What is defined for the whole company concerns no aggregate that has a timeline. */
type Prefix = Exclude<PublicEvent["type"], "custom.fields.defined"> extends `${infer First}.${string}` ? First : never;

/** By the first word of an event's type: the facts of its aggregate, and the field with the aggregate's id. */
const aggregates: Readonly<Record<Prefix, readonly [FactKind, string]>> = {
  quotation: ["quotations", "quotationId"],
  order: ["orders", "orderId"],
  shipment: ["shipments", "shipmentId"],
  case: ["cases", "caseId"],
  issue: ["issues", "issueId"],
  customer: ["customers", "customerId"],
  contact: ["customers", "customerId"],
  interaction: ["interactions", "interactionId"],
  satisfaction: ["answers", "satisfactionId"],
  credit: ["customers", "customerId"],
  receipt: ["receipts", "receiptId"],
  attachment: ["orders", "orderId"],
  account: ["customers", "customerId"],
  // An invoice is seen by whom its order is seen.
  invoice: ["orders", "orderId"],
};

/** The slot only makes sure that there is one issue, which tells of itself; holds tell what becomes of credit; what follows an order is told by the order. */
const untold: ReadonlySet<PublicEvent["type"]> = new Set([
  "issue.slot.taken",
  "credit.exceeded",
  "credit.recovered",
  "receipt.scope.changed",
  "invoice.scope.changed",
  // Of a whole account, whose scope nobody here knows.
  "account.statement.confirmed",
  "custom.fields.defined",
  "shipment.scope.changed",
  "case.scope.changed",
  "issue.scope.changed",
  "interaction.scope.changed",
  "satisfaction.scope.changed",
]);

function factOf(event: PublicEvent): TimelineEntry["of"] | undefined {
  if (untold.has(event.type)) return undefined;
  const [facts, field] = aggregates[event.type.slice(0, event.type.indexOf(".")) as Prefix];
  return { facts, id: (event as Record<string, unknown>)[field] as string };
}

/** The fields of an event that name what it concerns, and what they name. */
export const subjectFields = {
  quotationId: "quotations",
  orderId: "orders",
  exchangeOrderId: "orders",
  shipmentId: "shipments",
  caseId: "cases",
  issueId: "issues",
  customerId: "customers",
  receiptId: "receipts",
} as const satisfies Readonly<Record<string, FactKind>>;

function subjectsOf(event: PublicEvent): Subject[] {
  const fields = event as Record<string, unknown>;
  const single = Object.entries(subjectFields).flatMap(([field, facts]): Subject[] => {
    const id = fields[field];
    return typeof id === "string" ? [{ facts, id }] : [];
  });
  const orders = ("orderIds" in event ? event.orderIds : []).map((id): Subject => ({ facts: "orders", id }));
  return [...new Map([...single, ...orders].map((subject) => [subject.id, subject])).values()];
}

/** What an entry tells of its event. Named one by one, so that a field added later is shown only when somebody decides so. */
const told = new Set(
  [
    ["quotationId", "validUntil", "whole", "revision", "found", "settled"],
    ["attachmentId", "mediaType"],
    ["returned", "remedy", "returnId", "exchangeOrderId"],
    ["orderId", "shipmentId", "caseId", "issueId", "receiptId", "interactionId", "satisfactionId", "contactId"],
    ["number", "version", "channel", "sourceReference", "currency", "amount", "freight", "received", "method"],
    ["discrepancyId", "lineId", "scheduleId", "aspect", "open", "firstPass", "hold", "holds", "reason", "reasons"],
    [
      "from",
      "to",
      "agreedOn",
      "askedBy",
      "cancelledBy",
      "acceptedBy",
      "change",
      "shipping",
      "delivery",
      "late",
      "deliveredOn",
    ],
    ["ofDepartment", "promisedOn", "signedOn", "countersignature"],
    ["approvalOf", "level", "levels", "person", "onBehalfOf", "approved", "why"],
    ["mode", "carrier", "service", "plannedShipOn", "packageId", "packageIds", "code", "state", "complete"],
    ["exceptionId", "kind", "direction", "role", "score", "recordedOn", "priority", "first", "outcome"],
    [
      "rule",
      "severity",
      "openedOn",
      "responsibleParty",
      "cause",
      "actionId",
      "owner",
      "dueOn",
      "mandatory",
      "effective",
    ],
  ].flat(),
);

function summaryOf(event: PublicEvent): Record<string, unknown> {
  const fields = Object.entries(event).filter(([name, value]) => told.has(name) && value !== undefined);
  const breaches = "breaches" in event ? (event.breaches ?? []).map(({ code }) => code) : [];
  return { ...Object.fromEntries(fields), ...(breaches.length > 0 ? { breaches: [...new Set(breaches)] } : {}) };
}
