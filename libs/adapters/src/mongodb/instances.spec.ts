// Several processes on one database, each with a connection of its own: who is first, who is fenced off, and who learns what.
import { expect, it } from "@jest/globals";
import type { DocumentStore, DocumentUnit, Position } from "@gendan/eventing";
import { eventually } from "@gendan/testing";
import { describeOn } from "@gendan/testing/engines";
import { byRank, put, spec } from "@gendan/testing/suites/document-store/cards";
import { MongoDocumentStore } from "./document-store.js";
import { databasesOn } from "./fixtures/databases.js";

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);

  /** Stores on one database, as processes have them. */
  async function stores(count: number): Promise<DocumentStore[]> {
    const { database } = await databases.fresh();
    const connections = await Promise.all(Array.from({ length: count }, () => databases.connect()));
    return Promise.all(
      connections.map((connection) => MongoDocumentStore.open({ connection, database, leaseMs: 600 })),
    );
  }

  const move = (from: Position | undefined, to: Position, epoch = 1, partition = "0") => ({
    partition,
    epoch,
    from,
    to,
  });
  const cell = (amount: bigint) => ({
    rollup: "counts",
    dimension: "all",
    period: "2026-03",
    value: "",
    department: "cn",
    currency: "",
    add: { cards: amount },
  });

  it("open one unit at once, made once", async () => {
    const units = await Promise.all((await stores(4)).map((store) => store.open(spec)));
    await Promise.all(units.map((unit, n) => unit.commit({ puts: [put(`card-${n}`)] })));
    for (const unit of units) expect(await unit.count(byRank, 10)).toEqual({ count: 4, exact: true });
  });

  it("commit from one checkpoint on: exactly one wins, the others have written nothing", async () => {
    const units = await Promise.all((await stores(3)).map((store) => store.open(spec)));
    let from: Position | undefined;
    for (let round = 0; round < 8; round++) {
      const [to, begun] = [String(round), from];
      const race = units.map((unit, n) =>
        unit.commit({ puts: [put(`${round}-${n}`)], cells: [cell(1n)], checkpoints: [move(begun, to)] }).then(
          () => n,
          (error: unknown) => error,
        ),
      );
      const answers = await Promise.all(race);
      const winners = answers.filter((answer) => typeof answer === "number");
      expect(winners).toHaveLength(1);
      for (const lost of answers.filter((answer) => !winners.includes(answer as number)))
        expect(lost).toMatchObject({ code: "CHECKPOINT_LOST" });
      expect(await units[0]!.checkpoint("0")).toBe(to);
      const written = await units[1]!.getMany(
        "cards",
        [0, 1, 2].map((n) => `${round}-${n}`),
      );
      expect([...written.keys()]).toEqual([`${round}-${winners[0] as number}`]);
      from = to;
    }
    expect((await units[2]!.scanCells("counts", undefined, 9)).map(({ sums }) => sums)).toEqual([{ cards: 8n }]);
  });

  it("add to one cell at once from their own partitions, and nothing is lost", async () => {
    const units = await Promise.all((await stores(3)).map((store) => store.open(spec)));
    const commits = units.map(async (unit, n) => {
      let from: Position | undefined;
      for (let to = 1; to <= 10; to++) {
        await unit.commit({ cells: [cell(BigInt(to))], checkpoints: [move(from, String(to), 1, String(n))] });
        from = String(to);
      }
    });
    await Promise.all(commits);
    expect((await units[0]!.scanCells("counts", undefined, 9)).map(({ sums }) => sums)).toEqual([{ cards: 165n }]);
  });

  it("find a unit CLOSED that another one dropped: reading, committing, and with a first checkpoint", async () => {
    const [one, ...others] = await stores(3);
    const units = await Promise.all(others.map((store) => store.open(spec)));
    const own = await one!.open(spec);
    await own.commit({ puts: [put("a")], checkpoints: [move(undefined, "1")] });
    await one!.drop(spec.name);
    const closed = { code: "CLOSED" };
    const [reading, writing] = units as [DocumentUnit, DocumentUnit];
    await expect(own.get("cards", "a")).rejects.toMatchObject(closed);
    await expect(
      writing.commit({ puts: [put("b")], checkpoints: [move(undefined, "9", 1, "new")] }),
    ).rejects.toMatchObject(closed);
    await expect(writing.get("cards", "b")).rejects.toMatchObject(closed);
    await eventually(() =>
      reading.get("cards", "a").then(
        () => false,
        () => true,
      ),
    ); // until it is swept
    await expect(reading.get("cards", "a")).rejects.toMatchObject(closed);
    const fresh = await others[0]!.open(spec);
    expect(await fresh.scan("cards", undefined, 9)).toEqual([]);
    expect([await fresh.checkpoint("0"), await fresh.checkpoint("new")]).toEqual([undefined, undefined]);
  });

  it("switch generations together, and one that is being built cannot be opened by another", async () => {
    const [one, other] = (await stores(2)) as [DocumentStore, DocumentStore];
    const next = { ...spec, name: "cards@2" };
    const building = await one.build(next);
    await building.commit({ puts: [put("a")] });
    await expect(other.open(next)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    await building.finish();
    await one.switchTo("cards", 2, "v2");
    expect(await other.live("cards")).toEqual({ generation: 2, version: "v2" });
    const opened = await other.open(next);
    expect(await opened.count(byRank, 9)).toEqual({ count: 1, exact: true });
    await building.commit({ puts: [put("b")], checkpoints: [move(undefined, "1")] });
    await opened.commit({ puts: [put("c")], checkpoints: [move("1", "2")] });
    await expect(building.commit({ checkpoints: [move("1", "2")] })).rejects.toMatchObject({ code: "CHECKPOINT_LOST" });
  });

  it("build the same generation at once: the last one has it, the other one cannot finish", async () => {
    const [one, other] = (await stores(2)) as [DocumentStore, DocumentStore];
    const first = await one.build(spec);
    await first.commit({ puts: [put("first")] });
    const second = await other.build(spec);
    await second.commit({ puts: [put("second")] });
    await expect(first.finish()).rejects.toMatchObject({ code: "CLOSED" });
    await second.finish();
    expect(await (await one.open(spec)).get("cards", "first")).toBeUndefined();
    expect(await (await one.open(spec)).get("cards", "second")).toBeDefined();
  });
});
