// The timeline of each kind of entity: parse, read, map.
import type { Type } from "@nestjs/common";
import { ResolveField, Resolver } from "@nestjs/graphql";
import type { StoredDocument } from "@gendan/eventing";
import type { Caller } from "@gendan/security";
import { connectionOf, encodeCursor, pageOf, type GendanContext, type PageArguments } from "@gendan/service-kit";
import { AnalyticsReads } from "./analytics-reads.js";
import { wireName } from "./names.js";
import { timelineOf, type TimelineDocuments } from "../read/timeline-query.js";
import type { FactKind, TimelineEntry } from "../read/timeline.js";

interface TimelineArgs extends PageArguments {
  readonly direction?: "ASC" | "DESC" | null;
}

/** A resolver of one entity's timeline; entities come as references, `{ __typename, id }`. */
function timelineResolver(entity: string, facts: FactKind): Type {
  @Resolver(entity)
  class TimelineResolver {
    constructor(private readonly reads: AnalyticsReads) {}

    @ResolveField()
    timeline({ id }: { readonly id: string }, args: TimelineArgs, context: GendanContext<Caller>) {
      return connection(context.loader(this.reads.timelines), context.caller, { facts, id }, args);
    }
  }
  return TimelineResolver;
}

export const timelineResolvers: readonly Type[] = [
  timelineResolver("Quotation", "quotations"),
  timelineResolver("Order", "orders"),
  timelineResolver("Receipt", "receipts"),
  timelineResolver("Shipment", "shipments"),
  timelineResolver("Case", "cases"),
  timelineResolver("Issue", "issues"),
  timelineResolver("Customer", "customers"),
];

async function connection(
  documents: TimelineDocuments,
  caller: Caller,
  subject: { readonly facts: FactKind; readonly id: string },
  { first, after, direction }: TimelineArgs,
) {
  const { limit, after: place } = pageOf({ first, after });
  const query = { first: limit, descending: direction !== "ASC", ...(place ? { after: place } : {}) };
  const page = await timelineOf(documents, caller, subject, query);
  if (!page) return null;
  const { pageInfo, ...items } = connectionOf(page, after, itemOf);
  const endCursor = page.more && page.lookedUpTo ? encodeCursor(page.lookedUpTo) : pageInfo.endCursor;
  return { ...items, pageInfo: { ...pageInfo, endCursor } };
}

const itemOf = ({ id, doc }: StoredDocument<TimelineEntry>) => ({
  id,
  at: doc.at,
  recordedAt: doc.recordedAt,
  type: doc.type,
  actor: { ...doc.actor, kind: wireName(doc.actor.kind) },
  subjectIds: doc.subjects.map(({ id }) => id),
  data: doc.data,
  correlation: doc.correlation ?? null,
  claimedAt: doc.claimedAt ?? null,
});
