// The form of the working calendar.
import { isZone, WEEKDAYS, type WorkingHours } from "@gendan/eventing";
import { z } from "zod";
import type { CalendarRules } from "../domain/rules/calendar.rules.js";

const MAX_DAYS = 1_000;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const hours = z
  .array(
    z.strictObject({
      from: z.string().regex(TIME, "a time such as 09:00"),
      to: z.string().refine((time) => TIME.test(time) || time === "24:00", "a time such as 18:00, 24:00 at most"),
    }),
  )
  .min(1)
  .max(10)
  .refine(rise, "hours rise, and do not overlap: a night shift is the end of one day and the beginning of the next");

function rise(spans: readonly WorkingHours[]): boolean {
  const ends = spans.flatMap(({ from, to }) => [from, to]);
  return spans.every(({ from, to }) => from < to) && ends.every((time, at) => at === 0 || ends[at - 1]! <= time);
}

export const calendarSchema: z.ZodType<CalendarRules> = z.strictObject({
  zone: z.string().max(100).refine(isZone, "an IANA time zone such as Asia/Shanghai"),
  week: z.partialRecord(z.enum(WEEKDAYS), hours).refine((week) => Object.keys(week).length > 0, "a day with hours"),
  holidays: z.array(z.iso.date()).max(MAX_DAYS).default([]),
  extraDays: z
    .array(z.strictObject({ on: z.iso.date(), hours }))
    .max(MAX_DAYS)
    .refine((days) => new Set(days.map(({ on }) => on)).size === days.length, "a day is named once")
    .default([]),
});
