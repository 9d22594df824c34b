// The parts of an order's document that its areas fold: the schedules that an event names, and what of it is there or not.
import type { Sealed } from "@gendan/eventing";
import type { Part, Progress } from "../domain/order/order.events.js";
import type { OrderDocument, ScheduleDocument } from "./order.document.js";

export type At = Pick<Part, "lineId" | "scheduleId">;

export const isAt = (one: At, other: At): boolean => one.lineId === other.lineId && one.scheduleId === other.scheduleId;

/** The schedules that are told of as they are then. One that is told of twice is changed twice; what is not there is passed over. */
export function onSchedules<Told extends At>(
  doc: OrderDocument,
  told: readonly Told[],
  change: (schedule: ScheduleDocument, told: Told) => ScheduleDocument,
): OrderDocument {
  const ofLine = Map.groupBy(told, ({ lineId }) => lineId);
  const lines = doc.lines.map((line) => {
    const here = ofLine.get(line.lineId);
    if (!here) return line;
    const schedules = line.schedules.map((schedule) =>
      here.filter(({ scheduleId }) => scheduleId === schedule.scheduleId).reduce(change, schedule),
    );
    return { ...line, schedules };
  });
  return { ...doc, lines };
}

/** Of a schedule that nothing has happened to. */
export const notBegun = { allocated: "0", shipped: "0", delivered: "0", lost: "0", full: false, promises: [] } as const;

/** What a progress does not name is nothing: what had come back to the sender, what was open in the end. */
export const progressed = (doc: OrderDocument, progress: readonly (At & Partial<Progress>)[]): OrderDocument =>
  onSchedules(doc, progress, ({ returnedToSender: _, tail: __, ...schedule }, { lineId: ___, ...now }) => ({
    ...schedule,
    ...now,
  }));

export const noteOf = ({ note }: { readonly note?: Sealed | undefined }) => (note === undefined ? {} : { note });

export const paymentOf = ({ payment }: Pick<OrderDocument, "payment">) => (payment === undefined ? {} : { payment });
