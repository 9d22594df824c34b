// Folding on any document store: events that come again, and aggregates interleaved in any order, end in the same documents and sums.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { systemClock, type BuildingUnit, type DocumentStore } from "@gendan/eventing";
import { Folder } from "@gendan/eventing/read/folder";
import type { Recorded } from "@gendan/eventing/read/feed";
import { unitSpec } from "@gendan/eventing/read/generation";
import { tallyService, type TallyEvent } from "../kernel/tally.js";

const [projection] = tallyService().projections;

const recorded = (id: string, sequence: number, event: TallyEvent): Recorded => {
  const { type, ...data } = event;
  const at = "2026-03-02T08:00:00.000Z";
  const meta = { actor: { kind: "person", id: "li" }, occurredAt: at, recordedAt: at } as const;
  return { id: `${id}/${sequence}`, source: "tally.tally", aggregateId: id, sequence, type, version: 1, data, meta };
};

const feed = {
  read: ({ id, source, aggregateId, sequence, meta, type, data }: Recorded) => ({
    id,
    source,
    aggregateId,
    sequence,
    meta,
    event: { type, ...(data as object) },
  }),
};

/** The events of one tally: opened, counted so often, perhaps closed. */
const story = (id: string) =>
  fc.tuple(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }), fc.boolean()).map(([counts, closed]) => {
    const events: TallyEvent[] = [
      { type: "tally.opened", department: "cn", closesAt: "2027-01-01T00:00:00.000Z" },
      ...counts.map((by): TallyEvent => ({ type: "tally.counted", by })),
      ...(closed ? [{ type: "tally.closed" } as const] : []),
    ];
    return events.map((event, sequence) => recorded(id, sequence, event));
  });

/** Batches in which each aggregate's first deliveries are in order and anything earlier may come again at any time. */
function deliveries(stories: readonly (readonly Recorded[])[], choices: readonly number[]): Recorded[][] {
  const next = stories.map(() => 0);
  const delivered: Recorded[] = [];
  const batches: Recorded[][] = [[]];
  let turn = 0;
  const choose = (among: number): number => (choices[turn++ % choices.length] ?? 0) % among;
  while (next.some((place, index) => place < stories[index]!.length)) {
    if (choose(4) === 0) batches.push([]);
    if (delivered.length > 0 && choose(3) === 0) batches.at(-1)!.push(delivered[choose(delivered.length)]!);
    const open = stories.map((_, index) => index).filter((index) => next[index]! < stories[index]!.length);
    const index = open[choose(open.length)]!;
    const event = stories[index]![next[index]!++]!;
    delivered.push(event);
    batches.at(-1)!.push(event);
  }
  return batches;
}

async function contents(unit: BuildingUnit): Promise<unknown> {
  return {
    tallies: await unit.scan("tallies", undefined, 100),
    lines: await unit.scan("lines", undefined, 100),
    totals: await unit.scan("totals", undefined, 100),
    digits: await unit.scan("digits", undefined, 100),
    deadlines: await unit.scan("deadlines", undefined, 100),
    parked: await unit.scan("parked", undefined, 100),
    cells: await unit.scanCells("counts", undefined, 100),
  };
}

