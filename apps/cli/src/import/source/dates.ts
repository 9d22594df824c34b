// Dates as files write them: by formats such as "dd.MM.yyyy HH:mm", in a time zone, to instants and calendar days.

/** Reads a text by the first format that it has; undefined where it has none, or names a day that there is not. */
export interface DateReader {
  instant(text: string): string | undefined;
  day(text: string): string | undefined;
}

interface Parts {
  readonly day: string;
  /** The local time as if it were UTC, in milliseconds since 1970. */
  readonly local: number;
  /** Minutes east of UTC, where the text says them. */
  readonly offset?: number;
}

type Field = "year" | "shortYear" | "month" | "day" | "hour" | "minute" | "second" | "fraction" | "offset";

/** What a format may consist of; everything else in it stands for itself. */
const TOKENS: Readonly<Record<string, readonly [Field, string]>> = {
  yyyy: ["year", "\\d{4}"],
  yy: ["shortYear", "\\d{2}"],
  MM: ["month", "\\d{2}"],
  M: ["month", "\\d{1,2}"],
  dd: ["day", "\\d{2}"],
  d: ["day", "\\d{1,2}"],
  HH: ["hour", "\\d{2}"],
  H: ["hour", "\\d{1,2}"],
  mm: ["minute", "\\d{2}"],
  ss: ["second", "\\d{2}"],
  SSS: ["fraction", "\\d{1,9}"],
  XXX: ["offset", "Z|[+-]\\d{2}:?\\d{2}"],
};
const TOKEN = /yyyy|yy|MM|M|dd|d|HH|H|mm|ss|SSS|XXX|'[^']*'|[a-zA-Z]|[^a-zA-Z']/g;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Whether the format has a year, a month and a day, and no letters that mean nothing. Letters of their own stand in 'quotes'. */
export function isDateFormat(format: string): boolean {
  const tokens = format.match(TOKEN) ?? [];
  if (tokens.join("") !== format || tokens.some((token) => /^[a-zA-Z]+$/.test(token) && !(token in TOKENS)))
    return false;
  const fields = tokens.map((token) => TOKENS[token]?.[0]);
  const named = fields.filter((field) => field !== undefined);
  const hasYear = fields.includes("year") || fields.includes("shortYear");
  return hasYear && fields.includes("month") && fields.includes("day") && new Set(named).size === named.length;
}

/** Reads dates of these formats, tried in their order; local times are the zone's. */
export function dateReader(formats: readonly string[], zone: string): DateReader {
  const parsers = formats.map(parserOf);
  const parse = (text: string): Parts | undefined => {
    for (const parser of parsers) {
      const parts = parser(text);
      if (parts) return parts;
    }
    return undefined;
  };
  return {
    instant(text) {
      const parts = parse(text);
      return parts && new Date(instantOf(parts, zone)).toISOString();
    },
    day(text) {
      const parts = parse(text);
      if (!parts) return undefined;
      if (parts.offset === undefined) return parts.day;
      const instant = instantOf(parts, zone);
      return new Date(instant + offsetAt(zone, instant)).toISOString().slice(0, 10);
    },
  };
}

const instantOf = ({ local, offset }: Parts, zone: string): number =>
  offset === undefined ? instantIn(zone, local) : local - offset * MINUTE;

function parserOf(format: string): (text: string) => Parts | undefined {
  const fields: Field[] = [];
  const source = (format.match(TOKEN) ?? []).map((token) => {
    const [field, pattern] = TOKENS[token] ?? [];
    if (field === undefined) return escaped(token.startsWith("'") ? token.slice(1, -1) : token);
    fields.push(field);
    return `(${pattern})`;
  });
  const expression = new RegExp(`^${source.join("")}$`);
  return (text) => {
    const match = expression.exec(text);
    if (!match) return undefined;
    return partsOf(new Map(fields.map((field, index) => [field, match[index + 1]!])));
  };
}

const escaped = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

function partsOf(found: ReadonlyMap<Field, string>): Parts | undefined {
  const number = (field: Field): number => Number(found.get(field) ?? 0);
  const year = found.has("year") ? number("year") : century(number("shortYear"));
  const [month, day, hour, minute, second] = [
    number("month"),
    number("day"),
    number("hour"),
    number("minute"),
    number("second"),
  ];
  const fraction = Math.floor(Number(`0.${found.get("fraction") ?? "0"}`) * 1000);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = Date.UTC(year, month - 1, day);
  const back = new Date(date);
  if (back.getUTCFullYear() !== year || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return undefined;
  const local = date + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  const offset = found.get("offset");
  return {
    day: back.toISOString().slice(0, 10),
    local,
    ...(offset === undefined ? {} : { offset: minutesOf(offset) }),
  };
}

/** Two digits name a year from 1970 to 2069. */
const century = (short: number): number => (short < 70 ? 2000 : 1900) + short;

function minutesOf(offset: string): number {
  if (offset === "Z") return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset)!;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * The instant of a local time. A time that a clock change repeats is the earlier one; a time that it skips is as much later
 * as the clock was put forward.
 */
function instantIn(zone: string, local: number): number {
  const before = offsetAt(zone, local - DAY);
  const first = local - before;
  if (offsetAt(zone, first) === before) return first;
  const after = offsetAt(zone, local + DAY);
  const second = local - after;
  return offsetAt(zone, second) === after ? second : first;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** zone → UTC day → milliseconds east of UTC, where the whole day has one offset; NaN where a clock change lies in it. */
const offsets = new Map<string, Map<number, number>>();

function offsetAt(zone: string, instant: number): number {
  const day = Math.floor(instant / DAY);
  let known = offsets.get(zone);
  if (!known) offsets.set(zone, (known = new Map()));
  let offset = known.get(day);
  if (offset === undefined) {
    offset = offsetByIntl(zone, day * DAY);
    if (offset !== offsetByIntl(zone, (day + 1) * DAY)) offset = NaN;
    known.set(day, offset);
  }
  return Number.isNaN(offset) ? offsetByIntl(zone, instant) : offset;
}

function offsetByIntl(zone: string, instant: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
    });
    formats.set(zone, format);
  }
  const second = Math.floor(instant / 1000) * 1000;
  const parts = new Map(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type)!;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - second;
}
