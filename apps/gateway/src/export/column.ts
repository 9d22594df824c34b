// A column of an exported list: where in a row's object its value lies, and what a table's cell is made of it.
import { fromMinor } from "@gendan/eventing";
import type { Text } from "@gendan/service-kit";

/** What a cell holds. Numbers, days and times keep their exact text; how they are written is the format's business. */
export type Cell =
  { readonly kind: "empty" } | { readonly kind: "text" | "number" | "date" | "time"; readonly text: string };

export type ColumnKind = "text" | "number" | "money" | "date" | "time" | "flag" | "fields";

export interface Column {
  /** Fields within fields: "customer.name". Lists on the way give several values, told with "; " between them. */
  readonly path: string;
  readonly kind: ColumnKind;
  readonly label: Text;
}

/** A list, or a sheet of one: what it is called, and its columns in their order. */
export interface Table {
  readonly label: Text;
  readonly columns: readonly Column[];
}

const of =
  (kind: ColumnKind) =>
  (path: string, en: string, zh: string): Column => ({ path, kind, label: { en, zh } });

export const textColumn = of("text");
export const numberColumn = of("number");
export const moneyColumn = of("money");
export const dateColumn = of("date");
export const timeColumn = of("time");
export const flagColumn = of("flag");
/** Custom fields, all of a row in one cell: "season=W27; cartons=7". */
export const fieldsColumn = of("fields");

const EMPTY: Cell = { kind: "empty" };

/** The cell of a row's object. */
export function cellOf({ path, kind }: Column, row: unknown): Cell {
  const values = valuesAt(row, path.split("."));
  if (values.length === 0) return EMPTY;
  if (kind === "money") return moneyCell(values as Money[]);
  if (kind === "fields") return fieldsCell(values as CustomField[]);
  const texts = values.map((value) => String(value));
  if (texts.length > 1) return { kind: "text", text: texts.join("; ") };
  const [text = ""] = texts;
  if (text === "") return EMPTY;
  return { kind: kind === "flag" ? "text" : kind, text: kind === "time" ? instantText(text) : text };
}

interface Money {
  readonly minor: string;
  readonly currency: string;
}

const moneyCell = (amounts: readonly Money[]): Cell =>
  amounts.length === 1
    ? { kind: "number", text: majorOf(amounts[0]!) }
    : { kind: "text", text: amounts.map((each) => `${majorOf(each)} ${each.currency}`).join("; ") };

interface CustomField {
  readonly name: string;
  /** Null where the caller does not see it, and of who was erased. */
  readonly value: string | number | boolean | null;
}

function fieldsCell(fields: readonly CustomField[]): Cell {
  const seen = fields.filter(({ value }) => value !== null);
  return seen.length === 0
    ? EMPTY
    : { kind: "text", text: seen.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

/** "1999" of EUR is 19.99. */
export const majorOf = ({ minor, currency }: Money): string => fromMinor(BigInt(minor), currency);

/** 2026-03-01T08:00:00.000Z as tables say it, in UTC: 2026-03-01 08:00:00. */
const instantText = (instant: string): string => instant.replace("T", " ").replace(/(\.\d+)?Z$/, "");

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (value == null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [field, ...rest] = path;
  return field === undefined ? [value] : valuesAt((value as Readonly<Record<string, unknown>>)[field], rest);
}

/** The selection that the columns need of a row: `number customer { name }`. */
export function selectionOf(columns: readonly Column[]): string {
  const tree: Tree = new Map();
  for (const { path, kind } of columns) {
    const at = path.split(".").reduce<Tree>((above, field) => {
      const below: Tree = above.get(field) ?? new Map();
      above.set(field, below);
      return below;
    }, tree);
    for (const field of members[kind] ?? []) at.set(field, new Map());
  }
  return written(tree);
}

/** What a cell is made of, where its value is an object. */
const members: Partial<Record<ColumnKind, readonly string[]>> = {
  money: ["minor", "currency"],
  fields: ["name", "value"],
};

type Tree = Map<string, Tree>;

const written = (tree: Tree): string =>
  [...tree].map(([field, below]) => (below.size === 0 ? field : `${field} { ${written(below)} }`)).join(" ");
