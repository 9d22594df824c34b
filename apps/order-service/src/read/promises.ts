// The promise ledger: every day that was told to somebody, by whom, and whether it was kept. Derived from the order's document.
import {
  personBehind,
  type Actor,
  type AccessPath,
  type CollectionSpec,
  type Entry,
  type Sealed,
} from "@gendan/eventing";
import { isMet } from "./fold-dates.js";
import type { AskedBy } from "../domain/order/dates/dates.events.js";
import type {
  AgreementDocument,
  DroppedSchedule,
  OrderDocument,
  PromiseDocument,
  ScheduleDocument,
} from "./order.document.js";

export type PromiseKind = "first" | "repromised" | "agreed";
/** What does not change with time alone; an open one is broken as soon as its day is over. */
export type PromiseStanding = "open" | "kept" | "broken" | "replaced" | "withdrawn";

export interface PromiseRecord {
  readonly orderId: string;
  readonly customerId: string;
  readonly zone: string;
  readonly lineId: string;
  readonly scheduleId: string;
  readonly sku: string;
  readonly kind: PromiseKind;
  readonly promisedOn: string;
  readonly lateFrom: string;
  readonly toldAt: string;
  readonly toldBy: Actor;
  readonly reason?: string;
  readonly askedBy?: AskedBy;
  readonly agreedWith?: Sealed;
  readonly note?: Sealed;
  readonly standing: PromiseStanding;
  /** When the schedule was delivered at the delivery point. */
  readonly metOn?: string;
  /** It was not kept, because not all of it was to come; absent where that is not so. */
  readonly givenUp?: boolean;
  /** The id of what took its place. */
  readonly replacedBy?: string;
  readonly visibleTo: readonly string[];
}

type Told = Pick<
  PromiseRecord,
  "kind" | "promisedOn" | "lateFrom" | "toldAt" | "toldBy" | "reason" | "askedBy" | "agreedWith" | "note"
>;

/** Promises and agreements of each schedule, also of those that an amendment has dropped. */
export function promisesOf(doc: OrderDocument, orderId: string): Entry<PromiseRecord>[] {
  const there = doc.lines.flatMap(({ lineId, sku, schedules }) => schedules.map((each) => ({ ...each, lineId, sku })));
  const isThere = (at: DroppedSchedule) =>
    there.some(({ lineId, scheduleId }) => lineId === at.lineId && scheduleId === at.scheduleId);
  return [
    ...there.flatMap((schedule) => told(doc, orderId, schedule, standingOf(doc, schedule))),
    // One that has come again is another one.
    ...(doc.dropped ?? []).flatMap((schedule, index) =>
      told(
        doc,
        orderId,
        schedule,
        (each) => (isGivenUp(doc, schedule, each) ? "broken" : "withdrawn"),
        isThere(schedule) ? `~${index + 1}` : "",
      ),
    ),
  ];
}

/** In their own order each: a later one takes the place of the one before. */
function told(
  doc: OrderDocument,
  orderId: string,
  schedule: DroppedSchedule,
  standing: (told: Told) => PromiseStanding,
  again = "",
): Entry<PromiseRecord>[] {
  const { customerId, zone, visibleTo } = doc;
  const { lineId, scheduleId, sku, promises, agreements = [], metOn } = schedule;
  const of = {
    orderId,
    customerId,
    zone,
    visibleTo,
    lineId,
    scheduleId,
    sku,
    ...(metOn === undefined ? {} : { metOn }),
  };
  const series = (all: readonly Told[], name: string): Entry<PromiseRecord>[] => {
    const idOf = (index: number) => `${orderId}/${lineId}/${scheduleId}${again}/${name}${index + 1}`;
    return all.map((each, index) => {
      const isLast = index === all.length - 1;
      const became = isLast
        ? { standing: standing(each) }
        : ({ standing: "replaced", replacedBy: idOf(index + 1) } as const);
      const end = isGivenUp(doc, schedule, each) ? { givenUp: true } : {};
      return { id: idOf(index), doc: { ...of, ...each, ...became, ...end } };
    });
  };
  return [...series(promises.map(promised), "p"), ...series(agreements.map(agreed), "a")];
}

/** What nobody waits for any more is withdrawn, where it was not overdue and not given up by us. */
const standingOf =
  (doc: OrderDocument, schedule: ScheduleDocument) =>
  (told: Told): PromiseStanding => {
    const { metOn } = schedule;
    if (isGivenUp(doc, schedule, told)) return "broken";
    if (metOn !== undefined) return metOn <= told.promisedOn ? "kept" : "broken";
    return doc.lifecycle === "cancelled" || isMet(schedule) ? "withdrawn" : "open";
  };

/** We gave up some of it, or the customer did when the day was over: what came in time does not mend that. */
function isGivenUp(
  { cancellation }: OrderDocument,
  { givenUp = [], metOn }: ScheduleDocument,
  { lateFrom }: Told,
): boolean {
  const withOrder = cancellation && metOn === undefined ? [{ at: cancellation.at, by: cancellation.cancelledBy }] : [];
  return [...givenUp, ...withOrder].some(({ at, by }) => by === "us" || at >= lateFrom);
}

const promised = ({ on, madeAt, by, ...promise }: PromiseDocument, index: number): Told => ({
  ...promise,
  kind: index === 0 ? "first" : "repromised",
  promisedOn: on,
  toldAt: madeAt,
  toldBy: by,
});

const agreed = ({ on, at, by, ...agreement }: AgreementDocument): Told => ({
  ...agreement,
  kind: "agreed",
  promisedOn: on,
  toldAt: at,
  toldBy: by,
});

const filters = ["standing", "brokenFrom", "kind", "customerId", "person"] as const;
const paths: readonly AccessPath[] = [
  { name: "byDue", sort: "promisedOn", filters },
  { name: "ofOrder", sort: "promisedOn", within: "orderId", filters },
  { name: "ofCustomer", sort: "promisedOn", within: "customerId", filters },
  { name: "ofPerson", sort: "promisedOn", within: "person", filters },
];

const text = (of: (doc: PromiseRecord) => string | undefined) => ({ type: "text", of }) as const;

export const promiseCollection: CollectionSpec<PromiseRecord> = {
  name: "promises",
  columns: {
    promisedOn: text(({ promisedOn }) => promisedOn),
    standing: text(({ standing }) => standing),
    /** The instant from which it is broken, while it is open. */
    brokenFrom: text(({ standing, lateFrom }) => (standing === "open" ? lateFrom : undefined)),
    kind: text(({ kind }) => kind),
    orderId: text(({ orderId }) => orderId),
    customerId: text(({ customerId }) => customerId),
    person: text(({ toldBy }) => personBehind(toldBy)),
  },
  tokens: ({ visibleTo }) => visibleTo,
  paths,
};
