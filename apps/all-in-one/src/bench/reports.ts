// A declared report over twelve months, from the roll-up cells of one million orders.
import { join } from "node:path";
import type { CellDelta, Contribution } from "@gendan/eventing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { CellDifferences } from "@gendan/eventing/read/cells";
import { unitSpec } from "@gendan/eventing/read/generation";
import { facts } from "@gendan/analytics-service/read/facts";
import { percentile, type Figure } from "./figures.js";
import { generatedOrder } from "./generated-order.js";

const ORDERS = 1_000_000;
const BATCH = 50_000;
const SAMPLES = 300;
const year = { ranges: [{ from: "2025-11", to: "2026-10" }], departments: [""] } as const;

export async function benchReports(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const store = await SqliteDocumentStore.open({ directory: join(directory, "reports") });
  const unit = await store.open(unitSpec(facts, 1));
  for (let from = 0; from < ORDERS; from += BATCH) {
    await unit.commit({ cells: cellsOf(from) });
  }
  say(`  the cells of ${ORDERS} orders written`);
  const ask = async (query: Parameters<typeof unit.cells>[0]): Promise<number> => {
    const times: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample++) {
      const start = performance.now();
      await unit.cells(query);
      times.push(performance.now() - start);
    }
    return percentile(times, 50);
  };
  const sales = { rollup: "sales", dimension: "channel", ...year } as const;
  const deliveries = { rollup: "deliveries", dimension: "channel", ...year } as const;
  const figures: Figure[] = [
    { name: "sales of 12 months by channel, 1 M orders, p50", value: await ask(sales), unit: "ms", atMost: 5 },
    {
      name: "deliveries of 12 months, 1 M orders, p50",
      value: await ask({ ...deliveries, histogram: false }),
      unit: "ms",
      atMost: 5,
    },
    { name: "  with p50 and p90 of the days", value: await ask(deliveries), unit: "ms", atMost: 5 },
  ];
  await store.close();
  return figures;
}

function cellsOf(from: number): CellDelta[] {
  const differences = new CellDifferences();
  for (let n = from; n < from + BATCH; n++) {
    const { doc } = generatedOrder(n);
    const { department, receivedOn: day, currency, channel: value } = doc;
    const at = { day, dimension: "channel", value, department };
    const amount = BigInt(doc.amount.minor);
    const sold: Contribution = {
      ...at,
      rollup: "sales",
      currency,
      add: { orders: 1n, lines: 1n, amount, freight: 0n, paid: amount },
    };
    const days = n % 4_000;
    const delivered: Contribution = {
      ...at,
      rollup: "deliveries",
      currency: "",
      add: { delivered: 1n, late: BigInt(n % 2), ms: BigInt(days) * 864_000n },
      sample: days,
    };
    differences.move([], [sold, delivered]);
  }
  return differences.deltas();
}
