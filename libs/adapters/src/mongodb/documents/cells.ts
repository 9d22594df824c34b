// One roll-up's cells: read, added to and written back in the caller's transaction, taken away when nothing is left of them,
// and summed here, because the server's sums of 64-bit numbers turn into floating ones.
import type { AnyBulkWriteOperation, ClientSession, Collection, Document } from "mongodb";
import { topmost, type CellDelta, type CellKey, type CellQuery, type CellSum, type RollupSpec } from "@gendan/eventing";
import { BEHIND_SLASH, checkCellQuery, checkedAmounts, checkedKey, grainOf, whole } from "../../documents/cells.js";
import { changedHistogram, sumHistograms } from "../../documents/histogram.js";
import { compareText, textOf } from "../../documents/text.js";
import { READ_MS } from "./lists.js";
import type { Explain } from "./plans.js";
import { fieldOf, rising } from "./rows.js";

export interface CellRow {
  readonly _id: string;
  /** Dimension and grain: days and months of one dimension are series of their own. */
  readonly s: string;
  readonly p: string;
  readonly d: string;
  readonly v: string;
  readonly u: string;
  readonly m: Readonly<Record<string, bigint>>;
  readonly h?: Uint8Array;
}

/** What a commit adds to one cell. */
export interface CellChange {
  readonly id: string;
  readonly key: CellKey;
  readonly amounts: readonly bigint[];
  readonly histogram: ReadonlyMap<number, number>;
}

export type ScannedCell = CellKey & Omit<CellSum, "value" | "currency">;
type Group = { readonly value: string; readonly currency: string; sums: bigint[]; readonly histograms: Uint8Array[] };

/** 64-bit numbers come as such, histograms as bytes. */
const EXACT = { useBigInt64: true, promoteBuffers: true } as const;
const READ_AT_ONCE = 2_000;

export const CELL_INDEX = { name: "series", key: rising(["s", "p", "d", "v", "u"]) };

const BY = { value: "v", period: "p", department: "d" } as const;

export class Cells {
  constructor(
    private readonly collection: Collection<CellRow>,
    private readonly rollup: RollupSpec,
    private readonly plan: Explain,
  ) {}

  // ---- writing ----

  /** What differences come to, cell by cell. Throws STORE_REFUSED for what is not declared. */
  changesOf(deltas: readonly CellDelta[]): CellChange[] {
    const changes = new Map<string, CellChange>();
    for (const delta of deltas) {
      const key = checkedKey(this.rollup, delta);
      const amounts = checkedAmounts(this.rollup, delta);
      const id = idOf(key);
      const before = changes.get(id);
      const histogram = new Map(before?.histogram);
      if (this.rollup.histogram)
        for (const [bucket, count] of delta.histogram ?? [])
          histogram.set(bucket, (histogram.get(bucket) ?? 0) + count);
      const sums = before ? amounts.map((amount, index) => amount + before.amounts[index]!) : amounts;
      changes.set(id, { id, key, amounts: sums, histogram });
    }
    return [...changes.values()];
  }

  /** Throws STORE_REFUSED where a sum is beyond 64 bits. */
  async apply(changes: readonly CellChange[], session: ClientSession | undefined): Promise<void> {
    const options = session ? { session } : {};
    for (let from = 0; from < changes.length; from += READ_AT_ONCE) {
      const some = changes.slice(from, from + READ_AT_ONCE);
      const ids = some.map(({ id }) => id);
      const rows = await this.collection.find({ _id: { $in: ids } }, { ...options, ...EXACT }).toArray();
      const stored = new Map(rows.map((row) => [row._id, row]));
      const writes = some.flatMap((change) => this.writeOf(change, stored.get(change.id)));
      if (writes.length > 0) await this.collection.bulkWrite(writes, { ...options, ordered: false });
    }
  }

  private writeOf({ id, key, amounts, histogram }: CellChange, row?: CellRow): AnyBulkWriteOperation<CellRow>[] {
    const sums = this.rollup.measures.map((measure, index) => whole(amounts[index]! + storedOf(row, measure)));
    const bytes = histogram.size > 0 ? changedHistogram(row?.h ?? null, histogram) : row?.h;
    if (!bytes && sums.every((sum) => sum === 0n)) return row ? [{ deleteOne: { filter: { _id: id } } }] : [];
    const replacement = {
      s: seriesOf(key.dimension, key.period),
      p: key.period,
      d: key.department,
      v: key.value,
      u: key.currency,
      m: Object.fromEntries(this.rollup.measures.map((measure, index) => [fieldOf(measure), sums[index]!])),
      ...(bytes ? { h: bytes } : {}),
    };
    return [{ replaceOne: { filter: { _id: id }, replacement, upsert: true } }];
  }

