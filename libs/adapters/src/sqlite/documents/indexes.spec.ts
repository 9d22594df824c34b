// The indexes of a unit, read from its tables: after any changes they hold what its documents' columns and marks say, no more, no less.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "@jest/globals";
import type { UnitSpec } from "@gendan/eventing";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { SqliteDocumentStore } from "../document-store.js";
import { BLOCK_DOCS } from "./blocks.js";
import { bitsUpTo, addPacked, documentsOf, packedOf } from "./bits.js";

interface Card {
  readonly rank: number | null;
  readonly colour: string | null;
  readonly marks: readonly string[];
  readonly words: readonly string[];
}

const spec = {
  name: "cards@1",
  collections: [
    {
      name: "cards",
      columns: {
        rank: { type: "integer", of: ({ rank }: Card) => rank },
        colour: { type: "text", of: ({ colour }: Card) => colour },
      },
      tokens: ({ marks }: Card) => marks,
      words: ({ words }: Card) => words,
      keys: { word: ({ words }: Card) => words },
      paths: [
        { name: "rank", sort: "rank", filters: ["colour"] },
        { name: "rankInColour", sort: "rank", within: "colour" },
      ],
    },
  ],
} as unknown as UnitSpec;

const DOCS = 9_000; // more than one container, and some dozen blocks

/** The same numbers every time. */
function* randomly(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield (state = (state * 48_271) % 2_147_483_647);
}

const next = randomly(7);
const below = (bound: number): number => next.next().value % bound;
const anyCard = (): Card => ({
  rank: below(8) === 0 ? null : below(2_000),
  colour: [null, "red", "blue", "green"][below(4)]!,
  marks: ["d:", "d:cn", "u:li", "u:wang"].filter(() => below(2) === 0),
  words: ["tea", "cup", `w${below(3_000)}`].filter(() => below(2) === 0),
});
const put = (n: number) => ({ collection: "cards", id: `card-${n}`, sequence: 0, doc: anyCard() });

/** What the tables hold beside what the documents say they should, in lines: those that are missing, and those too many. */
function differences(file: string): { readonly missing: string[]; readonly tooMany: string[]; readonly lines: number } {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = <Row extends readonly unknown[]>(sql: string): Row[] => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement.all() as unknown as Row[];
  };
  const there = rows<[number, unknown, number, Uint8Array<ArrayBuffer>]>(
    'SELECT facet, value, container, bits FROM "facets/cards"',
  ).flatMap(([facet, value, container, bytes]) => {
    const bits = bitsUpTo(3 * DOCS);
    addPacked(bits, container, packedOf(bytes));
    const carried = value instanceof Uint8Array ? null : value;
    return [...documentsOf(bits)].map((doc) => lineOf("facet", facet, carried, doc));
  });
  there.push(...rows('SELECT value, id, number FROM "keys/cards"').map((row) => lineOf("key", ...row)));
  for (const path of ["rank", "rankInColour"]) {
    type OrderRow = readonly [lane: string, sort: number, id: string, number: number];
    const order = rows<OrderRow>(`SELECT lane, sort, id, number FROM "order/cards/${path}" ORDER BY lane, sort, id`);
    there.push(...order.map((row) => lineOf(path, ...row)));
    const blocks = rows<[string, Uint8Array]>(
      `SELECT lane, numbers FROM "blocks/cards/${path}" ORDER BY lane, sort, id`,
    );
    expect(Math.max(0, ...blocks.map(([, bytes]) => bytes.length / 4))).toBeLessThanOrEqual(BLOCK_DOCS);
    expect(blocks.flatMap(([lane, bytes]) => pieceOf(lane, bytes))).toEqual(cutAs(blocks, order));
  }
  const due = rows<[number, string, string]>('SELECT number, id, doc FROM "docs/cards"').flatMap(
    ([number, id, doc]) => {
      const { rank, colour, marks, words } = JSON.parse(doc) as Card;
      const lane = rank === null ? "-" : "+";
      return [
        ...marks.map((mark) => lineOf("facet", 0, mark, number)),
        ...words.flatMap((word) => [lineOf("facet", 1, word, number), lineOf("key", word, id, number)]),
        lineOf("facet", 2, colour, number),
        lineOf("rank", lane, rank ?? 0, id, number),
        ...(colour === null ? [] : [lineOf("rankInColour", lane + colour, rank ?? 0, id, number)]),
      ];
    },
  );
  db.close();
  const [has, wants] = [new Set(there), new Set(due)];
  expect([there.length, due.length]).toEqual([has.size, wants.size]);
  return {
    missing: due.filter((line) => !has.has(line)),
    tooMany: there.filter((line) => !wants.has(line)),
    lines: due.length,
  };
}

