// One currency in another, exact: a rate is a ratio of integers, and the result is rounded half up to the minor unit, once.
import { minorOf, money, shareOf, type Money } from "@gendan/eventing";
import type { Rate, RateRules } from "../rules/rates.rules.js";

/** How many decimals a currency's minor unit has (ISO 4217), where it is not two. */
const DECIMALS: Readonly<Record<string, bigint>> = {
  ...{ BIF: 0n, CLP: 0n, DJF: 0n, GNF: 0n, ISK: 0n, JPY: 0n, KMF: 0n, KRW: 0n, PYG: 0n, RWF: 0n, UGX: 0n, VND: 0n },
  ...{ VUV: 0n, XAF: 0n, XOF: 0n, XPF: 0n, BHD: 3n, IQD: 3n, JOD: 3n, KWD: 3n, LYD: 3n, OMR: 3n, TND: 3n },
};

const decimalsOf = (currency: string): bigint => DECIMALS[currency] ?? 2n;

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
  const minor = shareOf(minorOf(amount), part * 10n ** decimalsOf(to), whole * 10n ** decimalsOf(from));
  return { amount: money(minor, to), rate };
}

const isOfPair = (rate: Rate, one: string, other: string): boolean =>
  (rate.from === one && rate.to === other) || (rate.from === other && rate.to === one);

/** "7.1234" is 71234 / 10000. */
function ratioOf(rate: string): readonly [bigint, bigint] {
  const [whole = "0", fraction = ""] = rate.split(".");
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
}