  // ---- reading ----

  async sum(query: CellQuery): Promise<CellSum[]> {
    checkCellQuery(this.rollup, query);
    const by = BY[query.by ?? "value"];
    const groups = new Map<string, Group>();
    for (const pipeline of this.pipelinesOf(query)) {
      for await (const row of this.collection.aggregate<CellRow>(pipeline, { ...EXACT, maxTimeMS: READ_MS })) {
        const [value, currency] = [row[by], row.u];
        const name = JSON.stringify([value, currency]);
        let group = groups.get(name);
        if (!group)
          groups.set(name, (group = { value, currency, sums: this.rollup.measures.map(() => 0n), histograms: [] }));
        this.rollup.measures.forEach((measure, index) => (group.sums[index]! += storedOf(row, measure)));
        if (row.h) group.histograms.push(row.h);
      }
    }
    return [...groups.values()]
      .sort((a, b) => compareText(a.value, b.value) || compareText(a.currency, b.currency))
      .map(({ value, currency, sums, histograms }) => ({ value, currency, ...this.summed(sums, histograms) }));
  }

  /** The plans of a query, as the server tells them. */
  async explain(query: CellQuery): Promise<readonly string[]> {
    return (await Promise.all(this.pipelinesOf(query).map(this.plan))).flat();
  }

  /** In the order of their ids. */
  async scan(after: CellKey | undefined, limit: number): Promise<ScannedCell[]> {
    const behind = after ? { _id: { $gt: idOf(checkedKey(this.rollup, after)) } } : {};
    const rows = await this.collection
      .find(behind, { ...EXACT, sort: { _id: 1 }, limit, maxTimeMS: READ_MS })
      .toArray();
    return rows.map((row) => {
      const sums = this.rollup.measures.map((measure) => storedOf(row, measure));
      return { ...keyOf(this.rollup.name, row), ...this.summed(sums, row.h ? [row.h] : []) };
    });
  }

  /** One for each range of periods; the departments and values are looked for in the index. */
  private pipelinesOf({
    dimension,
    ranges,
    departments,
    values,
    by = "value",
    histogram = true,
  }: CellQuery): Document[][] {
    const within = topmost(departments.map(textOf));
    if (within.length === 0) return [];
    const narrowed: Document[] = [];
    if (!within.includes("")) narrowed.push({ $or: within.flatMap(inDepartment) });
    if (values) narrowed.push({ v: { $in: values.map(textOf) } });
    const fields = { _id: 0, [BY[by]]: 1, u: 1, m: 1, ...(histogram ? { h: 1 } : {}) };
    return ranges.map(({ from, to }) => [
      { $match: { s: seriesOf(dimension, from), p: { $gte: from, $lt: behind(to) } } },
      ...(narrowed.length > 0 ? [{ $match: { $and: narrowed } }] : []),
      { $project: fields },
    ]);
  }

  private summed(sums: readonly bigint[], histograms: readonly Uint8Array[]): Omit<CellSum, "value" | "currency"> {
    return {
      sums: Object.fromEntries(this.rollup.measures.map((measure, index) => [measure, sums[index]!])),
      ...(histograms.length > 0 ? { histogram: sumHistograms(histograms) } : {}),
    };
  }
}

const storedOf = (row: CellRow | undefined, measure: string): bigint => BigInt(row?.m[fieldOf(measure)] ?? 0n);

const seriesOf = (dimension: string, period: string): string => `${dimension} ${grainOf(period)}`;

const idOf = ({ dimension, period, value, department, currency }: CellKey): string =>
  JSON.stringify([dimension, period, value, department, currency]);

function keyOf(rollup: string, { _id }: CellRow): CellKey {
  const [dimension, period, value, department, currency] = JSON.parse(_id) as [string, string, string, string, string];
  return { rollup, dimension, period, value, department, currency };
}

/** Before the next period and behind this one: a bound that is not included needs nothing of what follows it in the index. */
const behind = (period: string): string => `${period}~`;

const inDepartment = (department: string): Document[] => [
  { d: department },
  { d: { $gte: `${department}/`, $lt: `${department}${BEHIND_SLASH}` } },
];
