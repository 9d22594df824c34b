// The amendments and versions of an order in its document, and what each version consisted of.
import { millionths, type Entry, type Happened } from "@gendan/eventing";
import type { AmendmentEvent, OrderAmended } from "../domain/order/amendment/amendment.events.js";
import type { OrderContent, OrderLine } from "../domain/order/content.events.js";
import type { MilestoneTerm } from "../domain/order/money/money.events.js";
import type { OrderConfirmed, OrderEvent } from "../domain/order/order.events.js";
import { cameBy, isMet } from "./fold-dates.js";
import { isAt, notBegun, noteOf, type At } from "./fold-parts.js";
import type {
  AmendmentDocument,
  Done,
  DroppedSchedule,
  LineDocument,
  OrderDocument,
  ScheduleDocument,
  VersionDocument,
} from "./order.document.js";

export function foldAmendment(doc: OrderDocument, event: AmendmentEvent, done: Done): OrderDocument {
  switch (event.type) {
    case "order.amendment.proposed": {
      const { amendmentId, version, askedBy, reason, amount, freight, changes } = event;
      const proposed = {
        amendmentId,
        version,
        askedBy,
        reason,
        amount,
        freight,
        changes,
        ...noteOf(event),
        proposed: done,
      };
      return { ...doc, amendments: [...(doc.amendments ?? []), proposed] };
    }
    case "order.amendment.approved":
      return onAmendment(doc, event.amendmentId, { approved: { ...done, ...noteOf(event) } });
    case "order.amendment.withdrawn": {
      const { amendmentId, reason } = event;
      return onAmendment(doc, amendmentId, { outcome: { ...done, is: "withdrawn", reason, ...noteOf(event) } });
    }
    case "order.amended":
      return amended(doc, event, done);
  }
}

const onAmendment = (doc: OrderDocument, amendmentId: string, now: Partial<AmendmentDocument>): OrderDocument => ({
  ...doc,
  amendments: (doc.amendments ?? []).map((each) => (each.amendmentId === amendmentId ? { ...each, ...now } : each)),
});

/** The first version of the binding order. */
export const firstVersion = (doc: OrderDocument, { version }: OrderConfirmed, done: Done): OrderDocument =>
  withVersion(doc, { ...done, version, amount: doc.amount, freight: doc.freight, changes: [] });

const withVersion = (doc: OrderDocument, version: VersionDocument): OrderDocument => ({
  ...doc,
  version: version.version,
  versions: [...(doc.versions ?? []), version],
});

function amended(doc: OrderDocument, event: OrderAmended, done: Done): OrderDocument {
  const { amendmentId, version, amount, freight, changes, shipping, delivery, invoicing, payment, acceptanceDueAt } =
    event;
  const { lines, incoterm, paymentTerms, deliveryPoint, references, customFields, milestones } = event;
  const {
    incoterm: _i,
    paymentTerms: _p,
    deliveryPoint: _d,
    acceptanceDueAt: before,
    ...rest
  } = onAmendment(doc, amendmentId, { outcome: { ...done, is: "applied" } });
  const dueAt = acceptanceDueAt ?? (delivery === "Full" ? before : undefined);
  const next: OrderDocument = {
    ...rest,
    ...(incoterm && { incoterm }),
    ...(paymentTerms !== undefined && { paymentTerms }),
    ...(deliveryPoint && { deliveryPoint }),
    references,
    customFields,
    amount,
    freight,
    shipping,
    delivery,
    ...(payment && { payment }),
    ...(doc.money && { money: { ...doc.money, invoicing } }),
    ...(milestones && { money: { ...doc.money, invoicing, ...withTerms(milestones) } }),
    ...(dueAt === undefined ? {} : { acceptanceDueAt: dueAt }),
    lines: lines.map((line) => amendedLine(doc, line, event, done)),
    dropped: [...(doc.dropped ?? []), ...droppedBy(doc, lines, done)],
  };
  return withVersion(next, { ...done, version, amendmentId, amount, freight, changes });
}

/** Where they stand is told with it; without any, the code of the terms counts again. */
const withTerms = (terms: readonly MilestoneTerm[]) => ({ terms, ...(terms.length === 0 ? { milestones: [] } : {}) });

