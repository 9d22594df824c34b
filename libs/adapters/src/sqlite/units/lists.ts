// Lists: read through (token, sort value, id), one bounded range per token, merged. Page k costs what page 1 costs.
import type { StatementSync } from "node:sqlite";
import {
  Fault,
  MAX_CALLER_TOKENS,
  type AccessPath,
  type ColumnValue,
  type ListPage,
  type ListQuery,
} from "@gendan/eventing";
import type { Database } from "../database.js";
import { both, columnFilters, columnsOf, condition, wordsOf, type Condition } from "./filters.js";
import {
  columnName,
  documentsTable,
  pathTable,
  tokensTable,
  UNSCOPED,
  wordsTable,
  type AnyCollection,
} from "./layout.js";
import type { Tokens } from "./tokens.js";

/** Index rows that one list or count looks at where the filters are carried in the index. */
const LOOKED_AT_IN_INDEX = 250_000;
/** Documents that one list or count looks at where a filter is not in the index. */
const LOOKED_AT_IN_DOCUMENTS = 20_000;
/** Documents that carry the rarest of the words looked for. */
const LOOKED_AT_BY_WORD = 5_000;
const REMEMBERED_STATEMENTS = 200;

type Found = readonly [sort: ColumnValue, id: string, row: number];
type Question = Omit<ListQuery, "limit" | "after" | "descending">;

/** A part of a path: documents with a sort value come first, those without one last, whatever the direction. */
interface Stretch {
  readonly missing: 0 | 1;
  readonly after: { readonly sort: ColumnValue; readonly id: string } | undefined;
}

