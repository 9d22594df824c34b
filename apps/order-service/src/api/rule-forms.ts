// What the rules of several kinds are written in: names, percentages, amounts, quantities, hours. Each text is bounded.
import { z } from "zod";

export const name = z.string().trim().min(1).max(100);
export const names = z.array(name).min(1).max(1_000);

/** Of something that is whole: from 0 to 100, of at most six places. */
export const percent = z
  .string()
  .regex(/^(\d{1,2}(\.\d{1,6})?|100(\.0{1,6})?)$/, "a percentage from 0 to 100, such as 2.5");
/** Of a price off the list or above the cost: never over 100, and under 0 where it lies beyond list or cost. */
export const priceShare = z
  .string()
  .regex(/^(-\d{1,6}(\.\d{1,6})?|\d{1,2}(\.\d{1,6})?|100(\.0{1,6})?)$/, "a percentage up to 100, such as 12.5 or -3");

/** Above nothing, of at most twelve digits and six places. */
export const quantity = z
  .string()
  .regex(/^(?=.*[1-9])\d{1,12}(\.\d{1,6})?$/, "a quantity above nothing, such as 12 or 0.5");

export const currency = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as CNY");
export const minor = z.string().regex(/^\d{1,15}$/, "minor units such as 1999");
export const amount = z.strictObject({ minor, currency });

/** A year at most, which may be a leap year. */
export const hours = z.int().min(1).max(8_784);

/** Whether the ends of a span of amounts are the right way round, where both are given. What is no amount has its own fault. */
export const isSpan = (least: string | undefined, most: string | undefined): boolean =>
  !minor.safeParse(least).success || !minor.safeParse(most).success || BigInt(least!) <= BigInt(most!);
