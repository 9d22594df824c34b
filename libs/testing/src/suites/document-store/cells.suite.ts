// The part of the document store's suite about roll-up cells.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { CellDelta, CellQuery, Commit, DocumentUnit } from "@gendan/eventing";

/** What is added to one cell, by its key's parts. */
const cell = (amount: bigint, over: Partial<CellDelta> = {}, samples?: [number, number][]): CellDelta => ({
  rollup: "sums",
  dimension: "colour",
  period: "2026-03-02",
  value: "red",
  department: "cn/east",
  currency: "CNY",
  add: { amount, cards: 1n },
  ...(samples ? { histogram: new Map(samples) } : {}),
  ...over,
});

const march: Omit<CellQuery, "departments"> = {
  rollup: "sums",
  dimension: "colour",
  ranges: [{ from: "2026-03-01", to: "2026-03-31" }],
};

/** Everything that is kept of a roll-up, page by page. */
async function cellsOf(unit: DocumentUnit, rollup: string, page = 100) {
  const all: Awaited<ReturnType<DocumentUnit["scanCells"]>>[number][] = [];
  for (;;) {
    const next = await unit.scanCells(rollup, all.at(-1), page);
    all.push(...next);
    if (next.length < page) return all;
  }
}

export function documentCellSuite(open: (commit?: Commit) => Promise<{ readonly unit: DocumentUnit }>): void {
  describe("cells", () => {
    it("are summed over periods, departments with what is below them, and values; nothing is lost to rounding", async () => {
      const large = 9_007_199_254_740_993n;
      const { unit } = await open({
        cells: [
          cell(large, {}, [[120, 1]]),
          cell(1n, { department: "cn/eastern" }, [[120, 1]]),
          cell(2n, { department: "cn/east/sales", period: "2026-03-31" }, [[7, 2]]),
          cell(4n, { value: "blue" }),
          cell(8n, { currency: "EUR" }),
          cell(16n, { period: "2026-03" }),
          cell(32n, { period: "2026-04-01" }),
          cell(64n, { dimension: "all", value: "" }),
          cell(128n, { department: "cn/east-west" }),
        ],
      });
      await unit.commit({ cells: [cell(1n)] });
      expect(await unit.cells({ ...march, departments: ["cn/east"] })).toEqual([
        { value: "blue", currency: "CNY", sums: { amount: 4n, cards: 1n } },
        {
          value: "red",
          currency: "CNY",
          sums: { amount: large + 3n, cards: 3n },
          histogram: new Map([
            [7, 2],
            [120, 1],
          ]),
        },
        { value: "red", currency: "EUR", sums: { amount: 8n, cards: 1n } },
      ]);
      const nested = ["cn/east/sales", "cn/east", "cn/east"];
      expect(await unit.cells({ ...march, departments: nested })).toEqual(
        await unit.cells({ ...march, departments: ["cn/east"] }),
      );
      expect((await unit.cells({ ...march, departments: [""], values: ["red", "none"], histogram: false }))[0]).toEqual(
        {
          value: "red",
          currency: "CNY",
          sums: { amount: large + 132n, cards: 5n },
        },
      );
      expect(await unit.cells({ ...march, departments: [] })).toEqual([]);
      expect(await unit.cells({ ...march, departments: ["de"] })).toEqual([]);
    });

    it("are summed over whole months and the days at their edges, by period or by department", async () => {
      const { unit } = await open({
        cells: [
          cell(16n, { period: "2026-03" }),
          cell(1n, { period: "2026-03-05" }),
          cell(32n, { period: "2026-04-01" }),
          cell(64n, { period: "2026-04", department: "cn/west" }),
        ],
      });
      const ranges = [
        { from: "2026-03", to: "2026-03" },
        { from: "2026-04-01", to: "2026-04-02" },
      ];
      const by = async (kind: "period" | "department" | "value", from = ranges) =>
        (await unit.cells({ ...march, ranges: from, departments: [""], by: kind })).map(({ value, sums }) => [
          value,
          sums["amount"],
        ]);
      expect(await by("value")).toEqual([["red", 48n]]);
      expect(await by("period")).toEqual([
        ["2026-03", 16n],
        ["2026-04-01", 32n],
      ]);
      expect(await by("department", [{ from: "2026-03", to: "2026-04" }])).toEqual([
        ["cn/east", 16n],
        ["cn/west", 64n],
      ]);
    });

    it("are the same sums in whatever order and pieces the differences come, and gone where nothing is left", async () => {
      const { unit } = await open();
      const difference = fc.record({
        period: fc.constantFrom("2026-03", "2026-03-02"),
        value: fc.constantFrom("red", "blue"),
        department: fc.constantFrom("", "cn", "cn/east"),
        amount: fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
        samples: fc.option(fc.array(fc.tuple(fc.integer({ min: -2, max: 20_000 }), fc.integer({ min: 1, max: 3 })))),
      });
      const all = fc.uniqueArray(difference, { maxLength: 8, selector: ({ amount }) => amount });
      const property = fc.asyncProperty(all, fc.nat(), async (differences, seed) => {
        const deltas = differences.map(({ amount, samples, ...key }) => cell(amount, key, samples ?? undefined));
        const back = deltas.map((delta): CellDelta => ({
          ...delta,
          add: { amount: -delta.add["amount"]!, cards: -1n },
          ...(delta.histogram ? { histogram: new Map([...delta.histogram].map(([bucket, n]) => [bucket, -n])) } : {}),
        }));
        await unit.commit({ cells: deltas });
        const together = await cellsOf(unit, "sums");
        expect(together.map(({ sums }) => sums["cards"]!).reduce((sum, n) => sum + n, 0n)).toBe(BigInt(deltas.length));
        await unit.commit({ cells: back });
        expect(await cellsOf(unit, "sums")).toEqual([]);
        const turned = [...deltas.slice(seed % (deltas.length + 1)), ...deltas.slice(0, seed % (deltas.length + 1))];
        for (const delta of turned.reverse()) await unit.commit({ cells: [delta] });
        expect(await cellsOf(unit, "sums", 2)).toEqual(together);
        await unit.commit({ cells: back });
      });
      await fc.assert(property, { numRuns: 40 });
    });

    it("are there as long as anything is left of them", async () => {
      const { unit } = await open({ cells: [cell(5n, {}, [[7, 1]])] });
      await unit.commit({ cells: [cell(0n, { add: { amount: -5n, cards: -1n } })] });
      expect(await cellsOf(unit, "sums")).toMatchObject([
        { sums: { amount: 0n, cards: 0n }, histogram: new Map([[7, 1]]) },
      ]);
      await unit.commit({ cells: [cell(0n, { add: {} }, [[7, -1]])] });
      expect(await cellsOf(unit, "sums")).toEqual([]);
    });

    it("of one roll-up are no cells of another, and what is not declared is refused", async () => {
      const { unit } = await open({
        cells: [cell(1n), cell(0n, { rollup: "counts", dimension: "all", value: "", add: { cards: 3n } })],
      });
      expect((await cellsOf(unit, "counts")).map(({ sums }) => sums)).toEqual([{ cards: 3n }]);
      const refused = { code: "STORE_REFUSED" };
      const wrong = [{ rollup: "none" }, { dimension: "size" }, { period: "2026" }, { add: { price: 1n } }];
      for (const over of wrong) {
        await expect(unit.commit({ cells: [cell(1n, over)] })).rejects.toMatchObject(refused);
      }
      await expect(unit.cells({ ...march, rollup: "none", departments: [""] })).rejects.toMatchObject(refused);
      await expect(unit.cells({ ...march, dimension: "size", departments: [""] })).rejects.toMatchObject(refused);
      const mixed = [{ from: "2026-03", to: "2026-03-31" }];
      await expect(unit.cells({ ...march, ranges: mixed, departments: [""] })).rejects.toMatchObject(refused);
    });

    it("beyond 64 bits are refused, and what was there stays", async () => {
      const most = 2n ** 63n - 1n;
      const { unit } = await open({ cells: [cell(most)] });
      for (const amount of [1n, 2n ** 64n]) {
        await expect(unit.commit({ cells: [cell(amount)] })).rejects.toMatchObject({ code: "STORE_REFUSED" });
      }
      expect((await cellsOf(unit, "sums")).map(({ sums }) => sums["amount"])).toEqual([most]);
    });
  });
}
