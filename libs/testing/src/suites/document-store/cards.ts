// What the document store's suite keeps: cards, and by plain sorting and filtering what a list of them must give.
import type { CollectionSpec, ColumnValue, Filter, ListQuery, StoredDocument, UnitSpec } from "@gendan/eventing";

export interface Card {
  readonly title: string;
  readonly rank: number | null;
  readonly colour: string | null;
  readonly size: number;
  readonly marks: readonly string[];
  readonly links: readonly string[];
}

export const cards: CollectionSpec<Card> = {
  name: "cards",
  columns: {
    rank: { type: "integer", of: ({ rank }) => rank },
    colour: { type: "text", of: ({ colour }) => colour },
    size: { type: "integer", of: ({ size }) => size },
    title: { type: "text", of: ({ title }) => title },
  },
  tokens: ({ marks }) => marks,
  words: ({ title }) => wordsOf(title),
  keys: { link: ({ links }) => links, title: ({ title }) => [title] },
  paths: [
    { name: "rank", sort: "rank", filters: ["colour", "rank"] },
    { name: "title", sort: "title", filters: ["rank"] },
    { name: "sizeInColour", sort: "size", within: "colour", filters: ["rank"] },
    { name: "all", sort: "rank", scoped: false },
  ],
};

const wordsOf = (title: string): string[] => title.split(" ").filter((word) => word !== "");

export const spec: UnitSpec = {
  name: "cards@1",
  collections: [cards, { name: "notes", columns: {}, paths: [] }],
  rollups: [
    { name: "sums", dimensions: ["colour", "all"], measures: ["amount", "cards"], histogram: true },
    { name: "counts", dimensions: ["all"], measures: ["cards"] },
  ],
};

export const card = (over: Partial<Card> = {}): Card => ({
  title: "card",
  rank: 1,
  colour: "red",
  size: 1,
  marks: ["d:"],
  links: [],
  ...over,
});

export const put = (id: string, over: Partial<Card> = {}, sequence = 0) => ({
  collection: "cards",
  id,
  sequence,
  doc: card(over),
});

export const byRank: ListQuery = { collection: "cards", path: "rank", tokens: ["d:"], limit: 50 };

type Stored = Pick<StoredDocument<Card>, "id" | "doc">;

/** Every match of a query in order, whatever its limit; behind its `after`, if it has one. */
export function matchesOf(documents: readonly Stored[], query: ListQuery): Stored[] {
  const { tokens, within, where = [], after } = query;
  const path = cards.paths.find(({ name }) => name === query.path)!;
  return documents
    .filter(({ doc }) => tokens === undefined || doc.marks.some((mark) => tokens.includes(mark)))
    .filter(({ doc }) => path.within === undefined || columnOf(doc, path.within) === within)
    .filter(({ doc }) => where.every((filter) => lets(filter, doc)))
    .map((stored) => ({ stored, id: stored.id, sort: columnOf(stored.doc, path.sort) }))
    .filter((place) => after === undefined || inOrder(after, place, query.descending) < 0)
    .sort((a, b) => inOrder(a, b, query.descending))
    .map(({ stored }) => stored);
}

interface Place {
  readonly id: string;
  readonly sort: ColumnValue;
}

/** What has no sort value comes last in either direction; equal ones go by id; texts by code points. */
function inOrder(a: Place, b: Place, descending = false): number {
  if ((a.sort === null) !== (b.sort === null)) return a.sort === null ? 1 : -1;
  return (descending ? -1 : 1) * (compare(a.sort, b.sort) || compare(a.id, b.id));
}

const compare = (a: ColumnValue, b: ColumnValue): number =>
  typeof a === "string" && typeof b === "string"
    ? Buffer.compare(Buffer.from(a), Buffer.from(b))
    : Number(a) - Number(b);

const columnOf = (doc: Card, column: string): ColumnValue => cards.columns[column]!.of(doc) ?? null;

function lets(filter: Filter, doc: Card): boolean {
  if ("any" in filter) return filter.any.some((alternative) => lets(alternative, doc));
  if ("words" in filter) return filter.words.every((word) => wordsOf(doc.title).includes(word));
  const value = columnOf(doc, filter.column);
  if (filter.op === "null") return value === null;
  if (value === null) return false;
  switch (filter.op) {
    case "not null":
      return true;
    case "in":
      return filter.values.includes(value);
    case "=":
      return value === filter.value;
    case "<":
      return compare(value, filter.value) < 0;
    case "<=":
      return compare(value, filter.value) <= 0;
    case ">":
      return compare(value, filter.value) > 0;
    case ">=":
      return compare(value, filter.value) >= 0;
  }
}