export class Lists {
  private readonly statements = new Map<string, StatementSync>();

  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
  ) {}

  list<Doc>(collection: AnyCollection, query: ListQuery): ListPage<Doc> {
    const wanted = query.limit + 1;
    const found: Found[] = [];
    for (const stretch of stretches(query)) {
      if (found.length < wanted) found.push(...this.stretch(collection, query, stretch, wanted - found.length));
    }
    const page = found.slice(0, query.limit);
    const read = this.statement(`SELECT sequence, doc FROM ${documentsTable(collection)} WHERE row = ?`);
    const rows = page.map(([sort, id, row]) => {
      const [sequence, doc] = read.get(row) as unknown as readonly [number, string];
      return { id, sequence, doc: JSON.parse(doc) as Doc, sort };
    });
    return { rows, more: found.length > query.limit };
  }

  count(collection: AnyCollection, query: Question, upTo: number): { readonly count: number; readonly exact: boolean } {
    const words = wordsOf(query.where ?? []);
    const { sql, values } = words.length > 0 ? this.byWords(collection, query, words) : this.byPath(collection, query);
    const counted = `SELECT count(*) FROM (SELECT DISTINCT row FROM (${sql}) LIMIT ?)`;
    const [count] = this.statement(counted).get(...values, upTo + 1) as unknown as readonly [number];
    if (count <= upTo && words.length === 0) this.refuseUnseen(collection, query, undefined);
    return { count: Math.min(count, upTo), exact: count <= upTo };
  }

  explain(collection: AnyCollection, query: ListQuery): string[] {
    const words = wordsOf(query.where ?? []);
    return stretches(query).flatMap((stretch) => {
      const parts =
        words.length > 0
          ? [this.wordRange(collection, query, words, stretch)]
          : this.marks(collection, query).map((token) => this.range(collection, query, token, stretch));
      return parts.flatMap(({ sql, values }) =>
        (this.statement(`EXPLAIN QUERY PLAN ${sql}`).all(...values, query.limit) as unknown as unknown[][]).map(
          (line) => String(line[3]),
        ),
      );
    });
  }

  private stretch(collection: AnyCollection, query: ListQuery, stretch: Stretch, wanted: number): Found[] {
    const words = wordsOf(query.where ?? []);
    if (words.length > 0) {
      const { sql, values } = this.wordRange(collection, query, words, stretch);
      return this.statement(sql).all(...values, wanted) as unknown as Found[];
    }
    const byToken = this.marks(collection, query).map((token) => {
      const { sql, values } = this.range(collection, query, token, stretch);
      const found = this.statement(sql).all(...values, wanted) as unknown as Found[];
      if (found.length < wanted) this.refuseUnseen(collection, query, { token, stretch });
      return found;
    });
    return merge(byToken, query.descending === true, wanted).map(([sort, id, row]) => [
      stretch.missing ? null : sort,
      id,
      row,
    ]);
  }

  /** One token's rows in order: the index is read from the cursor on, at most so many rows, and then filtered. */
  private range(collection: AnyCollection, query: ListQuery, token: number, stretch: Stretch): Condition {
    const { sql, values } = this.bounded(collection, query, token, stretch, query.descending === true);
    const filter = this.filter(collection, query, "r");
    return {
      sql: `SELECT r.sort, r.id, r.row FROM (${sql}) r${filter.sql} LIMIT ?`,
      values: [...values, ...filter.values],
    };
  }

  private bounded(
    collection: AnyCollection,
    query: Question,
    token: number,
    { missing, after }: Stretch,
    descending: boolean,
  ): Condition {
    const path = pathOf(collection, query);
    const residual = this.residual(collection, query);
    const [way, side] = descending ? ["DESC", "<"] : ["ASC", ">"];
    const from = after === undefined ? "" : missing ? ` AND p.id ${side} ?` : ` AND (p.sort, p.id) ${side} (?, ?)`;
    const cursor = after === undefined ? [] : missing ? [after.id] : [after.sort, after.id];
    const columns = (residual ? Object.keys(collection.columns) : (path.filters ?? [])).map(
      (column) => `, ${residual ? "d" : "p"}.${columnName(column)}`,
    );
    const join = residual ? ` JOIN ${documentsTable(collection)} d ON d.row = p.row` : "";
    const order = missing ? `p.id ${way}` : `p.sort ${way}, p.id ${way}`;
    return {
      sql: `SELECT p.sort, p.id, p.row${columns.join("")} FROM ${pathTable(collection, path)} p${join}
        WHERE p.token = ? AND p.within = ? AND p.missing = ?${from} ORDER BY ${order} LIMIT ${residual ? LOOKED_AT_IN_DOCUMENTS : LOOKED_AT_IN_INDEX}`,
      values: [token, query.within ?? "", missing, ...cursor],
    };
  }

  /** Every row of the path that the caller may see, for counting. */
  private byPath(collection: AnyCollection, query: Question): Condition {
    const path = pathOf(collection, query);
    const marks = this.marks(collection, query);
    const residual = this.residual(collection, query);
    const join = residual ? ` JOIN ${documentsTable(collection)} d ON d.row = p.row` : "";
    const filter = this.filter(collection, query, residual ? "d" : "p", " AND ");
    return {
      sql: `SELECT p.row FROM ${pathTable(collection, path)} p${join}
        WHERE p.token IN (${marks.map(() => "?").join(", ")}) AND p.within = ?${filter.sql}`,
      values: [...marks, query.within ?? "", ...filter.values],
    };
  }

  private wordRange(
    collection: AnyCollection,
    query: ListQuery,
    words: readonly string[],
    { missing, after }: Stretch,
  ): Condition {
    const { sql, values } = this.byWords(collection, query, words);
    const sort = columnName(pathOf(collection, query).sort);
    const [way, side] = query.descending ? ["DESC", "<"] : ["ASC", ">"];
    const from = after === undefined ? "" : missing ? ` AND d.id ${side} ?` : ` AND (d.${sort}, d.id) ${side} (?, ?)`;
    const cursor = after === undefined ? [] : missing ? [after.id] : [after.sort, after.id];
    return {
      sql: `SELECT d.${sort}, d.id, d.row FROM (${sql}) w JOIN ${documentsTable(collection)} d ON d.row = w.row
        WHERE d.${sort} IS ${missing ? "" : "NOT "}NULL${from} ORDER BY d.${sort} ${way}, d.id ${way} LIMIT ?`,
      values: [...values, ...cursor],
    };
  }

  /** The documents that carry all of the words, driven by the rarest one. */
  private byWords(collection: AnyCollection, query: Question, words: readonly string[]): Condition {
    const path = pathOf(collection, query);
    const postings = wordsTable(collection);
    const few = this.statement(
      `SELECT count(*) FROM (SELECT 1 FROM ${postings} WHERE word = ? LIMIT ${LOOKED_AT_BY_WORD + 1})`,
    );
    const sized = words
      .map((word) => ({ word, size: (few.get(word) as unknown as readonly [number])[0] }))
      .sort((a, b) => a.size - b.size);
    const [rarest, ...others] = sized;
    if (rarest!.size > LOOKED_AT_BY_WORD) {
      throw new Fault(
        "TOO_BROAD",
        `More than ${LOOKED_AT_BY_WORD} documents carry every word of this text: add a rarer word.`,
      );
    }
    const scoped = path.scoped !== false;
    const marks = scoped ? this.marks(collection, query) : [];
    const seen = scoped
      ? ` AND EXISTS (SELECT 1 FROM ${tokensTable(collection)} t WHERE t.row = d.row AND t.token IN (${marks.map(() => "?").join(", ")}))`
      : "";
    const within = path.within === undefined ? "" : ` AND d.${columnName(path.within)} = ?`;
    const filter = this.filter(collection, query, "d", " AND ");
    return {
      sql: `SELECT d.row FROM ${postings} w JOIN ${documentsTable(collection)} d ON d.row = w.row WHERE w.word = ?
        ${others.map(() => `AND EXISTS (SELECT 1 FROM ${postings} o WHERE o.word = ? AND o.row = w.row)`).join(" ")}${seen}${within}${filter.sql}`,
      values: [
        rarest!.word,
        ...others.map(({ word }) => word),
        ...marks,
        ...(path.within === undefined ? [] : [query.within ?? ""]),
        ...filter.values,
      ],
    };
  }

  private filter(collection: AnyCollection, { where = [] }: Question, alias: string, start = " WHERE "): Condition {
    const conditions = columnFilters(where).map((filter) => condition(collection, filter, alias));
    const all = both(conditions);
    return conditions.length === 0 ? all : { sql: start + all.sql, values: all.values };
  }

  private residual(collection: AnyCollection, query: Question): boolean {
    const carried = pathOf(collection, query).filters ?? [];
    return columnFilters(query.where ?? []).some(
      (filter) => !columnsOf(filter).every((column) => carried.includes(column)),
    );
  }

  /** A page that is not full is only the truth when everything was looked at. */
  private refuseUnseen(
    collection: AnyCollection,
    query: Question,
    at: { readonly token: number; readonly stretch: Stretch } | undefined,
  ): void {
    if (columnFilters(query.where ?? []).length === 0) return;
    const path = pathOf(collection, query);
    const bound = this.residual(collection, query) ? LOOKED_AT_IN_DOCUMENTS : LOOKED_AT_IN_INDEX;
    const marks = at ? [at.token] : this.marks(collection, query);
    const missing = at ? ` AND missing = ${at.stretch.missing}` : "";
    const beyond = this.statement(
      `SELECT 1 FROM ${pathTable(collection, path)} WHERE token = ? AND within = ?${missing} LIMIT 1 OFFSET ${bound}`,
    );
    if (!marks.some((token) => beyond.get(token, query.within ?? ""))) return;
    const carried = (path.filters ?? []).join(", ");
    throw new Fault(
      "TOO_BROAD",
      `More than ${bound} ${collection.name} would have to be looked at: narrow the list${carried === "" ? "" : `, best by ${carried}`}.`,
      { collection: collection.name, path: path.name, bound },
    );
  }

  /** The caller's tokens as numbers, without those that no document carries or that a wider one of his implies. */
  private marks(collection: AnyCollection, query: Question): number[] {
    if (pathOf(collection, query).scoped === false) return [UNSCOPED];
    const tokens = query.tokens ?? [];
    if (tokens.length > MAX_CALLER_TOKENS) {
      throw new Fault(
        "TOO_BROAD",
        `A caller has at most ${MAX_CALLER_TOKENS} scope tokens, this one has ${tokens.length}.`,
      );
    }
    const implied = (token: string): boolean =>
      tokens.some(
        (wider) => wider !== token && (wider === "d:" ? token.startsWith("d:") : token.startsWith(`${wider}/`)),
      );
    return [...new Set(tokens)]
      .filter((token) => !implied(token))
      .map((token) => this.tokens.known(token))
      .filter((token): token is number => token !== undefined);
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      if (this.statements.size >= REMEMBERED_STATEMENTS) this.statements.clear();
      statement = this.db.sql.prepare(sql);
      statement.setReturnArrays(true);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

export function pathOf(collection: AnyCollection, { path }: Pick<ListQuery, "path">): AccessPath {
  const found = collection.paths.find(({ name }) => name === path);
  if (!found) throw new Fault("STORE_REFUSED", `Collection ${collection.name} declares no access path ${path}.`);
  return found;
}

function stretches({ after }: ListQuery): Stretch[] {
  if (after?.sort === null) return [{ missing: 1, after }];
  return [
    { missing: 0, after },
    { missing: 1, after: undefined },
  ];
}

/** Merges ranges that are in order, leaving out what stands in several of them. */
function merge(ranges: readonly (readonly Found[])[], descending: boolean, wanted: number): readonly Found[] {
  if (ranges.length <= 1) return ranges[0] ?? [];
  const places = ranges.map(() => 0);
  const merged: Found[] = [];
  while (merged.length < wanted) {
    let best = -1;
    for (const [index, range] of ranges.entries()) {
      const candidate = range[places[index]!];
      if (candidate && (best < 0 || before(candidate, ranges[best]![places[best]!]!, descending))) best = index;
    }
    if (best < 0) break;
    const next = ranges[best]![places[best]!++]!;
    if (merged.at(-1)?.[1] !== next[1]) merged.push(next);
  }
  return merged;
}

/** SQLite orders text by its UTF-8 bytes, JavaScript by UTF-16 units; compared as SQLite does. */
function before([sortA, idA]: Found, [sortB, idB]: Found, descending: boolean): boolean {
  const order = compare(sortA, sortB) || compare(idA, idB);
  return descending ? order > 0 : order < 0;
}

const compare = (a: ColumnValue, b: ColumnValue): number =>
  typeof a === "string" && typeof b === "string"
    ? Buffer.compare(Buffer.from(a), Buffer.from(b))
    : Number(a) - Number(b);
