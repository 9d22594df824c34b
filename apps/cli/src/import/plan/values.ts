// A mapping's values, read from rows as what they are meant to be: words, days, instants, numbers, amounts.
import { minorDigits, money, toMinor, type Money } from "@gendan/eventing";
import type { Mapping } from "../mapping/schema.js";
import type { ValueSpec } from "../mapping/value-schema.js";
import { dateReader } from "../source/dates.js";
import { readNumber } from "../source/numbers.js";
import type { Cell, Scope, Source } from "./columns.js";

/** What is wrong with a row; codes are stable. */
export interface RowFault {
  readonly code: RowFaultCode;
  readonly reason: string;
}

export type RowFaultCode =
  | "VALUE_MISSING"
  | "VALUE_UNKNOWN"
  | "DATE_UNREADABLE"
  | "NUMBER_UNREADABLE"
  | "AMOUNT_TOO_FINE"
  | "ROW_BROKEN"
  | "KEY_REPEATED"
  | "ORDER_MISSING"
  | "ROWS_DIFFER";

/** Reads a value; what is wrong with it is added to the faults, and there is no value then. */
export type Read<T> = (scope: Scope, faults: RowFault[]) => T | undefined;

/** Makes readers of the values of one section. `where` is the value's path in the mapping. */
export interface Readers {
  readonly text: (where: string, spec: ValueSpec | undefined) => Read<string>;
  readonly day: (where: string, spec: ValueSpec | undefined) => Read<string>;
  readonly instant: (where: string, spec: ValueSpec | undefined) => Read<string>;
  readonly number: (where: string, spec: ValueSpec | undefined) => Read<string>;
  readonly amount: (where: string, spec: ValueSpec | undefined, currency: Read<string>) => Read<Money>;
  /** Texts under names of the mapping's own, such as custom fields: those that there are. */
  readonly named: (where: string, specs: Readonly<Record<string, ValueSpec | undefined>>) => ReadNamed;
}

export interface Named {
  readonly name: string;
  readonly value: string;
}
export type ReadNamed = (scope: Scope, faults: RowFault[]) => readonly Named[];

type Convert<T> = (text: string, spec: ValueSpec, scope: Scope, faults: RowFault[]) => T | undefined;
type Columns = (column: string, source: Source, where: string) => Cell;

export function readersOf(mapping: Mapping, columns: Columns, source: Source): Readers {
  const make = <T extends string | Money>(where: string, spec: ValueSpec | undefined, convert: Convert<T>): Read<T> =>
    spec === undefined ? () => undefined : compile(where, spec, convert, (column) => columns(column, source, where));
  const dates = (spec: ValueSpec) => dateReader(spec.dates ?? mapping.dates, mapping.zone);
  const known = new Map<ValueSpec, ReturnType<typeof dateReader>>();
  const datesOf = (spec: ValueSpec) => known.get(spec) ?? known.set(spec, dates(spec)).get(spec)!;
  const asDate =
    (where: string, kind: "instant" | "day"): Convert<string> =>
    (text, spec, _, faults) => {
      const read = datesOf(spec)[kind](text);
      if (read === undefined) faults.push(unreadableDate(where, text, spec.dates ?? mapping.dates));
      return read;
    };
  const asNumber =
    (where: string): Convert<string> =>
    (text, { decimal = mapping.numbers.decimal, group = mapping.numbers.group }, _, faults) => {
      const read = readNumber(text, { decimal, group });
      if (read === undefined) {
        faults.push({
          code: "NUMBER_UNREADABLE",
          reason: `${where}: "${text}" is no number with the decimal sign "${decimal}"`,
        });
      }
      return read;
    };
  const text = (where: string, spec: ValueSpec | undefined) => make<string>(where, spec, (each) => each);
  return {
    text,
    named: (where, specs) => {
      const reads = Object.entries(specs).map(([name, spec]) => [name, text(`${where}.${name}`, spec)] as const);
      return (scope, faults) =>
        reads.flatMap(([name, read]) => {
          const value = read(scope, faults);
          return value === undefined ? [] : [{ name, value }];
        });
    },
    day: (where, spec) => make(where, spec, asDate(where, "day")),
    instant: (where, spec) => make(where, spec, asDate(where, "instant")),
    number: (where, spec) => make(where, spec, asNumber(where)),
    amount: (where, spec, currency) =>
      make<Money>(where, spec, (text, own, scope, faults) => {
        const amount = asNumber(where)(text, own, scope, faults);
        const code = currency(scope, faults);
        if (amount === undefined || code === undefined) return undefined;
        const minor = toMinor(amount, code);
        if (minor !== undefined) return money(BigInt(minor), code);
        faults.push({
          code: "AMOUNT_TOO_FINE",
          reason: `${where}: ${text} has more than ${minorDigits(code)} decimals of ${code}`,
        });
        return undefined;
      }),
  };
}

