// Periods of calendar days: which cells they are summed from, and into what they are split.
import { addDays, Fault, monthAfter } from "@gendan/eventing";

/** Calendar days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export type TimeGrouping = "day" | "week" | "month" | "year";

const MAX_YEARS = 10;
const EARLIEST = "1900-01-01";
const LATEST = "2999-12-31";

/** Throws BAD_USER_INPUT for a period that ends before it begins, is longer than ten years or lies out of all reason. */
export function checkPeriod({ from, to }: Period): void {
  const refuse = (why: string): never => {
    throw new Fault("BAD_USER_INPUT", why, { from, to });
  };
  if (from > to) refuse(`The period ends (${to}) before it begins (${from}).`);
  if (from < EARLIEST || to > LATEST) refuse(`A period lies between ${EARLIEST} and ${LATEST}.`);
  const end = `${Number(from.slice(0, 4)) + MAX_YEARS}${from.slice(4)}`;
  if (to >= end)
    refuse(`A report covers at most ${MAX_YEARS} years: from ${from} it goes no further than before ${end}.`);
}

const monthOf = (day: string): string => day.slice(0, 7);
const monthBefore = (month: string): string => monthOf(addDays(`${month}-01`, -1));

/** The ranges of cells whose sum is the period's: its whole months by month cells, the days at its edges by day cells. */
export function rangesOf({ from, to }: Period): Period[] {
  const first = from.endsWith("-01") ? monthOf(from) : monthAfter(monthOf(from));
  const last = addDays(to, 1).endsWith("-01") ? monthOf(to) : monthBefore(monthOf(to));
  if (first > last) return [{ from, to }];
  const start = `${first}-01`;
  const rest = `${monthAfter(last)}-01`;
  return [
    ...(from < start ? [{ from, to: addDays(start, -1) }] : []),
    { from: first, to: last },
    ...(rest <= to ? [{ from: rest, to }] : []),
  ];
}

/** The ranges to ask for when the sums are then grouped by time: weeks and days need day cells all the way. */
export const rangesBy = (period: Period, by: TimeGrouping | undefined): Period[] =>
  by === "day" || by === "week" ? [period] : rangesOf(period);

/** The row that a cell's period (a day or a month) belongs to; a week goes by its Monday. */
export function bucketOf(period: string, by: TimeGrouping): string {
  switch (by) {
    case "day":
      return period;
    case "week":
      return addDays(period, -((new Date(`${period}T00:00:00Z`).getUTCDay() + 6) % 7));
    case "month":
      return monthOf(period);
    case "year":
      return period.slice(0, 4);
  }
}
