// Values of custom fields as their types write them: the same of orders, of their lines and of customers.
import type { Filter } from "../ports/document-store.js";
import { isDay } from "./day.js";
import { isQuantity, millionths, quantity } from "./quantity.js";

export const CUSTOM_FIELD_TYPES = ["text", "integer", "decimal", "date", "boolean", "choice"] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

/** What the values of a custom field may be. */
export interface CustomFieldForm {
  readonly type: CustomFieldType;
  /** Of a choice, all of them. */
  readonly choices?: readonly string[] | undefined;
}

export type PlainValue = string | number | boolean;

/**
 * The value as its type writes it, undefined where it is none: "12.50" is the decimal "12.5". Files know texts alone, so that the
 * text of a number or of a boolean is one. Decimals are kept as texts: they are never floating point.
 */
export function typedValue({ type, choices = [] }: CustomFieldForm, value: PlainValue): PlainValue | undefined {
  const text = String(value);
  switch (type) {
    case "text":
      return typeof value === "string" ? value : undefined;
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? Number(text) + 0 : undefined; // never -0;
    case "decimal":
      return typeof value !== "boolean" && isQuantity(text) ? quantity(millionths(text)) : undefined;
    case "date":
      return isDay(text) ? text : undefined;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "choice":
      return choices.includes(text) ? text : undefined;
  }
}

export interface NamedValue {
  readonly name: string;
  readonly value: PlainValue;
}

/** By which a custom field's value is looked for, whatever its case. No text has such a word: the words of texts are letters and digits. */
export const fieldWord = ({ name, value }: NamedValue): string => `${name}=${String(value).toLowerCase()}`;

/**
 * Lets through what has each of these values: as its type writes it, or as it is asked for, since what was kept before its field
 * was defined is as it was given.
 */
export function fieldFilters(
  asked: readonly NamedValue[],
  definitions: readonly (CustomFieldForm & { readonly name: string })[],
): Filter[] {
  const words = asked.map(({ name, value }) => {
    const typed = definitions.filter((each) => each.name === name).flatMap((each) => typedValue(each, value) ?? []);
    return [...new Set([value, ...typed].map((each) => fieldWord({ name, value: each })))];
  });
  const certain = words.filter(({ length }) => length === 1).flat();
  const either = words.filter(({ length }) => length > 1);
  return [
    ...(certain.length === 0 ? [] : [{ words: certain }]),
    ...either.map((each) => ({ any: each.map((word) => ({ words: [word] })) })),
  ];
}
