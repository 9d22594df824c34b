// A customer's own sheet beside ours, number by number: every difference with the events that ours was made of.
import type { Posting } from "../domain/account/account.events.js";

/** A line of the customer's sheet, in our signs: what they owe more is above nothing. */
export interface SheetLine {
  readonly number: string;
  readonly date: string;
  /** Minor units. */
  readonly amount: bigint;
}

type Ours = Pick<Posting, "number" | "day" | "eventId"> & {
  readonly amount: { readonly minor: string };
  readonly month: string;
};

interface Difference {
  readonly kind: "missingHere" | "missingThere" | "amountDiffers" | "otherMonth";
  readonly number: string;
  readonly ours?: bigint;
  readonly theirs?: bigint;
  readonly ourDay?: string;
  readonly theirDay?: string;
  /** The month that it counts in here, where that is another one. */
  readonly month?: string;
  readonly eventIds: readonly string[];
}

/** `elsewhere` are our postings of other months, of the numbers on the sheet. */
export function compareSheet(
  sheet: readonly SheetLine[],
  ours: readonly Ours[],
  elsewhere: readonly Ours[],
): Difference[] {
  const theirs = Map.groupBy(sheet, ({ number }) => number);
  const here = Map.groupBy(ours, ({ number }) => number);
  const other = Map.groupBy(elsewhere, ({ number }) => number);
  const numbers = [...new Set([...theirs.keys(), ...here.keys()])].toSorted();
  return numbers.flatMap((number): Difference[] => {
    const lines = theirs.get(number);
    const postings = here.get(number) ?? [];
    const known = ofOurs(postings);
    if (!lines) return [{ kind: "missingThere", number, ...known }];
    const sum = lines.reduce((all, { amount }) => all + amount, 0n);
    const told = { number, theirs: sum, ...(lines[0] ? { theirDay: lines[0].date } : {}) };
    if (postings.length > 0) return known.ours === sum ? [] : [{ kind: "amountDiffers", ...told, ...known }];
    const strays = other.get(number) ?? [];
    if (strays.length === 0) return [{ kind: "missingHere", ...told, eventIds: [] }];
    return [{ kind: "otherMonth", ...told, ...ofOurs(strays), month: strays[0]!.month }];
  });
}

function ofOurs(postings: readonly Ours[]) {
  const ours = postings.reduce((all, { amount }) => all + BigInt(amount.minor), 0n);
  const day = postings[0]?.day;
  return { ours, ...(day === undefined ? {} : { ourDay: day }), eventIds: postings.map(({ eventId }) => eventId) };
}
