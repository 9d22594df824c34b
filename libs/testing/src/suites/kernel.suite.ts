// What the kernel does on any engines: the same suite runs on the embedded default and on servers.
import { afterEach, describe, expect, it } from "@jest/globals";
import {
  DryRun,
  messagesOf,
  newId,
  newTraceparent,
  startService,
  type Engines,
  type Envelope,
  type Service,
  type ServiceDefinition,
} from "@gendan/eventing";
import {
  FOLD_POISON,
  mirror,
  POISON,
  tally,
  tallyService,
  TALLIES,
  type Cures,
  type TallyDoc,
} from "../kernel/tally.js";
import { eventually } from "../wait.js";
import type { VirtualClock } from "../virtual-clock.js";

/** Engines on fresh data. `reopen` closes them and opens the same data again. */
export interface KernelEngines {
  readonly engines: Engines;
  readonly clock: VirtualClock;
  reopen(): Promise<Engines>;
  close(): Promise<void>;
}

/** Engines that `open` gives again, on the same data, whenever they are asked for; `gone` is done after the last closing. */
export async function reopenableEngines(
  clock: VirtualClock,
  open: () => Promise<Engines>,
  gone: () => Promise<void> = () => Promise.resolve(),
): Promise<KernelEngines> {
  const engines = await open();
  let current = engines;
  const closeAll = async (): Promise<void> => {
    for (const engine of [current.eventStore, current.bus, current.documents, current.operational, current.keys])
      await engine.close();
  };
  return {
    engines,
    clock,
    async close() {
      await closeAll();
      await gone();
    },
    async reopen() {
      await closeAll();
      return (current = await open());
    },
  };
}

const li = { kind: "person", id: "li" } as const;
const by = (more: Partial<Envelope> = {}): Envelope => ({ commandId: newId(), actor: li, ...more });

/** Waits until the service has seen everything, twice in a row, since a reaction may have made more to see. */
export async function caughtUp(service: Service): Promise<void> {
  await eventually(async () => (await service.caughtUp()) && (await service.caughtUp()), 20_000);
}

