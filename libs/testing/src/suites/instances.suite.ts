// Two instances of one service on shared engines: what the kernel must do when another process writes, folds and switches too.
import { afterEach, describe, expect, it } from "@jest/globals";
import { newId, startService, type Engines, type Envelope, type Service } from "@gendan/eventing";
import { mirror, POISON, tally, tallyService, TALLIES, type Cures, type TallyDoc } from "../kernel/tally.js";
import type { VirtualClock } from "../virtual-clock.js";
import { eventually } from "../wait.js";

/** The engines of two instances on the same fresh data, each as its own process would open them. */
export interface SharedEngines {
  readonly engines: readonly [Engines, Engines];
  readonly clock: VirtualClock;
  close(): Promise<void>;
}

const by = (more: Partial<Envelope> = {}): Envelope => ({
  commandId: newId(),
  actor: { kind: "person", id: "li" },
  ...more,
});

/** A lease of an instance that is gone passes on within this time, in milliseconds. */
const PATIENCE_MS = 30_000;

/** `bothWrite`: the event store takes appends of both; else only the first instance is sent commands. */
export function instancesSuite(
  open: () => Promise<SharedEngines>,
  { bothWrite }: { readonly bothWrite: boolean },
): void {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function start(cures?: Cures) {
    const { engines, clock, close } = await open();
    closing.push(close);
    const services: Service[] = [];
    for (const each of engines) {
      const service = await startService(tallyService(cures), each);
      closing.push(() => service.stop());
      services.push(service);
    }
    const [first, second] = services as [Service, Service];
    const [one, other] = [first.commands(tally), (bothWrite ? second : first).commands(tally)];
    return { engines, clock, first, second, one, other };
  }

  const caughtUp = (...services: Service[]) =>
    eventually(async () => {
      const all = async () => (await Promise.all(services.map((service) => service.caughtUp()))).every(Boolean);
      return (await all()) && (await all());
    }, PATIENCE_MS);
  const totalIn = async (service: Service, id: string) =>
    (await service.documents("tallies").get<TallyDoc>("tallies", id))?.doc.total;

  describe("two instances", () => {
    it("decide on what the other one wrote, refusals too", async () => {
      const { one, other } = await start();
      await one.handle("a", { type: "Open", department: "" }, by());
      const count = by();
      expect(await other.handle("a", { type: "Count", by: 1 }, count)).toMatchObject({ status: "accepted" });
      expect(await one.handle("a", { type: "Count", by: 1 }, count)).toMatchObject({ status: "replayed", revision: 1 });
      await one.handle("a", { type: "Close" }, by());
      expect(await other.handle("a", { type: "Count", by: 1 }, by())).toMatchObject({ status: "refused" });
      await one.handle("a", { type: "Open", department: "" }, by());
      expect(await other.handle("a", { type: "Count", by: 1 }, by())).toMatchObject({ status: "accepted" });
      expect((await one.load("a"))?.state.total).toBe(2);
      await Promise.all(
        Array.from({ length: 20 }, (_, n) => [one, other][n % 2]!.handle("a", { type: "Count", by: 1 }, by())),
      );
      expect((await other.load("a"))?.state.total).toBe(22);
    });

    it("show each what was written through the other, and answer its settle tokens", async () => {
      const { first, second, one, other } = await start();
      for (let n = 0; n < 5; n++) {
        const id = `t${n}`;
        await one.handle(id, { type: "Open", department: "" }, by());
        const counted = await other.handle(id, { type: "Count", by: n }, by());
        for (const service of [first, second]) {
          const found = await service.documents("tallies").at<TallyDoc>("tallies", id, 1, PATIENCE_MS);
          expect(found?.doc.total).toBe(n);
          expect(await service.settled((counted as { settleToken: string }).settleToken, PATIENCE_MS)).toBe(true);
        }
      }
    });

    it("tell those who follow documents what either has written, whichever folds it", async () => {
      const { first, second, one, other } = await start();
      const told: Record<string, number>[] = [];
      for (const service of [first, second]) {
        for (const collection of ["tallies", "heard"]) {
          const newest: Record<string, number> = {};
          told.push(newest);
          service.documents(collection).onChanged(collection, ({ id, from, sequence }) => {
            expect(from).toBeLessThan(sequence);
            newest[id] = Math.max(sequence, newest[id] ?? -1);
          });
        }
      }
      await one.handle("a", { type: "Open", department: "" }, by());
      await other.handle("a", { type: "Count", by: 2 }, by());
      await eventually(() => told.every(({ a = -1 }, n) => a === (n % 2 === 0 ? 1 : 16)), PATIENCE_MS);
      for (const service of [first, second]) {
        expect((await service.documents("tallies").at<TallyDoc>("tallies", "a", 1, PATIENCE_MS))?.doc.total).toBe(2);
        expect((await service.documents("heard").at("heard", "a", 16, PATIENCE_MS))?.sequence).toBe(16);
      }
    });

    it("publish each event once, react once and fold once", async () => {
      const { engines, first, second, one, other } = await start();
      const ids = Array.from({ length: 20 }, (_, n) => `t${n}`);
      for (const id of ids) await one.handle(id, { type: "Open", department: "cn" }, by());
      await Promise.all(ids.map((id, n) => [one, other][n % 2]!.handle(id, { type: "Count", by: 2 }, by())));
      await caughtUp(first, second);
      const seen: string[] = [];
      const consumer = await engines[0].bus.consume({
        group: `suite-${newId()}`,
        topics: [TALLIES],
        startAt: () => Promise.resolve("first" as const),
        handle: ({ messages }) =>
          Promise.resolve(void seen.push(...messages.map(({ key, sequence }) => `${key}:${sequence}`))),
        failed: () => undefined,
      });
      await eventually(() => new Set(seen).size === 40, PATIENCE_MS);
      await consumer.stop();
      expect(seen.sort()).toEqual(ids.flatMap((id) => [`${id}:0`, `${id}:16`]).sort());
      for (const id of ids) expect((await first.commands(mirror).load(id))?.state).toEqual({ sum: 2, times: 1 });
      expect((await first.verify()).differences).toEqual([]);
      expect((await second.verify()).differences).toEqual([]);
    });

    it("go on without each other: what one leaves, the other takes up", async () => {
      const { first, second, one, other } = await start();
      await one.handle("a", { type: "Open", department: "" }, by());
      await caughtUp(first, second);
      const leaving = bothWrite ? first : second;
      const staying = bothWrite ? second : first;
      await leaving.stop();
      const after = await other.handle("a", { type: "Count", by: 7 }, by());
      expect(await staying.settled((after as { settleToken: string }).settleToken, PATIENCE_MS)).toBe(true);
      await caughtUp(staying);
      expect(await totalIn(staying, "a")).toBe(7);
      expect((await staying.verify()).differences).toEqual([]);
    });

    it("switch generations together, and read on meanwhile", async () => {
      const { clock, first, second, one, other } = await start();
      for (let n = 0; n < 10; n++) await one.handle(`t${n}`, { type: "Open", department: "cn" }, by());
      await caughtUp(first, second);
      let rebuilding = true;
      const rebuilt = second.rebuild("tallies").finally(() => (rebuilding = false));
      for (let n = 0; rebuilding || n < 10; n++) {
        await other.handle(`t${n % 10}`, { type: "Count", by: 1 }, by());
        for (const service of [first, second]) expect(await totalIn(service, `t${n % 10}`)).toBeDefined();
      }
      await rebuilt;
      await eventually(() => {
        clock.advance(1_000);
        return [first, second].every((service) => service.documents("tallies").state().generation === 2);
      }, PATIENCE_MS);
      await one.handle("t0", { type: "Count", by: 100 }, by());
      await caughtUp(first, second);
      for (const service of [first, second]) {
        expect(await totalIn(service, "t0")).toBeGreaterThan(100);
        expect((await service.verify()).differences).toEqual([]);
      }
    });

    it("fire a deadline once in effect", async () => {
      const { engines, clock, first, second, one } = await start();
      const closesAt = new Date(clock.now() + 3_600_000).toISOString();
      await one.handle("a", { type: "Open", department: "", closesAt }, by());
      await caughtUp(first, second);
      clock.advance(3_600_000);
      await eventually(async () => {
        clock.advance(30_000);
        return !(await one.load("a"))?.state.open;
      }, PATIENCE_MS);
      clock.advance(60_000);
      await caughtUp(first, second);
      expect((await engines[0].eventStore.read("tally.tally-a")).map(({ type }) => type)).toEqual([
        "tally.opened",
        "tally.closed",
      ]);
    });

    it("try what is parked again by themselves, without holding up its neighbours", async () => {
      const cures: Cures = { cured: false };
      const { clock, first, second, one } = await start(cures);
      for (const id of ["a", "b"]) await one.handle(id, { type: "Open", department: "" }, by());
      for (const n of [POISON, 2]) await one.handle("a", { type: "Count", by: n }, by());
      await one.handle("b", { type: "Count", by: 5 }, by());
      await caughtUp(first, second);
      expect((await first.commands(mirror).load("b"))?.state.sum).toBe(5);
      expect(await first.parked()).toHaveLength(2);
      cures.cured = true;
      await eventually(async () => {
        clock.advance(15_000);
        return (await first.parked()).length === 0;
      }, PATIENCE_MS);
      expect((await first.commands(mirror).load("a"))?.state).toEqual({ sum: POISON + 2, times: 2 });
    });
  });
}
