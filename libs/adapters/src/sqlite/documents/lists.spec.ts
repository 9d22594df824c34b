// Lists over more documents than the suite has: several containers, hundreds of blocks, and what is passed over in them.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { DocumentStore, DocumentUnit, Filter, ListQuery, UnitSpec } from "@gendan/eventing";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { SqliteDocumentStore } from "../document-store.js";

interface Card {
  readonly rank: number | null;
  readonly state: string;
  readonly marks: readonly string[];
}

const spec = {
  name: "cards@1",
  collections: [
    {
      name: "cards",
      columns: {
        rank: { type: "integer", of: ({ rank }: Card) => rank },
        state: { type: "text", of: ({ state }: Card) => state },
      },
      tokens: ({ marks }: Card) => marks,
      paths: [{ name: "rank", sort: "rank", filters: ["state"] }],
    },
  ],
} as unknown as UnitSpec;

const DOCS = 30_000;
/** A company's orders: ranks rise with time but not strictly, what is open is young, a few are odd. */
const cards = Array.from({ length: DOCS }, (_, n) => ({
  collection: "cards",
  id: `card-${String(n).padStart(6, "0")}`,
  sequence: 0,
  doc: {
    rank: n % 1_000 === 999 ? null : n + ((n * 7_919) % 4_000),
    state: n % 9_973 === 5 ? "odd" : n > DOCS * 0.95 ? "open" : n < 50 || n % 4_000 === 7 ? "first" : "closed",
    marks: [`d:${n % 3}`, n > 20_000 ? "new" : "old"],
  } satisfies Card,
}));

let store: DocumentStore;
let unit: DocumentUnit;
beforeAll(async () => {
  store = await SqliteDocumentStore.open({ directory: temporaryDirectory() });
  const building = await store.build(spec);
  for (let from = 0; from < DOCS; from += 5_000) await building.commit({ puts: cards.slice(from, from + 5_000) });
  await building.finish();
  unit = building;
});
afterAll(() => store.close());

const expected = (tokens: readonly string[], states: readonly string[], descending: boolean): string[] =>
  cards
    .filter(({ doc }) => doc.marks.some((mark) => tokens.includes(mark)) && states.includes(doc.state))
    .sort((a, b) => {
      const [x, y] = [a.doc.rank, b.doc.rank];
      if ((x === null) !== (y === null)) return x === null ? 1 : -1;
      return (descending ? -1 : 1) * ((x ?? 0) - (y ?? 0) || (a.id < b.id ? -1 : 1));
    })
    .map(({ id }) => id);

it.each([["open"], ["odd"], ["first"], ["open", "odd", "first"], ["closed"]])(
  "finds what is %s %s %s",
  async (...states) => {
    const where: Filter[] = [{ column: "state", op: "in", values: states }];
    for (const tokens of [["d:0"], ["d:0", "d:1", "new"], ["old"]]) {
      for (const descending of [false, true]) {
        const all = expected(tokens, states, descending);
        const query: ListQuery = { collection: "cards", path: "rank", tokens, where, descending, limit: 700 };
        expect(await unit.count(query, DOCS)).toEqual({ count: all.length, exact: true });
        let after: ListQuery["after"];
        for (let from = 0; from < Math.min(all.length, 2_100); from += 700) {
          const { rows, more } = await unit.list(after ? { ...query, after } : query);
          expect(rows.map(({ id }) => id)).toEqual(all.slice(from, from + 700));
          expect(more).toBe(all.length > from + 700);
          after = { sort: rows.at(-1)!.sort, id: rows.at(-1)!.id };
        }
        const [middle] = all.slice(all.length / 2);
        const place = cards.find(({ id }) => id === middle);
        if (!place) continue;
        const behind = { sort: place.doc.rank, id: place.id };
        const next = (await unit.list({ ...query, after: behind, limit: 9 })).rows.map(({ id }) => id);
        expect(next).toEqual(all.slice(all.indexOf(place.id) + 1, all.indexOf(place.id) + 10));
      }
    }
  },
);