const lineOf = (...parts: readonly unknown[]): string => JSON.stringify(parts);

function numbersIn({ buffer, byteOffset, length }: Uint8Array): number[] {
  return [...new Uint32Array(buffer, byteOffset, length / 4)];
}

/** A block as its lane and its documents by number. */
const pieceOf = (lane: string, bytes: Uint8Array): string =>
  lineOf(
    lane,
    numbersIn(bytes).sort((a, b) => a - b),
  );

/** The order, cut into pieces of the blocks' sizes. */
function cutAs(
  blocks: readonly (readonly [string, Uint8Array])[],
  order: readonly (readonly [lane: string, sort: number, id: string, number: number])[],
): string[] {
  let at = 0;
  const pieces = blocks.map(([lane, bytes]) => {
    const piece = order.slice(at, (at += numbersIn(bytes).length)).filter((row) => row[0] === lane);
    return lineOf(
      lane,
      piece.map((row) => row[3]).sort((a, b) => a - b),
    );
  });
  expect(at).toBe(order.length);
  return pieces;
}

it("hold what the documents say, built at once and then changed in any way", async () => {
  const directory = temporaryDirectory();
  const file = join(directory, "cards@1.db");
  const store = await SqliteDocumentStore.open({ directory });
  const unit = await store.build(spec);
  for (let from = 0; from < DOCS; from += 1_000) {
    await unit.commit({ puts: Array.from({ length: 1_000 }, (_, n) => put(from + n)) });
  }
  await unit.finish();
  const built = differences(file);
  expect(built).toMatchObject({ missing: [], tooMany: [] });
  expect(built.lines).toBeGreaterThan(5 * DOCS);
  for (let round = 0; round < 10; round++) {
    const size = 1 + below(300);
    await unit.commit({
      puts: Array.from({ length: size }, () => put(below(2 * DOCS))),
      inserts: Array.from({ length: size }, () => put(below(2 * DOCS))),
      deletes: Array.from({ length: size }, () => ({ collection: "cards", id: `card-${below(DOCS)}` })),
    });
    const bad = { ...put(1), doc: { ...anyCard(), rank: 0.5 } };
    if (round % 5 === 0) await expect(unit.commit({ puts: [put(2), put(3), bad] })).rejects.toThrow();
  }
  expect(differences(file)).toMatchObject({ missing: [], tooMany: [] });
  await store.close();
});

it("are cut into blocks of a bounded size, and empty again when every document is gone", async () => {
  const directory = temporaryDirectory();
  const store = await SqliteDocumentStore.open({ directory });
  const unit = await store.open(spec);
  const puts = Array.from({ length: 1_500 }, (_, n) => put(n));
  for (let from = 0; from < puts.length; from += 100) await unit.commit({ puts: puts.slice(from, from + 100) });
  expect(differences(join(directory, "cards@1.db"))).toMatchObject({ missing: [], tooMany: [] });
  const gone = puts.map(({ collection, id }) => ({ collection, id }));
  for (let from = 0; from < gone.length; from += 500) await unit.commit({ deletes: gone.slice(from, from + 500) });
  await store.close();
  const db = new DatabaseSync(join(directory, "cards@1.db"), { readOnly: true });
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%/%'").all();
  expect(names).toHaveLength(7);
  for (const { name } of names) expect(db.prepare(`SELECT count(*) AS n FROM "${String(name)}"`).get()!["n"]).toBe(0);
  db.close();
});
