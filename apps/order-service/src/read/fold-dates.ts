// What an order's days are in its document: promised, agreed, reached at the delivery point, due next.
import type { DateAgreed } from "../domain/order/dates/dates.events.js";
import type { DeliveryAccepted, GoodsDelivered, GoodsShipped } from "../domain/order/order.events.js";
import { noteOf, onSchedules, type At } from "./fold-parts.js";
import type { Done, OrderDocument, PromiseDocument, ScheduleDocument } from "./order.document.js";

/** A day is promised; the promises before it stay. */
export const promised = <Told extends At>(
  doc: OrderDocument,
  told: readonly Told[],
  made: (told: Told) => PromiseDocument,
): OrderDocument =>
  onSchedules(doc, told, (schedule, each) => ({ ...schedule, promises: [...schedule.promises, made(each)] }));

export function agreed(doc: OrderDocument, event: DateAgreed, done: Done): OrderDocument {
  const { agreedOn: on, lateFrom, agreedWith } = event;
  const agreement = { ...done, on, lateFrom, ...(agreedWith && { agreedWith }), ...noteOf(event) };
  return onSchedules(doc, [event], ({ agreements = [], ...schedule }) => ({
    ...schedule,
    agreements: [...agreements, agreement],
  }));
}

/** Whether all of it that the tolerance asks for is delivered where dates are measured. */
export const isMet = ({ met, full }: ScheduleDocument): boolean => met ?? full;

/** Some of the schedules came to the delivery point on the day. What comes after all of it is surplus. */
const came = (doc: OrderDocument, parts: readonly At[], on: string): OrderDocument =>
  onSchedules(doc, parts, (schedule) => cameOn(schedule, on));

function cameOn({ metOn, ...schedule }: ScheduleDocument, on: string): ScheduleDocument {
  if (metOn !== undefined) return isMet(schedule) ? { ...schedule, metOn } : schedule;
  const { lastOn = on } = schedule;
  const latest = lastOn > on ? lastOn : on;
  return { ...schedule, lastOn: latest, ...(isMet(schedule) ? { metOn: latest } : {}) };
}

/** Of a schedule of which more or less is ordered now: it may be met by what has come, or awaited again. */
export function cameBy({ metOn, ...schedule }: ScheduleDocument): ScheduleDocument {
  const { lastOn } = schedule;
  if (!isMet(schedule)) return schedule;
  const on = metOn ?? lastOn;
  return on === undefined ? schedule : { ...schedule, metOn: on };
}

/** The hand-over is the delivery that dates are measured by, where the event says so. */
export function handedOver(doc: OrderDocument, { handOver, shippedAt: at }: GoodsShipped): OrderDocument {
  if (!handOver) return doc;
  const { on, lines, late } = handOver;
  return { ...came(doc, lines, on), handedOver: latest(doc.handedOver, { at, on, late }) };
}

/** Goods whose hand-over nobody reported were handed over by their arrival. */
export function arrived(doc: OrderDocument, { lines, deliveredAt: at, deliveredOn: on, late }: GoodsDelivered) {
  const next = onSchedules(doc, lines, (schedule) => (schedule.met === false ? schedule : cameOn(schedule, on)));
  return { ...next, arrived: latest(doc.arrived, { at, on, late }) };
}

type Reached = NonNullable<OrderDocument["arrived"]>;

/** The later of the two, and late as soon as one of them was. */
const latest = (before: Reached | undefined, now: Reached): Reached => ({
  ...(before && before.at > now.at ? before : now),
  late: now.late || (before?.late ?? false),
});

export const servicesDone = (doc: OrderDocument, { services, acceptedOn }: DeliveryAccepted): OrderDocument =>
  acceptedOn === undefined ? doc : came(doc, services, acceptedOn);

const ended = new Set<OrderDocument["lifecycle"]>(["completed", "closed", "cancelled"]);

/** What is due next, from the schedules alone that are still awaited. */
export function due({ dueOn: _, lateFrom: __, ...doc }: OrderDocument): OrderDocument {
  if (ended.has(doc.lifecycle)) return doc;
  const open = doc.lines.flatMap(({ schedules }) => schedules).filter((schedule) => !isMet(schedule));
  const dueOn = earliest(open.map(({ promises, requestedOn }) => promises.at(-1)?.on ?? requestedOn));
  const lateFrom = earliest(open.map(({ promises, lateFrom: requested }) => promises.at(-1)?.lateFrom ?? requested));
  return { ...doc, ...(dueOn === undefined ? {} : { dueOn }), ...(lateFrom === undefined ? {} : { lateFrom }) };
}

const earliest = (times: readonly (string | undefined)[]): string | undefined =>
  times.reduce(
    (first, time) => (first === undefined || (time !== undefined && time < first) ? time : first),
    undefined,
  );
