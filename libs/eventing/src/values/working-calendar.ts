// Business time: which hours count, and when so many of them have passed. Used when a command is decided; never in a fold.
import { addDays, dayIn, startOfDay } from "./day.js";

/** When work is done, in the wall-clock time of a zone. */
export interface WorkingCalendar {
  /** An IANA time zone. */
  readonly zone: string;
  /** The hours of each day of the week; on a day that is not named no work is done. */
  readonly week: { readonly [Day in Weekday]?: readonly WorkingHours[] };
  /** Days off (YYYY-MM-DD), whatever day of the week they are. */
  readonly holidays: readonly string[];
  /** Days with hours of their own, above the week and the holidays: what was moved to a Sunday for a holiday, a short day. */
  readonly extraDays: readonly { readonly on: string; readonly hours: readonly WorkingHours[] }[];
}

export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From HH:MM (included) to HH:MM (excluded), 24:00 at most, in rising order and not overlapping. A night shift is two of them. */
export interface WorkingHours {
  readonly from: string;
  readonly to: string;
}

const allDay: readonly WorkingHours[] = [{ from: "00:00", to: "24:00" }];

/** Every hour counts, day and night. */
export const EVERY_HOUR: WorkingCalendar = {
  zone: "UTC",
  week: Object.fromEntries(WEEKDAYS.map((day) => [day, allDay])),
  holidays: [],
  extraDays: [],
};

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Longer than this nothing is reckoned: a calendar of which nothing is left would never come to an end. */
const MAX_DAYS = 3_660;

/**
 * The instant (ISO 8601 in UTC) at which so many working hours have passed since another: the end of a day's hours rather than the
 * beginning of the next ones. Hours are real ones, also where the clock is changed within them. With 0 hours it is the first
 * instant from then on that is worked in. What would take more than ten years is due after these. `hours` is 0 or more; an
 * unknown zone throws a RangeError.
 */
export function addWorkingTime(calendar: WorkingCalendar, from: string, hours: number): string {
  const since = Date.parse(from);
  let left = Math.round(hours * HOUR_MS);
  let day = dayIn(calendar.zone, from);
  for (let days = 0; days < MAX_DAYS; days++, day = addDays(day, 1)) {
    for (const { start, end } of workedOn(calendar, day)) {
      const begin = Math.max(start, since);
      if (begin >= end) continue;
      if (left <= end - begin) return new Date(begin + left).toISOString();
      left -= end - begin;
    }
  }
  return startOfDay(calendar.zone, day);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** When work is done on a day, in instants: hours that the clock skips are none, those that it repeats are worked twice. */
function workedOn(calendar: WorkingCalendar, day: string): Span[] {
  const hours = hoursOf(calendar, day);
  if (hours.length === 0) return [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return stretchesOf(calendar.zone, day).flatMap(({ start, end, offset }) =>
    hours.flatMap(({ from, to }) => {
      const worked = {
        start: Math.max(start, midnight + minutesOf(from) * MINUTE_MS - offset),
        end: Math.min(end, midnight + minutesOf(to) * MINUTE_MS - offset),
      };
      return worked.start < worked.end ? [worked] : [];
    }),
  );
}

function hoursOf({ week, holidays, extraDays }: WorkingCalendar, day: string): readonly WorkingHours[] {
  const extra = extraDays.find(({ on }) => on === day);
  if (extra) return extra.hours;
  if (holidays.includes(day)) return [];
  return week[WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]!] ?? [];
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** A day in the stretches in which the zone's clock runs evenly: one, or two where it is changed. */
function stretchesOf(zone: string, day: string): (Span & { readonly offset: number })[] {
  const start = Date.parse(startOfDay(zone, day));
  const end = Date.parse(startOfDay(zone, addDays(day, 1)));
  if (start >= end) return []; // a day that the zone has left out
  const [first, last] = [offsetAt(zone, start), offsetAt(zone, end - 1)];
  if (first === last) return [{ start, end, offset: first }];
  let before = start;
  let change = end - 1;
  while (change - before > 1) {
    const middle = Math.floor((before + change) / 2);
    if (offsetAt(zone, middle) === first) before = middle;
    else change = middle;
  }
  return [
    { start, end: change, offset: first },
    { start: change, end, offset: last },
  ];
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** By how many milliseconds the zone's clock is ahead of UTC at an instant. */
function offsetAt(zone: string, instant: number): number {
  let clock = clocks.get(zone);
  if (!clock) clocks.set(zone, (clock = clockOf(zone)));
  const parts = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const whole = Math.floor(instant / 1_000) * 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

const clockOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
