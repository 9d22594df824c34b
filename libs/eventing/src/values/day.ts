// Calendar days in a time zone, and spans of time. Used when a command is decided or an event is made; never in a fold.
import { Lru } from "../lru.js";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(zone, format);
  }
  return format;
}

/** The calendar day (YYYY-MM-DD) of an instant in an IANA time zone. Throws a RangeError for an unknown zone. */
export const dayIn = (zone: string, instant: string): string => formatOf(zone).format(new Date(instant));

/** Whether the name is a time zone that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Whether the text is a calendar day (YYYY-MM-DD). February 30 parses as March 2, so a day must survive the round trip. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days from one instant to another, rounded to 0.01 day. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 864_000) / 100;

/** Finding one takes about 60 looks at the zone (0.2 ms); orders share their days, so that remembering pays. */
const starts = new Lru<string>(10_000);

/** The first instant (ISO 8601 in UTC) of a calendar day in a zone; where a clock change skips midnight, the first that exists. */
export function startOfDay(zone: string, day: string): string {
  const key = `${zone} ${day}`;
  let start = starts.get(key);
  if (start === undefined) starts.set(key, (start = findStart(zone, day)));
  return start;
}

function findStart(zone: string, day: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  // The first instant lies within 26 hours of UTC midnight; halve the span until it is found to the millisecond.
  let before = noon - 30 * 3_600_000;
  let within = noon + 30 * 3_600_000;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayIn(zone, new Date(middle).toISOString()) < day) before = middle;
    else within = middle;
  }
  return new Date(within).toISOString();
}

/** The day after (or `days` after) a calendar day. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The month (`2026-03`) that follows one. */
export const monthAfter = (month: string): string => addDays(`${month}-28`, 4).slice(0, 7);

/** The last day of a day's month. */
export const endOfMonth = (day: string): string => addDays(`${monthAfter(day.slice(0, 7))}-01`, -1);