export function foldingSuite(open: () => Promise<DocumentStore>): void {
  describe("folding", () => {
    it("ends in the same documents, entries, deadlines and sums, however the events come", async () => {
      const store = await open();
      const fold = async (batches: readonly (readonly Recorded[])[]): Promise<unknown> => {
        const unit = await store.scratch(unitSpec(projection!, 0));
        await unit.finish();
        const folder = await Folder.over(projection!, unit, feed, systemClock, () => undefined, { cachedDocuments: 2 });
        for (const batch of batches) await folder.apply(batch);
        const result = await contents(unit);
        await unit.close();
        return result;
      };
      await fc.assert(
        fc.asyncProperty(
          fc.tuple(story("a"), story("b"), story("c")),
          fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 }),
          async (stories, choices) => {
            const shuffled = await fold(deliveries(stories, choices));
            expect(shuffled).toEqual(await fold(stories));
          },
        ),
        { numRuns: 60 },
      );
      await store.close();
    });

    it("in bulk, committed once after many batches, ends in the same, with the last batch's checkpoint", async () => {
      const store = await open();
      const events = ["a", "b"].flatMap((id) => [
        recorded(id, 0, { type: "tally.opened", department: "cn" }),
        recorded(id, 1, { type: "tally.counted", by: 5 }),
        recorded(id, 2, { type: "tally.counted", by: 7 }),
      ]);
      const results = [];
      for (const commitAfter of [0, 1_000]) {
        const unit = await store.scratch(unitSpec(projection!, 0));
        const folder = await Folder.over(projection!, unit, feed, systemClock, () => undefined, { commitAfter });
        for (const [index, event] of events.entries()) {
          const from = index === 0 ? undefined : `${index - 1}`;
          await folder.apply([event], { partition: "log", epoch: 0, from, to: `${index}` });
        }
        await folder.flush();
        await unit.finish();
        results.push([await contents(unit), await unit.checkpoint("log")]);
        await unit.close();
      }
      expect(results[1]).toEqual(results[0]);
      expect(results[0]![1]).toBe("5");
      await store.close();
    });

    it("puts what follows from a document under ids of its own, and takes away what follows no more", async () => {
      const store = await open();
      const unit = await store.scratch(unitSpec(projection!, 0));
      await unit.finish();
      const folder = await Folder.over(projection!, unit, feed, systemClock, () => undefined);
      const digits = async () =>
        (await unit.list<object>({ collection: "digits", path: "worth", limit: 10 })).rows.map(
          ({ id, sequence, doc }) => [id, sequence, doc],
        );
      const count = async (id: string, sequence: number, by: number): Promise<void> =>
        folder.apply([recorded(id, sequence, { type: "tally.counted", by })]);
      await folder.apply([recorded("a", 0, { type: "tally.opened", department: "cn" })]);
      await count("a", 1, 272);
      await folder.apply([recorded("b", 0, { type: "tally.opened", department: "cn" })]);
      expect(await digits()).toEqual([
        ["b/0", 0, { worth: 0 }],
        ["a/7", 0, { worth: 70 }],
        ["a/2", 0, { worth: 202 }],
      ]);
      await count("a", 2, 31); // 303
      expect(await digits()).toEqual([
        ["a/0", 0, { worth: 0 }],
        ["b/0", 0, { worth: 0 }],
        ["a/3", 0, { worth: 303 }],
      ]);
      await unit.close();
      await store.close();
    });

    describe("events that change nothing", () => {
      const elsewhere = { ...recorded("x", 0, { type: "tally.closed" }), source: "tally.other" };
      const opened = recorded("a", 0, { type: "tally.opened", department: "cn" });
      const counted = recorded("a", 1, { type: "tally.counted", by: 5 });
      const move = (from: string | undefined, to: string, epoch = 1) => ({ partition: "log", epoch, from, to });
      const open1 = async () => {
        const store = await open();
        const unit = await store.scratch(unitSpec(projection!, 0));
        await unit.finish();
        const told: (readonly Recorded[])[] = [];
        const over = () => Folder.over(projection!, unit, feed, systemClock, (_, events) => void told.push(events));
        return { store, unit, told, over, folder: await over() };
      };

      it("are told at once, and their checkpoint moves with the next commit", async () => {
        const { store, unit, told, folder } = await open1();
        await folder.apply([opened], move(undefined, "0"));
        await folder.apply([elsewhere], move("0", "1"));
        await folder.apply([elsewhere], move("1", "2"));
        expect([told, folder.isAhead, await unit.checkpoint("log")]).toEqual([
          [[opened], [elsewhere], [elsewhere]],
          true,
          "0",
        ]);
        await folder.apply([counted], move("2", "3"));
        expect([folder.isAhead, await unit.checkpoint("log")]).toEqual([false, "3"]);
        expect((await unit.get("tallies", "a"))?.sequence).toBe(1);
        await store.close();
      });

      it("or by themselves, when they are moved on", async () => {
        const { store, unit, folder } = await open1();
        await folder.apply([elsewhere], move(undefined, "0"));
        expect(await unit.checkpoint("log")).toBeUndefined();
        await folder.moveOn();
        expect([folder.isAhead, await unit.checkpoint("log")]).toEqual([false, "0"]);
        await folder.apply([opened], move("0", "1"));
        expect(await unit.checkpoint("log")).toBe("1");
        await store.close();
      });

      it("are read again by who takes the partition over, and whoever had it cannot move it any more", async () => {
        const { store, unit, folder, over } = await open1();
        await folder.apply([elsewhere], move(undefined, "0"));
        const next = await over();
        expect(await unit.checkpoint("log")).toBeUndefined();
        await next.apply([elsewhere, opened], move(undefined, "1", 2));
        await expect(folder.moveOn()).rejects.toMatchObject({ code: "CHECKPOINT_LOST" });
        await expect(folder.apply([counted], move("0", "2"))).rejects.toMatchObject({ code: "CHECKPOINT_LOST" });
        expect([await unit.checkpoint("log"), (await unit.get("tallies", "a"))?.sequence]).toEqual(["1", 0]);
        await folder.forget("log");
        await folder.apply([counted], move("1", "2", 3));
        expect(await unit.checkpoint("log")).toBe("2");
        await store.close();
      });

      it("do not stand in the way of a batch that the store refuses in part", async () => {
        const { store, unit, folder } = await open1();
        await folder.apply([elsewhere], move(undefined, "0"));
        const tooMuch = recorded("b", 0, { type: "tally.counted", by: 2 ** 53 });
        await folder.apply([opened, tooMuch], move("0", "1"));
        expect([await unit.checkpoint("log"), (await unit.get("tallies", "a"))?.sequence, folder.parked]).toEqual([
          "1",
          0,
          1,
        ]);
        await store.close();
      });
    });
  });
}