/** A schedule that was there goes on; its new day is a re-promise for the amendment's reason. */
function amendedLine(doc: OrderDocument, line: OrderLine, event: OrderAmended, done: Done): LineDocument {
  const known = doc.lines.find(({ lineId }) => lineId === line.lineId);
  const schedules = line.schedules.map((schedule) => {
    const at = { lineId: line.lineId, scheduleId: schedule.scheduleId };
    const before = known?.schedules.find(({ scheduleId }) => scheduleId === schedule.scheduleId);
    const { lineId: _, ...progress } = event.progress.find((each) => isAt(each, at)) ?? { lineId: "" };
    const now: ScheduleDocument = { ...goesOn(before, schedule, known, line, done), ...schedule, ...progress };
    return promisedAnew(cameBy(now), event, at, done);
  });
  return { ...line, schedules };
}

/**
 * What of the schedule stays as it was: of one that is owed in another quantity nothing is given up any more, but that less of it
 * was ordered while it was awaited.
 */
function goesOn(
  before: ScheduleDocument | undefined,
  schedule: OrderLine["schedules"][number],
  known: LineDocument | undefined,
  line: OrderLine,
  { at }: Done,
): ScheduleDocument {
  if (!before) return { ...notBegun, ...schedule };
  const { requestedOn: _r, lateFrom: _l, tail: _t, met: _m, cancelled, shortClosed, givenUp, ...own } = before;
  const isSame =
    before.quantity === schedule.quantity &&
    known?.overTolerance === line.overTolerance &&
    known.underTolerance === line.underTolerance;
  if (isSame) {
    return {
      ...own,
      ...(cancelled && { cancelled }),
      ...(shortClosed && { shortClosed }),
      ...(givenUp && { givenUp }),
    };
  }
  const isLess = millionths(schedule.quantity) < millionths(before.quantity) && !isMet(before);
  return isLess ? { ...own, givenUp: [{ at, by: "customer" }] } : own;
}

function promisedAnew(
  schedule: ScheduleDocument,
  event: OrderAmended,
  at: At,
  { at: madeAt, by }: Done,
): ScheduleDocument {
  const now = event.schedules.find((each) => isAt(each, at))!;
  const last = schedule.promises.at(-1);
  if (last?.on === now.promisedOn) return schedule;
  const why = last ? { reason: event.reason, askedBy: event.askedBy } : {};
  const promise = { on: now.promisedOn, lateFrom: now.lateFrom, madeAt, by, ...why };
  return { ...schedule, promises: [...schedule.promises, promise] };
}

function droppedBy(doc: OrderDocument, lines: readonly OrderLine[], { at }: Done): DroppedSchedule[] {
  const kept = (at: At) =>
    lines.some(({ lineId, schedules }) => schedules.some(({ scheduleId }) => isAt({ lineId, scheduleId }, at)));
  return doc.lines.flatMap(({ lineId, sku, schedules }) =>
    schedules.flatMap((schedule) =>
      kept({ lineId, scheduleId: schedule.scheduleId })
        ? []
        : [{ lineId, sku, ...schedule, ...(isMet(schedule) ? {} : { givenUp: [{ at, by: "customer" as const }] }) }],
    ),
  );
}

// ---- what each version consisted of ----

export const VERSIONS = "order-versions";

export interface VersionContent extends OrderContent {
  readonly orderId: string;
  readonly version: number;
  readonly promises: readonly (At & { readonly promisedOn: string })[];
  /** The payment milestones; absent where none were agreed. */
  readonly milestones?: readonly MilestoneTerm[];
}

export const versionId = (orderId: string, version: number): string => `${orderId}@${version}`;

/** Kept as it was when it became binding. */
export const versionOf = (
  doc: OrderDocument,
  { event, aggregateId }: Happened<OrderEvent>,
): Entry<VersionContent>[] => {
  if (event.type !== "order.confirmed" && event.type !== "order.amended") return [];
  const { incoterm, paymentTerms, deliveryPoint, references, customFields } = doc;
  const content: VersionContent = {
    orderId: aggregateId,
    version: event.version,
    ...(incoterm && { incoterm }),
    ...(paymentTerms !== undefined && { paymentTerms }),
    ...(deliveryPoint && { deliveryPoint }),
    references,
    customFields,
    lines: doc.lines.map(({ schedules, ...line }) => ({
      ...line,
      schedules: schedules.map(({ scheduleId, quantity, requestedOn }) => ({
        scheduleId,
        quantity,
        ...(requestedOn === undefined ? {} : { requestedOn }),
      })),
    })),
    promises: event.schedules.map(({ lineId, scheduleId, promisedOn }) => ({ lineId, scheduleId, promisedOn })),
    ...(doc.money?.terms && { milestones: doc.money.terms }),
  };
  return [{ id: versionId(aggregateId, event.version), doc: content }];
};
