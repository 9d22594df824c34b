// Collecting what is wrong with something that was given: every fault, each with the path of its field.
import { isQuantity, millionths, type Money } from "@gendan/eventing";
import { isAmount, isDay, isPositive } from "../values.js";
import type { Incomplete, IncompleteCode } from "./order.refusals.js";

const SHORT = 200;
const ONE = 1_000_000n;

/** Adds to the faults that it was made with. */
export interface Checks {
  add(code: IncompleteCode, field: string, value?: string): void;
  /** Of at most so many characters. */
  text(field: string, text: string | undefined, limit?: number): void;
  /** There, and not blank. */
  needed(field: string, text: string | undefined): void;
  unique(code: IncompleteCode, field: (index: number) => string, names: readonly string[]): void;
  atMost(limit: number, field: string, list: readonly unknown[]): void;
  /** An amount of at least nothing, in the currency of the order. */
  price(field: string, price: Money | undefined, currency: string): void;
  /** A quantity of more than nothing, of at most six places. */
  positive(field: string, quantity: string): void;
  /** There, a day of the calendar, and written as YYYY-MM-DD. */
  day(field: string, text: string): void;
  /** Percent, from 0 to 100. */
  tolerance(field: string, percent: string): void;
}

export function checksInto(faults: Incomplete[]): Checks {
  const checks: Checks = {
    add: (code, field, value) => void faults.push({ code, field, ...(value === undefined ? {} : { value }) }),
    text(field, text, limit = SHORT) {
      if (text !== undefined && text.length > limit) checks.add("TEXT_TOO_LONG", field, `${text.length} > ${limit}`);
    },
    needed(field, text) {
      if (text === undefined || text.trim() === "") checks.add("TEXT_MISSING", field);
      checks.text(field, text);
    },
    unique(code, field, names) {
      const seen = new Set<string>();
      for (const [index, name] of names.entries()) {
        if (seen.has(name)) checks.add(code, field(index), name);
        seen.add(name);
      }
    },
    atMost(limit, field, list) {
      if (list.length > limit) checks.add("TOO_MANY", field, `${list.length} > ${limit}`);
    },
    price(field, price, currency) {
      if (!price || !isAmount(price.minor)) checks.add("PRICE_INVALID", field, price?.minor);
      if (price && price.currency !== currency) checks.add("CURRENCY_MIXED", `${field}.currency`, price.currency);
    },
    positive(field, text) {
      if (!isPositive(text)) checks.add("QUANTITY_NOT_POSITIVE", field, text);
    },
    day(field, text) {
      if (!isDay(text)) checks.add("DATE_INVALID", field, text);
    },
    tolerance(field, percent) {
      const fits = isQuantity(percent) && millionths(percent) >= 0n && millionths(percent) <= 100n * ONE;
      if (!fits) checks.add("TOLERANCE_INVALID", field, percent);
    },
  };
  return checks;
}
