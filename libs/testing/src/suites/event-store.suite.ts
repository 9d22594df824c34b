// What every event store must do. An adapter's test is to pass it on the real engine.
import { afterEach, describe, expect, it } from "@jest/globals";
import {
  isFault,
  newId,
  newTraceparent,
  type Appended,
  type EventStore,
  type LogBatch,
  type StoredEvent,
} from "@gendan/eventing";
import { eventStoreSubscriptionSuite } from "./event-store-subscriptions.suite.js";
import { events, idsOf, newEvent } from "./new-events.js";
import type { Opened } from "./opened.js";

/** `open` gives an event store on fresh data for the streams of one service. */
export function eventStoreSuite(open: (service: string) => Promise<Opened<EventStore>>): void {
  const opened: Opened<EventStore>[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  /** A fresh store, and a name for a stream in it. */
  async function start() {
    const service = `suite${newId().replaceAll("-", "")}`;
    const { store, reopen } = opened[opened.push(await open(service)) - 1]!;
    return { store, reopen, stream: (id: string = newId()) => `${service}.thing-${id}` };
  }

  describe("append", () => {
    it("counts revisions from 0 and gives back what it was given", async () => {
      const { store, stream } = await start();
      const [name, [first, second, third]] = [stream(), events(3)];
      expect(await store.append(name, "none", [first!])).toMatchObject({ revision: 0 });
      const { revision, position } = await store.append(name, 0, [second!, third!]);
      expect(revision).toBe(2);
      const found = await store.read(name);
      expect(found).toMatchObject(
        [first, second, third].map((event, at) => ({ ...event, stream: name, revision: at })),
      );
      expect(found[2]!.position).toBe(position);
    });

    it("keeps the correlation and the trace that an event came with, and needs none", async () => {
      const { store, stream } = await start();
      const [name, [plain, given]] = [stream(), events(2)];
      const traced = { ...given!, meta: { ...given!.meta, correlation: "request-7", traceparent: newTraceparent() } };
      await store.append(name, "none", [plain!, traced]);
      const found = await store.read(name);
      expect(found.map(({ meta }) => meta)).toEqual([plain!.meta, traced.meta]);
      // Its id says which event it is: told again within another request it is the same one.
      const again = { ...traced, meta: { ...traced.meta, correlation: "request-8", traceparent: newTraceparent() } };
      expect(await store.append(name, 0, [again])).toMatchObject({ revision: 1 });
      expect((await store.read(name))[1]!.meta).toEqual(traced.meta);
    });

    it("keeps every kind of JSON, any script, and a megabyte", async () => {
      const { store, stream } = await start();
      const data = {
        text: "订单 «Ñandú» 🚚 \u0000 \" ' \\ \u2028 \ud83d",
        values: [null, true, 0, -1.5, 1e21, "", [], {}],
        large: "大".repeat(350_000),
      };
      const [name, event] = [stream("产品-a%_b'\""), newEvent(data)];
      await store.append(name, "none", [event]);
      expect(await store.read(name)).toMatchObject([{ ...event, data }]);
    });

    it("refuses an append without events, and data that is not JSON, and takes others meanwhile", async () => {
      const { store, stream } = await start();
      const cycle: { self?: unknown } = {};
      cycle.self = cycle;
      const bad = [[], [newEvent(1n)], [newEvent(), newEvent(cycle)], [newEvent(() => 0)]];
      const [good, ...refused] = await Promise.allSettled([
        store.append(stream(), "none", events(1)),
        ...bad.map((none) => store.append(stream("bad"), "none", none)),
      ]);
      expect(good).toMatchObject({ status: "fulfilled" });
      for (const each of refused) expect(each).toMatchObject({ status: "rejected", reason: { code: "STORE_REFUSED" } });
      expect(await store.read(stream("bad"))).toEqual([]);
    });

    it("refuses any other revision than the stream's, and names it", async () => {
      const { store, stream } = await start();
      const name = stream();
      const refused = (expected: number | "none", actual: number | "none", count = 1) =>
        expect(store.append(name, expected, events(count))).rejects.toMatchObject({
          code: "REVISION_CONFLICT",
          stream: name,
          actual,
        });
      await refused(0, "none");
      await store.append(name, "none", events(2));
      await refused("none", 1);
      await refused(0, 1);
      await refused(0, 1, 3);
      await refused(2, 1);
      expect(await store.read(name)).toHaveLength(2);
    });

    it("takes the same events again as the append that they were", async () => {
      const { store, stream } = await start();
      const [name, two, more] = [stream(), events(2), events(3)];
      const once = await store.append(name, "none", two);
      expect(await store.append(name, "none", two)).toEqual(once);
      const later = await store.append(name, 1, more);
      expect(await store.append(name, "none", two)).toEqual(once);
      expect(await store.append(name, 1, more)).toEqual(later);
      const atOnce = await Promise.all([store.append(name, 4, [two[0]!]), store.append(name, 4, [two[0]!])]);
      expect(atOnce[1]).toEqual(atOnce[0]);
      expect(idsOf(await store.read(name))).toEqual(idsOf([...two, ...more, two[0]!]));
    });

    it("takes the same ids at another place, or some of them, for a conflict", async () => {
      const { store, stream } = await start();
      const [name, [a, b, c, d]] = [stream(), events(4)];
      await store.append(name, "none", [a!, b!, c!]);
      const attempts = [
        [1, [a!]],
        ["none", [a!, c!]],
        [1, [c!, d!]],
        ["none", [b!]],
      ] as const;
      for (const [expected, again] of attempts) {
        await expect(store.append(name, expected, again)).rejects.toMatchObject({
          code: "REVISION_CONFLICT",
          actual: 2,
        });
      }
    });

    it("lets exactly one of sixteen writers have each revision", async () => {
      const { store, stream } = await start();
      const name = stream();
      const won: { revision: number; id: string }[] = [];
      const writer = async () => {
        for (let mine = 0; mine < 5;) {
          const event = newEvent();
          const head = (await store.read(name)).length - 1;
          try {
            const { revision } = await store.append(name, head < 0 ? "none" : head, [event]);
            mine = won.push({ revision, id: event.id }) && mine + 1;
          } catch (error) {
            if (!isFault(error, "REVISION_CONFLICT")) throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: 16 }, writer));
      won.sort((a, b) => a.revision - b.revision);
      expect(won.map(({ revision }) => revision)).toEqual(won.map((_, at) => at));
      expect(idsOf(await store.read(name))).toEqual(idsOf(won));
    });

    it("answers each of many appends at once for itself", async () => {
      const { store, stream } = await start();
      const taken = stream();
      await store.append(taken, "none", events(1));
      const names = Array.from({ length: 50 }, () => stream());
      const results = await Promise.allSettled(
        names.flatMap((name) => [store.append(name, "none", events(2)), store.append(taken, "none", events(1))]),
      );
      const positions = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.position] : []));
      expect(new Set(positions).size).toBe(50);
      for (const [at, name] of names.entries()) {
        expect(results[2 * at + 1]).toMatchObject({
          status: "rejected",
          reason: { code: "REVISION_CONFLICT", actual: 0 },
        });
        expect((await store.read(name)).at(-1)!.position).toBe(
          (results[2 * at] as PromiseFulfilledResult<Appended>).value.position,
        );
      }
    });

    it("has what it acknowledged after a restart", async () => {
      const { store, stream, reopen } = await start();
      const [name, three] = [stream(), events(3)];
      const once = await store.append(name, "none", three);
      const before = await store.read(name);
      const again = await reopen();
      expect(await again.read(name)).toEqual(before);
      expect(await again.append(name, "none", three)).toEqual(once);
      await expect(again.append(name, 1, events(1))).rejects.toMatchObject({ code: "REVISION_CONFLICT", actual: 2 });
      const next = await again.append(name, 2, events(1));
      expect(next.revision).toBe(3);
      expect(again.compare(once.position, next.position)).toBeLessThan(0);
    });
  });

  describe("read", () => {
    it("reads a stream from a revision on, up to a limit, and nothing of others", async () => {
      const { store, stream } = await start();
      const five = events(5);
      await store.append(stream("a"), "none", five);
      await store.append(stream("ab"), "none", events(1));
      expect(idsOf(await store.read(stream("a")))).toEqual(idsOf(five));
      expect(idsOf(await store.read(stream("a"), { from: 3 }))).toEqual(idsOf(five.slice(3)));
      expect(idsOf(await store.read(stream("a"), { from: 1, limit: 2 }))).toEqual(idsOf(five.slice(1, 3)));
      expect(await store.read(stream("a"), { from: 5 })).toEqual([]);
      expect(await store.read(stream("absent"))).toEqual([]);
    });

    it("reads the whole log in pages, in the order of appending", async () => {
      const { store, stream } = await start();
      const [a, b, given] = [stream(), stream(), events(13)];
      for (const [at, event] of given.entries()) {
        await store.append(at % 2 ? b : a, at < 2 ? "none" : Math.floor(at / 2) - 1, [event]);
      }
      const found: StoredEvent[] = [];
      let page: LogBatch = await store.readAll({ limit: 5 });
      for (; page.events.length > 0; page = await store.readAll({ after: page.to, limit: 5 })) {
        expect(page.events.length).toBeLessThanOrEqual(5);
        found.push(...page.events);
      }
      expect(idsOf(found)).toEqual(idsOf(given));
      expect(page.to).toBe(found.at(-1)!.position);
      expect(found.filter((event) => event.stream === a)).toEqual(await store.read(a));
      for (const [at, event] of found.slice(1).entries()) {
        expect(store.compare(found[at]!.position, event.position)).toBeLessThan(0);
        expect(store.compare(event.position, found[at]!.position)).toBeGreaterThan(0);
      }
      expect(store.compare(page.to, page.to)).toBe(0);
    });

    it("knows its head", async () => {
      const { store, stream, reopen } = await start();
      expect(await store.head()).toBeUndefined();
      expect((await store.readAll({ limit: 10 })).events).toEqual([]);
      const { position } = await store.append(stream(), "none", events(2));
      expect(await store.head()).toBe(position);
      expect(await (await reopen()).head()).toBe(position);
    });
  });

  eventStoreSubscriptionSuite(start);
}
