// The building blocks of inputs: what GraphQL's types do not say of ids, codes and texts.
import { isUuid } from "@gendan/eventing";
import { commandId } from "@gendan/service-kit";
import { z } from "zod";

/** The longest free text, in characters. */
const MAX_TEXT = 10_000;

/** Absent, null and blank are the same: nothing was said. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? undefined : (value ?? undefined)),
    schema.optional(),
  );

export const id = z.string().refine(isUuid, "must be a UUID in lower case");

/** A short business code. What a person would say in words goes into a text, which is sealed; a code is not. */
export const code = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u,
    "must be a code: 1 to 64 letters, digits, dots, hyphens or underscores",
  );

const bounded = (most: number) =>
  z
    .string()
    .max(most, `may have at most ${most} characters`)
    .refine((text) => text.trim() !== "", "must not be blank");

export const freeText = bounded(MAX_TEXT);
export const name = bounded(200);
export const address = bounded(1_000);
export const phone = bounded(50);
export const mail = bounded(254).refine((text) => /^[^@\s]+@[^@\s]+$/.test(text), "must be a mail address");
export const region = bounded(100);
export const postcodePrefix = bounded(10);
/** A user, as tokens name them. */
export const user = bounded(100);
export const zone = bounded(64);
export const country = z.string().regex(/^[A-Z]{2}$/, "must be a country's ISO 3166-1 code, such as CN");
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language tag, such as zh or pt-BR");
export const department = z
  .string()
  .max(200, "may have at most 200 characters")
  .regex(/^([^/\s][^/]*(\/[^/\s][^/]*)*)?$/, "must be a path such as cn/east/sales");

/** A number of another system. */
export const reference = z.object({ system: bounded(100), number: bounded(100) });

/** A custom field's name. */
export const fieldName = bounded(100);

/** A custom field: short enough for each to be found by, and codes rather than prose. */
export const customField = z.object({
  name: fieldName,
  value: z.union(
    [bounded(200), z.number(), z.boolean()],
    "must be a text of 1 to 200 characters, a number or a boolean",
  ),
});

/** What every command carries. */
export const meant = {
  commandId,
  occurredAt: optional(z.string()),
  historical: optional(z.boolean()),
};

/** A GraphQL enum as the domain's word for it. */
export const enumOf = <const Words extends Readonly<Record<string, string>>>(words: Words) =>
  z.enum(Object.keys(words) as [string, ...string[]]).transform((value) => words[value] as Words[keyof Words]);

/** CAUSE_CONFIRMED, as GraphQL calls what the domain calls causeConfirmed. */
export const upperSnake = (word: string): string => word.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
