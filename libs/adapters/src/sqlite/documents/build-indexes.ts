// Makes a filled unit's indexes, container by container: in pieces, so that whatever else the process does goes on meanwhile.
import type { ColumnValue } from "@gendan/eventing";
import { CONTAINER_DOCS, packDocuments } from "./bits.js";
import { BLOCK_DOCS } from "./blocks.js";
import type { DeclaredCollection, DeclaredPath } from "../../documents/declaration.js";
import { parseMarks } from "./entry.js";
import { facetsOf, TOKENS, WORDS } from "./facets.js";
import { LOWEST, type Key } from "./keys.js";
import { PathOrder } from "./path-order.js";
import type { Statement, Statements } from "./statements.js";
import { columnName, NULL_MARK, tables } from "./tables.js";

/** Blocks are left with room: a document that comes later must not split every one. */
const FILLED_DOCS = Math.floor(BLOCK_DOCS * 0.8);
/** What one piece reads or writes: some ten milliseconds of work. */
const ROWS_AT_ONCE = FILLED_DOCS * 10;
const DOCS_AT_ONCE = CONTAINER_DOCS / 4;

/** Indexes all documents of a collection. Each piece is made in one transaction by `piece`. */
export async function buildIndexes(
  statements: Statements,
  collection: DeclaredCollection,
  piece: (work: () => void) => Promise<void>,
): Promise<void> {
  const docs = tables.docs(collection.name);
  const last = statements.prepare(`SELECT coalesce(max(number), 0) FROM ${docs}`).get()![0] as number;
  const marking = new Marking(statements, collection);
  const ordering = collection.paths.map((path) => statements.prepare(orderOf(collection, path)));
  for (let from = 0; from <= last; from += CONTAINER_DOCS) {
    for (let at = from; at < from + CONTAINER_DOCS; at += DOCS_AT_ONCE) {
      await piece(() => marking.read(at, at + DOCS_AT_ONCE));
      for (const order of ordering) await piece(() => void order.run(at, at + DOCS_AT_ONCE));
    }
    while (!marking.isWritten()) await piece(() => marking.write(from / CONTAINER_DOCS, ROWS_AT_ONCE));
  }
  for (const path of collection.paths) await buildBlocks(statements, collection, path, piece);
}

/** Gathers which documents of a container carry what, writes that, and the keys on the way. */
class Marking {
  private readonly readDocs: Statement;
  private readonly insertFacet: Statement;
  private readonly insertKey: Statement;
  private readonly facets: readonly number[];
  /** By facet and value. */
  private readonly members = new Map<number, Map<ColumnValue, number[]>>();

  constructor(statements: Statements, collection: DeclaredCollection) {
    const { name } = collection;
    const facets = facetsOf(collection);
    const columns = [...facets.keys()].map(columnName);
    this.facets = [...facets.values()];
    this.readDocs = statements.prepare(
      `SELECT ${["number", "id", "marks", ...columns].join(", ")} FROM ${tables.docs(name)} WHERE number >= ? AND number < ?`,
    );
    this.insertFacet = statements.prepare(`INSERT INTO ${tables.facets(name)} VALUES (?, ?, ?, ?)`);
    this.insertKey = statements.prepare(`INSERT INTO ${tables.keys(name)} VALUES (?, ?, ?, ?)`);
  }

  read(from: number, to: number): void {
    for (const row of this.readDocs.all(from, to)) {
      const [number, id, text, ...columns] = row as unknown as [number, string, string, ...ColumnValue[]];
      const marks = parseMarks(text);
      for (const token of marks.tokens) this.add(TOKENS, token, number);
      for (const word of marks.words) this.add(WORDS, word, number);
      this.facets.forEach((facet, index) => this.add(facet, columns[index]!, number));
      marks.keys.forEach((values, key) => values.forEach((value) => this.insertKey.run(key, value, id, number)));
    }
  }

  isWritten(): boolean {
    return this.members.size === 0;
  }

  /** Writes some of what was read of a container. */
  write(container: number, atMost: number): void {
    let left = atMost;
    for (const [facet, values] of this.members) {
      for (const [value, docs] of values) {
        if (left-- === 0) return;
        this.insertFacet.run(facet, value ?? NULL_MARK, container, packDocuments(docs));
        values.delete(value);
      }
      this.members.delete(facet);
    }
  }

  private add(facet: number, value: ColumnValue, doc: number): void {
    let values = this.members.get(facet);
    if (!values) this.members.set(facet, (values = new Map<ColumnValue, number[]>()));
    const docs = values.get(value);
    if (docs) docs.push(doc);
    else values.set(value, [doc]);
  }
}

/** Puts a range of documents into a path's order; says in SQL what `placeIn` of entry.ts says. */
function orderOf({ name }: DeclaredCollection, { name: path, sort, within }: DeclaredPath): string {
  const [column, inside] = [columnName(sort), within === undefined ? undefined : columnName(within)];
  const lane = `CASE WHEN ${column} IS NULL THEN '-' ELSE '+' END${inside ? ` || ${inside}` : ""}`;
  const some = inside ? `AND ${inside} IS NOT NULL` : "";
  return `INSERT INTO ${tables.order(name, path)} SELECT ${lane} AS lane, coalesce(${column}, 0) AS sort, id, number FROM ${tables.docs(name)} WHERE number >= ? AND number < ? ${some} ORDER BY lane, sort, id`;
}

/** Cuts a path's order into blocks. */
async function buildBlocks(
  statements: Statements,
  { name }: DeclaredCollection,
  { name: path }: DeclaredPath,
  piece: (work: () => void) => Promise<void>,
): Promise<void> {
  const order = new PathOrder(statements, name, path);
  const nextLane = statements.prepare(`SELECT min(lane) FROM ${tables.order(name, path)} WHERE lane > ?`);
  for (let lane = ""; ;) {
    const next = nextLane.get(lane)![0];
    if (typeof next !== "string") return;
    lane = next;
    let behind: Key | undefined = LOWEST;
    while (behind) {
      const from: Key = behind;
      await piece(() => {
        const rows = order.page(lane, from, false, ROWS_AT_ONCE);
        for (let at = 0; at < rows.length; at += FILLED_DOCS) {
          const [sort, id] = rows[at]!;
          const docs = rows.slice(at, at + FILLED_DOCS).map(([, , doc]) => doc);
          order.blocks.store(lane, { sort, id }, Uint32Array.from(docs));
        }
        const last = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1);
        behind = last && { sort: last[0], id: last[1] };
      });
    }
  }
}
