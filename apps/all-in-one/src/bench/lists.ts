// Order lists over 10,000 and 1,000,000 generated documents: pages, exact totals, page 1,000, for a caller with overlapping tokens.
import { join } from "node:path";
import type { DocumentStore, DocumentUnit, ListQuery } from "@gendan/eventing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { unitSpec } from "@gendan/eventing/read/generation";
import { ordersProjection } from "@gendan/order-service/read/orders.projection";
import { percentile, type Figure } from "./figures.js";
import { generatedOrder } from "./generated-order.js";

const SMALL = 10_000;
const LARGE = 1_000_000;
const BATCH = 10_000;
const SAMPLES = 1_000;
const PAGE = 50;
const COUNT_TO = 10_000;

/** A caller who leads two departments, one within a third, and is assigned orders of others. */
const tokens = ["d:cn/east", "d:cn/east/sales", "d:de/nord", "u:person-7"];

const question: ListQuery = {
  collection: "orders",
  path: "byDue",
  tokens,
  where: [{ column: "lifecycle", op: "=", value: "inExecution" }],
  limit: PAGE,
};

export async function benchLists(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const store = await SqliteDocumentStore.open({ directory: join(directory, "lists") });
  const small = await measured(await filled(store, "small", SMALL, say));
  const large = await measured(await filled(store, "large", LARGE, say));
  await store.close();
  return [
    { name: "list of 1 M orders, page of 50, filter, 3 tokens, p50", value: large.page50, unit: "ms", atMost: 3 },
    { name: "  p99", value: large.page99, unit: "ms", atMost: 15 },
    { name: "  with the exact total to 10,000, p50", value: large.total50, unit: "ms", atMost: 8 },
    { name: "  with the exact total, p99", value: large.total99, unit: "ms", atMost: 15 },
    { name: "  page 200, p50", value: large.deep50, unit: "ms", atMost: 3 },
    {
      name: "  page p50 as a multiple of that at 10,000 orders",
      value: large.page50 / small.page50,
      unit: "×",
      atMost: 1.5,
      beside: `${small.page50.toFixed(3)} ms`,
    },
  ];
}

async function filled(
  store: DocumentStore,
  name: string,
  count: number,
  say: (line: string) => void,
): Promise<DocumentUnit> {
  const unit = await store.build({ ...unitSpec(ordersProjection, 1), name });
  for (let from = 0; from < count; from += BATCH) {
    const puts = Array.from({ length: BATCH }, (_, index) => ({
      collection: "orders",
      ...generatedOrder(from + index),
    }));
    await unit.commit({ puts });
  }
  say(`  ${count} documents written, making the indexes`);
  await unit.finish();
  return unit;
}

async function measured(unit: DocumentUnit) {
  const cursors: ListQuery["after"][] = [undefined];
  for (let page = 0; page < 200; page++) {
    const after = cursors.at(-1);
    const last = (await unit.list({ ...question, ...(after ? { after } : {}) })).rows.at(-1);
    if (last) cursors.push({ sort: last.sort, id: last.id });
  }
  const [pages, totals, deep]: [number[], number[], number[]] = [[], [], []];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const after = cursors[sample % 10];
    const query = { ...question, ...(after ? { after } : {}) };
    const start = performance.now();
    await unit.list(query);
    const listed = performance.now();
    await unit.count(query, COUNT_TO);
    totals.push(performance.now() - start);
    pages.push(listed - start);
    const far = performance.now();
    await unit.list({ ...question, after: cursors.at(-1) ?? { sort: null, id: "" } });
    deep.push(performance.now() - far);
  }
  return {
    page50: percentile(pages, 50),
    page99: percentile(pages, 99),
    total50: percentile(totals, 50),
    total99: percentile(totals, 99),
    deep50: percentile(deep, 50),
  };
}