function compile<T extends string | Money>(
  where: string,
  spec: ValueSpec,
  convert: Convert<T>,
  column: (name: string) => Cell,
): Read<T> {
  const textOf = textReader(where, spec, column);
  const parts = (spec.first ?? spec.latest)?.map((part) =>
    compile(where, { ...part, ...inherited(spec, part) }, convert, column),
  );
  const read: Read<T> = (scope, faults) => {
    if (!parts) {
      const text = textOf(scope, faults);
      return text === undefined ? undefined : convert(text, spec, scope, faults);
    }
    const values = parts.map((part) => part(scope, faults)).filter((value) => value !== undefined);
    return spec.first ? values[0] : values.sort().at(-1);
  };
  const { default: otherwise } = spec;
  return otherwise === undefined
    ? read
    : (scope, faults) => read(scope, faults) ?? convert(otherwise, spec, scope, faults);
}

/** Parts are written as the whole is, where they say nothing else. */
const inherited = ({ dates, decimal, group }: ValueSpec, part: ValueSpec): Partial<ValueSpec> => ({
  dates: part.dates ?? dates,
  decimal: part.decimal ?? decimal,
  group: part.group ?? group,
});

function textReader(where: string, spec: ValueSpec, column: (name: string) => Cell): Read<string> {
  const raw = rawReader(where, spec, column);
  const { words, otherwise } = spec;
  if (!words) return raw;
  return (scope, faults) => {
    const text = raw(scope, faults);
    if (text === undefined) return undefined;
    const meant = Object.hasOwn(words, text) ? words[text] : otherwise;
    if (meant === undefined) {
      faults.push({ code: "VALUE_UNKNOWN", reason: `${where}: "${text}" is none of ${Object.keys(words).join(", ")}` });
    }
    return meant;
  };
}

function rawReader(where: string, spec: ValueSpec, column: (name: string) => Cell): Read<string> {
  if (spec.column !== undefined) return column(spec.column);
  if (spec.join !== undefined) {
    const parts = spec.join.map((part) => compile<string>(where, part, (text) => text, column));
    return (scope, faults) => {
      const texts = parts.map((part) => part(scope, faults)).filter((text) => text !== undefined);
      return texts.length === 0 ? undefined : texts.join(spec.with ?? " ");
    };
  }
  return () => spec.value;
}

const unreadableDate = (where: string, text: string, formats: readonly string[]): RowFault => ({
  code: "DATE_UNREADABLE",
  reason: `${where}: "${text}" is no date of the form ${formats.join(" or ")}`,
});

/** The value, or a fault where there is none and nothing else was found wrong with it. */
export function needed<T>(where: string, read: Read<T>): Read<T> {
  return (scope, faults) => {
    const before = faults.length;
    const value = read(scope, faults);
    if (value === undefined && faults.length === before)
      faults.push({ code: "VALUE_MISSING", reason: `${where} has no value` });
    return value;
  };
}
