// One currency in another, exact: a rate is a ratio of integers, and the result is rounded half up to the minor unit, once.
import { minorDigits, minorOf, money, shareOf, type Money } from "@gendan/eventing";
import type { Rate, RateRules } from "../rules/rates.rules.js";

export interface Converted {
  readonly amount: Money;
  readonly rate: Rate;
}

/** By the latest rate of the pair on or before the day, in either direction; undefined where there is none. */
export function convert(amount: Money, to: string, day: string, { rates }: RateRules): Converted | undefined {
  const from = amount.currency;
  const rate = rates
    .filter((each) => each.on <= day && isOfPair(each, from, to))
    .toSorted((one, other) => (one.on < other.on ? 1 : one.on > other.on ? -1 : 0))
    .at(0);
  if (!rate) return undefined;
  const [times, by] = ratioOf(rate.rate);
  const [part, whole] = rate.from === from ? [times, by] : [by, times];
  const minor = shareOf(minorOf(amount), part * minorPer(to), whole * minorPer(from));
  return { amount: money(minor, to), rate };
}

/** Minor units in one of a currency. */
const minorPer = (currency: string): bigint => 10n ** BigInt(minorDigits(currency));

const isOfPair = (rate: Rate, one: string, other: string): boolean =>
  (rate.from === one && rate.to === other) || (rate.from === other && rate.to === one);

/** "7.1234" is 71234 / 10000. */
function ratioOf(rate: string): readonly [bigint, bigint] {
  const [whole = "0", fraction = ""] = rate.split(".");
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
}
