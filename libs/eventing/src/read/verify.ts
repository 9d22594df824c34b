// Folds every document again from the log and compares: what verification and every chaos test rest on.
import { isDeepStrictEqual } from "node:util";
import { Fault } from "../faults.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentStore, DocumentUnit } from "../ports/document-store.js";
import type { Difference, Progress } from "../runtime/service.js";
import { DEADLINES } from "../time/deadline.js";
import type { Feed } from "./feed.js";
import { collectionsOf } from "./projection.js";
import { fill, Generation, unitSpec } from "./generation.js";
import { FILL_BATCH, FILLING } from "./generations.js";

const PAGE = 1_000;
/** How often it is tried to catch a moment at which both stand at the same position. */
const ROUNDS = 100;

/** The differences between a live generation and a fresh fold, at most `limit`; the live one stands still while they are compared. */
export async function verifyProjection(
  live: Generation,
  feed: Feed,
  store: DocumentStore,
  clock: Clock,
  progress: Progress,
  limit: number,
): Promise<{ checked: number; differences: Difference[] }> {
  const { projection } = live;
  const unit = await store.scratch(unitSpec(projection, 0));
  try {
    const fresh = await Generation.over(projection, unit, feed, clock, () => undefined, FILLING);
    const group = `${projection.name}@verify`;
    await fill(fresh, feed, group, FILL_BATCH, (events) => progress(events, undefined));
    await unit.finish();
    for (let round = 0; round < ROUNDS; round++) {
      await fill(fresh, feed, group, FILL_BATCH, () => undefined);
      const compared = await live.still(async () => {
        if (!(await fresh.sameAs(live))) return undefined;
        const result = await compare(projection.name, live.unit, unit, live, limit);
        // Another instance may have folded meanwhile.
        return (await fresh.sameAs(live)) ? result : undefined;
      });
      if (compared) return compared;
      await live.nextBatch(100);
    }
    throw new Fault("READ_BEHIND", `${projection.name} is too busy to be verified; try again when it is quieter.`);
  } finally {
    await unit.close();
  }
}

async function compare(
  name: string,
  live: DocumentUnit,
  fresh: DocumentUnit,
  { projection }: Generation,
  limit: number,
): Promise<{ checked: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  let checked = 0;
  const note = (what: string, id: string, a: unknown, b: unknown): void => {
    checked++;
    if (differences.length < limit && !isDeepStrictEqual(a, b))
      differences.push({ projection: name, what, id, live: a, refolded: b });
  };
  const collections = collectionsOf(projection).map(({ name }) => name);
  for (const collection of [...new Set([...collections, DEADLINES])]) {
    const one = pages(
      (after: string | undefined) => live.scan(collection, after, PAGE),
      ({ id }) => id,
    );
    const other = pages(
      (after: string | undefined) => fresh.scan(collection, after, PAGE),
      ({ id }) => id,
    );
    await inStep(
      one,
      other,
      ({ id }) => id,
      (id, a, b) => note(collection, id, a && { ...a }, b && { ...b }),
    );
  }
  for (const { name: rollup } of projection.rollups ?? []) {
    type Cell = Awaited<ReturnType<DocumentUnit["scanCells"]>>[number];
    const key = ({ period, dimension, value, department, currency }: Cell): string =>
      JSON.stringify([dimension, value, department, currency, period]);
    const read = async (from: DocumentUnit): Promise<Map<string, Cell>> => {
      const all = new Map<string, Cell>();
      for await (const cell of pages(
        (after: Cell | undefined) => from.scanCells(rollup, after, PAGE),
        (last) => last,
      ))
        all.set(key(cell), cell);
      return all;
    };
    const [a, b] = [await read(live), await read(fresh)];
    for (const id of new Set([...a.keys(), ...b.keys()])) note(rollup, id, a.get(id), b.get(id));
  }
  return { checked, differences };
}

async function* pages<Row, After>(
  read: (after: After | undefined) => Promise<readonly Row[]>,
  afterOf: (row: Row) => After,
): AsyncGenerator<Row> {
  let after: After | undefined;
  for (;;) {
    const page = await read(after);
    yield* page;
    if (page.length < PAGE) return;
    after = afterOf(page.at(-1)!);
  }
}

/** Walks two sequences in id order and pairs equal ids; a missing partner is undefined. */
async function inStep<Row>(
  one: AsyncGenerator<Row>,
  other: AsyncGenerator<Row>,
  idOf: (row: Row) => string,
  pair: (id: string, a: Row | undefined, b: Row | undefined) => void,
): Promise<void> {
  let [a, b] = [await one.next(), await other.next()];
  while (!a.done || !b.done) {
    const [idA, idB] = [a.done ? undefined : idOf(a.value), b.done ? undefined : idOf(b.value)];
    if (idA !== undefined && idA === idB) {
      pair(idA, a.value as Row, b.value as Row);
      [a, b] = [await one.next(), await other.next()];
    } else if (idB === undefined || (idA !== undefined && idA < idB)) {
      pair(idA!, a.value as Row, undefined);
      a = await one.next();
    } else {
      pair(idB, undefined, b.value as Row);
      b = await other.next();
    }
  }
}
