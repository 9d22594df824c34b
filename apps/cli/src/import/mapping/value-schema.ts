// How a mapping says where a value comes from: a column's name, or how it is made of columns and constants.
import { z } from "zod";
import { isDateFormat } from "../source/dates.js";

/** One value of what is imported, as it stands in a mapping. Exactly one of the first five says where it comes from. */
export interface ValueSpec {
  readonly column?: string | undefined;
  readonly value?: string | undefined;
  readonly first?: readonly ValueSpec[] | undefined;
  readonly latest?: readonly ValueSpec[] | undefined;
  readonly join?: readonly ValueSpec[] | undefined;
  readonly with?: string | undefined;
  readonly words?: Readonly<Record<string, string>> | undefined;
  readonly otherwise?: string | undefined;
  readonly default?: string | undefined;
  readonly dates?: readonly string[] | undefined;
  readonly decimal?: string | undefined;
  readonly group?: string | undefined;
}

export const SOURCES = ["column", "value", "first", "latest", "join"] as const;

/** YAML reads 1 as a number and yes as a truth; in a mapping they are words. */
export const word = z.preprocess(
  (given) => (typeof given === "number" || typeof given === "boolean" ? String(given) : given),
  z.string({ error: "expected a word" }),
);

export const dateFormats = z
  .array(
    z.string().refine(isDateFormat, {
      error: ({ input }) =>
        `${JSON.stringify(input)} is no date format: it needs yyyy (or yy), MM (or M) and dd (or d), each once, and may have HH, H, mm, ss, SSS, XXX; other letters stand in 'quotes'`,
    }),
  )
  .min(1);

export const decimal = z.enum([".", ","]);
export const group = z.enum(["", ",", ".", " ", "'", "\u00a0", "\u202f"]);

export const value: z.ZodType<ValueSpec> = z.preprocess(
  (given) => (typeof given === "string" ? { column: given } : given),
  z
    .strictObject(
      {
        column: z.string().min(1).optional(),
        value: word.optional(),
        get first() {
          return z.array(value).min(1).optional();
        },
        get latest() {
          return z.array(value).min(1).optional();
        },
        get join() {
          return z.array(value).min(1).optional();
        },
        with: z.string().optional(),
        words: z.record(z.string(), word).optional(),
        otherwise: word.optional(),
        default: word.optional(),
        dates: dateFormats.optional(),
        decimal: decimal.optional(),
        group: group.optional(),
      },
      {
        error: ({ code }) =>
          code === "invalid_type" ? `expected a column's name, or one of ${SOURCES.join(", ")}` : undefined,
      },
    )
    .refine((given) => SOURCES.filter((source) => given[source] !== undefined).length === 1, {
      error: `needs exactly one of ${SOURCES.join(", ")}`,
    }),
) as z.ZodType<ValueSpec>;

/** What must hold of one column: one of these words, or a test. */
export interface Test {
  readonly is?: readonly string[] | undefined;
  readonly not?: readonly string[] | undefined;
  readonly present?: boolean | undefined;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

const words = z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(word).min(1));

const test: z.ZodType<Test> = z.preprocess(
  (given) => (typeof given === "object" && given !== null && !Array.isArray(given) ? given : { is: given }),
  z
    .strictObject({
      is: words.optional(),
      not: words.optional(),
      present: z.boolean().optional(),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    })
    .refine((given) => Object.keys(given).length > 0, { error: "needs one of is, not, present, atLeast, atMost" }),
) as z.ZodType<Test>;

/** column → what must hold of it; all of them must. */
export const condition = z.record(z.string(), test);
export type Condition = z.output<typeof condition>;
