import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  addWorkingTime,
  EVERY_HOUR,
  WEEKDAYS,
  type Weekday,
  type WorkingCalendar,
  type WorkingHours,
} from "./working-calendar.js";

const office: readonly WorkingHours[] = [
  { from: "09:00", to: "12:00" },
  { from: "13:00", to: "18:00" },
];
const working = (hours: readonly WorkingHours[], ...days: readonly Weekday[]) =>
  Object.fromEntries(days.map((day) => [day, hours]));
const china: WorkingCalendar = {
  zone: "Asia/Shanghai",
  week: working(office, "mon", "tue", "wed", "thu", "fri"),
  // The National Day of 2026, with the Saturday that is worked for it.
  holidays: ["01", "02", "03", "04", "05", "06", "07"].map((day) => `2026-10-${day}`),
  extraDays: [{ on: "2026-10-10", hours: office }],
};
const shanghai = (local: string) => new Date(`${local}:00+08:00`).toISOString();

describe("working time", () => {
  test.each([
    ["within a morning", "2026-03-02T09:30", 2, "2026-03-02T11:30"],
    ["over noon", "2026-03-02T11:30", 1, "2026-03-02T13:30"],
    ["to the end of a day, not to the next one", "2026-03-02T13:00", 5, "2026-03-02T18:00"],
    ["into the next day", "2026-03-02T13:00", 5.5, "2026-03-03T09:30"],
    ["from a night on", "2026-03-02T23:00", 1, "2026-03-03T10:00"],
    ["over a weekend", "2026-03-06T17:00", 2, "2026-03-09T10:00"],
    [
      "over a holiday of a week, and the Saturday that is worked for it counts",
      "2026-09-30T17:00",
      14,
      "2026-10-09T15:00",
    ],
    ["into that Saturday", "2026-10-09T17:00", 2, "2026-10-10T10:00"],
    ["none: the next moment that is worked in", "2026-10-03T10:00", 0, "2026-10-08T09:00"],
    ["none, in working time", "2026-03-02T10:00", 0, "2026-03-02T10:00"],
  ])("passes %s", (_, from, hours, until) =>
    expect(addWorkingTime(china, shanghai(from), hours)).toBe(shanghai(until)),
  );
  test("a day with hours of its own has those, on a holiday too", () => {
    const short = { ...china, extraDays: [{ on: "2026-10-01", hours: [{ from: "10:00", to: "11:00" }] }] };
    expect(addWorkingTime(short, shanghai("2026-09-30T18:00"), 2)).toBe(shanghai("2026-10-08T10:00"));
  });
  test("every hour is the time of the clock, to the millisecond", () =>
    expect(addWorkingTime(EVERY_HOUR, "2026-03-28T22:10:11.123Z", 8_784)).toBe("2027-03-29T22:10:11.123Z"));
  test("a calendar of which nothing is left comes to an end after ten years", () =>
    expect(addWorkingTime({ ...china, week: {} }, "2026-10-11T00:00:00.000Z", 1)).toBe("2036-10-17T16:00:00.000Z"));
});

test.each([
  // Berlin, 29 March 2026: from 02:00 to 03:00 there is no time; 25 October: the hour from 02:00 is there twice.
  ["an hour that is skipped", "2026-03-28T23:00:00.000Z", 4, "2026-03-29T03:00:00.000Z"],
  ["an hour that is repeated", "2026-10-24T22:00:00.000Z", 4, "2026-10-25T02:00:00.000Z"],
])("hours are real ones where the clock is changed: %s", (_, from, hours, until) =>
  expect(addWorkingTime({ ...EVERY_HOUR, zone: "Europe/Berlin" }, from, hours)).toBe(until),
);
test("half an hour that is there twice is worked twice", () => {
  const night = { ...EVERY_HOUR, zone: "Europe/Berlin", week: working([{ from: "02:30", to: "03:00" }], ...WEEKDAYS) };
  expect(addWorkingTime(night, "2026-10-24T22:00:00.000Z", 0.75)).toBe("2026-10-25T01:45:00.000Z");
});

// ---- against looking at every minute ----

const zones = [
  "Asia/Shanghai",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Africa/Cairo",
] as const;

const clocks = new Map(
  zones.map((zone) => [
    zone as string,
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      ...({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const),
      hourCycle: "h23",
    }),
  ]),
);

/** Whether the minute that begins then is worked, by the zone's clock on the wall. */
function isWorked({ zone, week, holidays, extraDays }: WorkingCalendar, instant: number): boolean {
  const part = Object.fromEntries(
    clocks
      .get(zone)!
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const day = `${part["year"]}-${part["month"]}-${part["day"]}`;
  const extra = extraDays.find(({ on }) => on === day);
  const weekday = part["weekday"]!.toLowerCase() as Weekday;
  const hours = extra ? extra.hours : holidays.includes(day) ? [] : (week[weekday] ?? []);
  const time = `${part["hour"]}:${part["minute"]}`;
  return hours.some(({ from, to }) => from <= time && time < to);
}

function minuteByMinute(calendar: WorkingCalendar, from: string, minutes: number): string {
  let instant = Date.parse(from);
  for (let left = minutes; ; instant += 60_000) {
    if (isWorked(calendar, instant)) left -= 1;
    if (left === 0) return new Date(instant + 60_000).toISOString();
  }
}

const minute = fc.integer({ min: 0, max: 1_440 });
const time = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((each) => `${each}`.padStart(2, "0")).join(":");
const hoursOfDay: fc.Arbitrary<readonly WorkingHours[]> = fc
  .uniqueArray(minute, { minLength: 2, maxLength: 6 })
  .map((ends) => ends.toSorted((one, other) => one - other))
  .map((ends) =>
    ends.flatMap((from, index) => {
      const to = ends[index + 1];
      return index % 2 === 0 && to !== undefined ? [{ from: time(from), to: time(to) }] : [];
    }),
  );
/** Around the days on which these zones change their clocks, or leave a day out. */
const moment = fc
  .tuple(
    fc.constantFrom(
      "2026-03-28",
      "2026-10-24",
      "2026-03-07",
      "2026-10-31",
      "2018-11-03",
      "2011-12-28",
      "2026-04-04",
      "2026-04-23",
    ),
    fc.integer({ min: 0, max: 3 * 1_440 }),
  )
  .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000).toISOString());
const dayOff = moment.map((instant) => instant.slice(0, 10));
const calendar: fc.Arbitrary<WorkingCalendar> = fc.record({
  zone: fc.constantFrom(...zones),
  week: fc
    .tuple(hoursOfDay, hoursOfDay, fc.subarray([...WEEKDAYS], { minLength: 2 }))
    .map(([one, other, days]) => ({ ...working(one, ...days), ...working(other, days[0]!) })),
  holidays: fc.array(dayOff, { maxLength: 3 }),
  extraDays: fc.array(fc.record({ on: dayOff, hours: hoursOfDay }), { maxLength: 2 }),
});

test("it is what looking at every minute comes to, in every zone and over every change of clocks", () => {
  fc.assert(
    fc.property(calendar, moment, fc.integer({ min: 1, max: 200 }), (of, from, minutes) =>
      expect(addWorkingTime(of, from, minutes / 60)).toBe(minuteByMinute(of, from, minutes)),
    ),
    { numRuns: 150 },
  );
});