export function kernelSuite(open: () => Promise<KernelEngines>): void {
  const running: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of running.splice(0).reverse()) await stop();
  });

  async function start(definition: ServiceDefinition = tallyService()) {
    const given = await open();
    running.push(() => given.close());
    const service = await startService(definition, given.engines);
    running.push(() => service.stop());
    return { ...given, service, tallies: service.commands(tally) };
  }
  const documentOf = async (service: Service, id: string) =>
    (await service.documents("tallies").get<TallyDoc>("tallies", id))?.doc;

  describe("an event that erases a person", () => {
    it("destroys the key by itself, also for who was erased while nobody looked", async () => {
      const erasing = { ...tallyService(), aggregates: [{ ...tally, erasedBy: "tally.closed" as const }, mirror] };
      const { service, tallies, engines, reopen } = await start(tallyService());
      await engines.keys.obtain("a");
      await tallies.handle("a", { type: "Open", department: "cn" }, by());
      await tallies.handle("a", { type: "Close" }, by());
      await service.stop();
      const opened = await reopen();
      const again = await startService(erasing, opened);
      running.push(() => again.stop());
      await eventually(async () => (await opened.keys.getMany(["a"])).size === 0);
      expect(await opened.keys.obtain("a")).toBe("erased");
      await opened.keys.obtain("b");
      await again.commands(tally).handle("b", { type: "Open", department: "cn" }, by());
      await again.commands(tally).handle("b", { type: "Close" }, by());
      await eventually(async () => (await opened.keys.getMany(["b"])).size === 0);
      expect(again.notReady()).toEqual([]);
    });
  });

  describe("a dry run", () => {
    it("folds each event that would be once, onto what is there, and writes nothing", async () => {
      let folded = 0;
      const counting = tallyService(undefined, "1", (total, by) => ((folded += 1), total + by));
      const { service, tallies } = await start(counting);
      await tallies.handle("a", { type: "Open", department: "cn" }, by());
      await tallies.handle("a", { type: "Count", by: 1 }, by());
      await caughtUp(service);
      folded = 0;
      await new DryRun().during(async () => {
        await tallies.handle("a", { type: "Count", by: 2 }, by());
        const [doc, again] = await Promise.all([documentOf(service, "a"), documentOf(service, "a")]);
        expect([doc?.total, again?.total]).toEqual([3, 3]);
        await tallies.handle("a", { type: "Count", by: 4 }, by());
        const found = await service.documents("tallies").at<TallyDoc>("tallies", "a", 3);
        expect(found).toMatchObject({ sequence: 3, doc: { total: 7, department: "cn" } });
        expect((await documentOf(service, "a"))?.total).toBe(7);
      });
      expect(folded).toBe(2);
      expect((await documentOf(service, "a"))?.total).toBe(1);
    });
  });

  describe("a command", () => {
    it("is accepted once, replayed under its id, and refused under an id that carried another body", async () => {
      const { tallies } = await start();
      const opened = by();
      const open = { type: "Open", department: "cn/east" } as const;
      expect(await tallies.handle("a", open, opened)).toMatchObject({
        status: "accepted",
        revision: 0,
        settleToken: `${TALLIES}/a:0`,
      });
      const count = by();
      expect(await tallies.handle("a", { type: "Count", by: 2 }, count)).toMatchObject({
        status: "accepted",
        revision: 1,
        settleToken: `${TALLIES}/a:16`,
      });
      expect(await tallies.handle("a", { type: "Count", by: 3 }, by())).toMatchObject({ revision: 2 });
      expect(await tallies.handle("a", { type: "Count", by: 2 }, count)).toMatchObject({
        status: "replayed",
        revision: 1,
        settleToken: `${TALLIES}/a:16`,
      });
      expect(await tallies.handle("a", { type: "Count", by: 9 }, count)).toMatchObject({
        status: "refused",
        refusals: [{ code: "COMMAND_ID_REUSED" }],
      });
      expect((await tallies.load("a"))?.state.total).toBe(5);
    });

    it("is known again after a restart", async () => {
      const { service, tallies, reopen } = await start();
      await tallies.handle("a", { type: "Open", department: "cn" }, by());
      const count = by();
      await tallies.handle("a", { type: "Count", by: 2 }, count);
      await service.stop();
      const again = await startService(tallyService(), await reopen());
      running.push(() => again.stop());
      expect(await again.commands(tally).handle("a", { type: "Count", by: 2 }, count)).toMatchObject({
        status: "replayed",
        revision: 1,
      });
    });

    it("that changes nothing or is refused stores nothing", async () => {
      const { tallies } = await start();
      expect(await tallies.handle("a", { type: "Count", by: 1 }, by())).toMatchObject({
        status: "refused",
        refusals: [{ code: "NOT_OPEN" }],
      });
      await tallies.handle("a", { type: "Open", department: "" }, by());
      expect(await tallies.handle("a", { type: "Open", department: "" }, by())).toMatchObject({
        status: "unchanged",
        revision: 0,
        settleToken: "a:-1",
      });
      expect((await tallies.load("a"))?.revision).toBe(0);
    });

    it("of another instance is decided again on what the first one wrote", async () => {
      const { service, engines, tallies } = await start();
      await tallies.handle("a", { type: "Open", department: "" }, by());
      // A second command handler on the same store, with a cache of its own: another instance as far as the stream knows.
      const { commandsOf } = await import("@gendan/eventing/write/commands");
      const other = commandsOf(tally, { store: engines.eventStore, clock: engines.clock });
      await Promise.all(
        Array.from({ length: 10 }, (_, n) => [tallies, other][n % 2]!.handle("a", { type: "Count", by: 1 }, by())),
      );
      await tallies.handle("a", { type: "Count", by: 1 }, by());
      expect((await tallies.load("a"))?.state.total).toBe(11);
      await caughtUp(service);
      expect((await documentOf(service, "a"))?.total).toBe(11);
    });

    it("that expects a revision is decided only there; a repetition is replayed whatever it expects", async () => {
      const { tallies, service } = await start();
      const count = { type: "Count", by: 1 } as const;
      const expecting = (expectedRevision: number, more: Partial<Envelope> = {}) => by({ expectedRevision, ...more });
      const notFound = { status: "refused", refusals: [{ code: "NOT_FOUND", id: "a" }] };
      expect(await tallies.handle("a", count, expecting(0))).toMatchObject(notFound);
      const opened = expecting(-1);
      const open = { type: "Open", department: "cn" } as const;
      expect(await tallies.handle("a", open, opened)).toMatchObject({ status: "accepted", revision: 0 });
      expect(await tallies.handle("a", open, opened)).toMatchObject({ status: "replayed", revision: 0 });
      expect(await tallies.handle("a", open, expecting(-1))).toMatchObject({
        status: "refused",
        refusals: [{ code: "REVISION_CHANGED", field: "expectedRevision", expected: "-1", actual: "0" }],
      });
      const first = expecting(0);
      expect(await tallies.handle("a", count, first)).toMatchObject({ status: "accepted", revision: 1 });
      expect(await tallies.handle("a", count, expecting(0))).toMatchObject({ refusals: [{ actual: "1" }] });
      // Asked for again under another expectation it is the same command: what is expected is no part of its body.
      expect(await tallies.handle("a", count, { ...first, expectedRevision: 7 })).toMatchObject({ status: "replayed" });
      expect(await tallies.handle("a", count, expecting(0, { tokens: ["d:de"] }))).toMatchObject(notFound);
      expect(await service.engines.eventStore.read("tally.tally-a")).toHaveLength(2);
    });

    it("that expects a revision loses to another instance that was there first, and stores nothing", async () => {
      const { engines, tallies, service } = await start();
      await tallies.handle("a", { type: "Open", department: "" }, by());
      const { commandsOf } = await import("@gendan/eventing/write/commands");
      const other = commandsOf(tally, { store: engines.eventStore, clock: engines.clock });
      await other.load("a");
      // The other one's change slips in between what is remembered here and the append.
      const slow = async () => {
        await other.handle("a", { type: "Count", by: 5 }, by());
        return { type: "Count", by: 1 } as const;
      };
      const body = { type: "Count", by: 1 };
      expect(await tallies.handle("a", slow, by({ expectedRevision: 0, body }))).toMatchObject({
        status: "refused",
        refusals: [{ code: "REVISION_CHANGED", expected: "0", actual: "1" }],
      });
      expect(await service.engines.eventStore.read("tally.tally-a")).toHaveLength(2);
      expect((await tallies.load("a"))?.state.total).toBe(5);
    });

    it("out of the caller's scope answers as one for something absent", async () => {
      const { tallies } = await start();
      await tallies.handle("a", { type: "Open", department: "cn/east" }, by());
      const outsider = by({ tokens: ["d:de"] });
      expect(await tallies.handle("a", { type: "Count", by: 1 }, outsider)).toMatchObject({
        status: "refused",
        refusals: [{ code: "NOT_FOUND" }],
      });
      expect(await tallies.load("a", ["d:de"])).toBeUndefined();
      expect(await tallies.handle("a", { type: "Count", by: 1 }, by({ tokens: ["d:cn"] }))).toMatchObject({
        status: "accepted",
      });
    });

    it("that took its sender's sight away is replayed to them, and nothing else of it is there", async () => {
      const { tallies } = await start();
      const [mine, other] = [by({ tokens: ["d:cn"] }), by({ tokens: ["d:cn"] })];
      await tallies.handle("a", { type: "Open", department: "cn" }, by());
      await tallies.handle("a", { type: "Close" }, by());
      const away = { type: "Open", department: "de" } as const;
      const moved = await tallies.handle("a", away, mine);
      expect(moved).toMatchObject({ status: "accepted" });
      expect(await tallies.handle("a", away, mine)).toMatchObject({ status: "replayed", revision: 2 });
      const notFound = { status: "refused", refusals: [{ code: "NOT_FOUND" }] };
      expect(await tallies.handle("a", { ...away, department: "us" }, mine)).toMatchObject(notFound);
      expect(await tallies.handle("a", away, other)).toMatchObject(notFound);
      expect(await tallies.load("a", mine.tokens)).toBeUndefined();
      expect(await tallies.load("a", mine.tokens, other.commandId)).toBeUndefined();
      expect(await tallies.load("a", mine.tokens, mine.commandId)).toMatchObject({ revision: 2 });
    });

    it("from the future is refused as a decision, recorded as disputed when it is a fact", async () => {
      const { tallies, clock, service } = await start();
      await tallies.handle("a", { type: "Open", department: "" }, by());
      const tomorrow = { occurredAt: new Date(clock.now() + 86_400_000).toISOString() };
      expect(await tallies.handle("a", { type: "Count", by: 1 }, by(tomorrow))).toMatchObject({
        refusals: [{ code: "OCCURRED_IN_FUTURE" }],
      });
      expect(await tallies.handle("a", { type: "Report", by: 1 }, by(tomorrow))).toMatchObject({ status: "accepted" });
      const [, reported] = await service.engines.eventStore.read("tally.tally-a");
      expect(reported!.meta).toMatchObject({
        claimedAt: tomorrow.occurredAt,
        occurredAt: new Date(clock.now()).toISOString(),
      });
      expect((await tallies.load("a"))?.state.total).toBe(0);
    });
  });

  describe("numbers", () => {
    it("are dealt once each, also at the same time", async () => {
      const { service } = await start();
      const dealt = await Promise.all(Array.from({ length: 250 }, () => service.number("SO", 2026)));
      expect(new Set(dealt).size).toBe(250);
      expect(dealt).toContain("SO-2026-000001");
    });
  });

  describe("a reaction", () => {
    it("applies each event once in effect, also when all of it comes again", async () => {
      const { service, tallies, engines } = await start();
      await tallies.handle("a", { type: "Open", department: "" }, by());
      let token = "";
      for (const n of [1, 2, 3]) {
        const outcome = await tallies.handle("a", { type: "Count", by: n }, by());
        if (outcome.status !== "refused") token = outcome.settleToken;
      }
      expect(await service.settled(token, 5_000)).toBe(true);
      await caughtUp(service);
      const stored = await engines.eventStore.read("tally.tally-a");
      await engines.bus.publish(stored.flatMap(messagesOf("tally", [tally])));
      await caughtUp(service);
      expect((await service.commands(mirror).load("a"))?.state).toEqual({ sum: 6, times: 3 });
      expect((await service.documents("heard").get<{ times: number }>("heard", "a"))?.doc.times).toBe(4);
    });

    it("that reads a stream finds in it what the reactions before it have sent", async () => {
      const { service, tallies } = await start();
      await tallies.handle("a", { type: "Open", department: "" }, by());
      for (const n of [1, 2, 3]) await tallies.handle("a", { type: "Count", by: n }, by());
      await caughtUp(service);
      expect((await service.commands(mirror).load("a-echo"))?.state).toEqual({ sum: 1 + 3 + 6, times: 3 });
    });

    it("answers for a token whether it was applied, after a restart too", async () => {
      const { service, tallies, reopen } = await start();
      await tallies.handle("a", { type: "Open", department: "" }, by());
      expect(await service.settled("a:0", 5_000)).toBe(true);
      expect(await service.settled("a:16", 0)).toBe(false);
      expect(await service.settled(`${TALLIES}/a:0`, 0)).toBe(true);
      expect(await service.settled(`${TALLIES}/a:16`, 0)).toBe(false);
      // Nothing here hears that topic, so there is nothing to wait for.
      expect(await service.settled("gendan.others/a:16", 0)).toBe(true);
      expect(await service.settled("nonsense", 0)).toBe(false);
      await service.stop();
      const again = await startService(tallyService(), await reopen());
      running.push(() => again.stop());
      expect(await again.settled("a:0", 5_000)).toBe(true);
    });

    it("that fails parks its aggregate's later events in order, and nobody else's, until they are redriven", async () => {
      const cures: Cures = { cured: false };
      const { service, tallies } = await start(tallyService(cures));
      for (const id of ["a", "b"]) await tallies.handle(id, { type: "Open", department: "" }, by());
      for (const n of [1, POISON, 2]) await tallies.handle("a", { type: "Count", by: n }, by());
      await tallies.handle("b", { type: "Count", by: 5 }, by());
      await caughtUp(service);
      expect((await service.commands(mirror).load("a"))?.state.sum).toBe(1);
      expect((await service.commands(mirror).load("b"))?.state.sum).toBe(5);
      expect((await service.parked()).map(({ sequence, type }) => [sequence, type])).toEqual([
        [32, "tally.counted"],
        [48, "tally.counted"],
      ]);
      expect(await service.redrive()).toEqual({ redriven: 0, parked: 2 });
      cures.cured = true;
      expect(await service.redrive()).toEqual({ redriven: 2, parked: 0 });
      expect((await service.commands(mirror).load("a"))?.state).toEqual({ sum: 1 + POISON + 2, times: 3 });
      expect(await service.parked()).toEqual([]);
    });
  });

  describe("a projection", () => {
    it("shows a document at the revision asked for, and says READ_BEHIND when it does not come", async () => {
      const { service, tallies } = await start();
      await tallies.handle("a", { type: "Open", department: "" }, by());
      await tallies.handle("a", { type: "Count", by: 4 }, by());
      expect(await service.documents("tallies").at<TallyDoc>("tallies", "a", 1)).toMatchObject({
        sequence: 1,
        doc: { total: 4 },
      });
      await expect(service.documents("tallies").at("tallies", "a", 9, 20)).rejects.toMatchObject({
        code: "READ_BEHIND",
      });
    });

    it("parks an aggregate that cannot be folded, serves its neighbours, and goes on after the cure", async () => {
      const cures: Cures = { cured: false };
      const { service, tallies } = await start(tallyService(cures));
      for (const id of ["a", "b"]) await tallies.handle(id, { type: "Open", department: "" }, by());
      for (const n of [1, FOLD_POISON, 2]) await tallies.handle("a", { type: "Count", by: n }, by());
      await tallies.handle("b", { type: "Count", by: 5 }, by());
      await caughtUp(service);
      expect((await documentOf(service, "a"))?.total).toBe(1);
      expect((await documentOf(service, "b"))?.total).toBe(5);
      expect((await service.parked()).map(({ where, sequence }) => [where, sequence])).toEqual([
        ["tally/tallies", 2],
        ["tally/tallies", 3],
      ]);
      cures.cured = true;
      expect(await service.redrive()).toEqual({ redriven: 2, parked: 0 });
      expect((await documentOf(service, "a"))?.total).toBe(1 + FOLD_POISON + 2);
      expect((await service.verify()).differences).toEqual([]);
    });

    it("is rebuilt beside the live generation while reads and commands go on", async () => {
      const { service, tallies } = await start();
      for (let n = 0; n < 50; n++) await tallies.handle(`t${n}`, { type: "Open", department: "cn" }, by());
      await caughtUp(service);
      let reads = 0;
      let rebuilding = true;
      const rebuilt = service.rebuild("tallies").finally(() => (rebuilding = false));
      while (rebuilding) {
        await tallies.handle(`t${reads % 50}`, { type: "Count", by: 1 }, by());
        expect((await documentOf(service, `t${reads++ % 50}`))?.department).toBe("cn");
      }
      await rebuilt;
      await caughtUp(service);
      expect(service.documents("tallies").state()).toMatchObject({ generation: 2, rebuilding: false });
      expect(reads).toBeGreaterThan(0);
      const { differences, checked } = await service.verify();
      expect(differences).toEqual([]);
      expect(checked).toBeGreaterThan(50);
    });

    it("of another version is made anew at the next start, and verification finds a wrong one", async () => {
      const { service, tallies, reopen } = await start(tallyService({ cured: false }, "1", (a, b) => a + b + 1));
      await tallies.handle("a", { type: "Open", department: "" }, by());
      await tallies.handle("a", { type: "Count", by: 1 }, by());
      await caughtUp(service);
      await service.stop();
      const engines = await reopen();
      const same = await startService(tallyService(), engines);
      await caughtUp(same);
      const { differences } = await same.verify();
      expect(differences.map(({ what }) => what).sort()).toEqual([
        "counts",
        "counts",
        "digits",
        "digits",
        "tallies",
        "totals",
      ]);
      await same.stop();
      const newer = await startService(tallyService({ cured: false }, "2"), engines);
      running.push(() => newer.stop());
      await eventually(() => newer.documents("tallies").state().generation === 2);
      await caughtUp(newer);
      expect((await documentOf(newer, "a"))?.total).toBe(1);
      expect((await newer.verify()).differences).toEqual([]);
    });
  });

  describe("a deadline", () => {
    it("fires when it is due, with the due time as its business time, and once in effect", async () => {
      const { service, tallies, clock, engines } = await start();
      const closesAt = new Date(clock.now() + 3_600_000).toISOString();
      await tallies.handle("a", { type: "Open", department: "", closesAt }, by());
      await service.documents("tallies").at("tallies", "a", 0);
      clock.advance(30_000);
      expect((await tallies.load("a"))?.state.open).toBe(true);
      clock.advance(3_600_000);
      await eventually(async () => !(await tallies.load("a"))?.state.open);
      const events = await engines.eventStore.read("tally.tally-a");
      expect(events.map(({ type, meta }) => [type, meta.occurredAt])).toEqual([
        ["tally.opened", expect.any(String)],
        ["tally.closed", closesAt],
      ]);
      clock.advance(60_000);
      await caughtUp(service);
      expect(await engines.eventStore.read("tally.tally-a")).toHaveLength(2);
    });
  });

  describe("a correlation and a trace", () => {
    it("go from a command to its events, their messages, reactions and folds, and change nothing of them", async () => {
      const { service, tallies, engines } = await start();
      const trace = { correlation: "request-7", traceparent: newTraceparent() };
      await tallies.handle("a", { type: "Open", department: "" }, by());
      const count = by(trace);
      expect(await tallies.handle("a", { type: "Count", by: 1 }, count)).toMatchObject({ status: "accepted" });
      // The same command within another request is the same command, and its events stay as they were.
      const again = { ...count, correlation: "request-8", traceparent: newTraceparent() };
      expect(await tallies.handle("a", { type: "Count", by: 1 }, again)).toMatchObject({
        status: "replayed",
        revision: 1,
      });
      await caughtUp(service);
      const [opened, counted] = await engines.eventStore.read("tally.tally-a");
      expect(opened!.meta).not.toHaveProperty("correlation");
      expect(counted!.meta).toMatchObject(trace);
      const told = messagesOf("tally", [tally, mirror]);
      expect(told(counted!)).toMatchObject([trace]);
      expect(told(opened!)[0]).not.toHaveProperty("traceparent");
      const [seen] = await engines.eventStore.read("tally.mirror-a");
      expect(seen!.meta).toMatchObject({ ...trace, causedBy: told(counted!)[0]!.id });
    });
  });

  describe("the relay", () => {
    it("publishes in order, with the same ids when it publishes again", async () => {
      const { service, tallies, engines } = await start();
      const seen: string[] = [];
      const consumer = await engines.bus.consume({
        group: "spec",
        topics: [TALLIES],
        startAt: () => Promise.resolve("first" as const),
        handle: ({ messages }) =>
          Promise.resolve(void seen.push(...messages.map(({ key, sequence }) => `${key}:${sequence}`))),
        failed: () => undefined,
      });
      running.push(() => consumer.stop());
      await tallies.handle("a", { type: "Open", department: "" }, by());
      await tallies.handle("a", { type: "Count", by: 1 }, by());
      await eventually(() => seen.length === 2);
      expect(seen).toEqual(["a:0", "a:16"]);
      expect(service.notReady()).toEqual([]);
    });
  });
}
