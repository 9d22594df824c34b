// What every event store must do for those who follow its log.
import { describe, expect, it } from "@jest/globals";
import type { EventStore, LogBatch } from "@gendan/eventing";
import { eventually } from "../wait.js";
import { events, idsOf } from "./new-events.js";

/** A fresh store, and names for streams in it. */
export interface Started {
  readonly store: EventStore;
  readonly stream: (id?: string) => string;
}

/** The part of the event store's suite about following the log. */
export function eventStoreSubscriptionSuite(start: () => Promise<Started>): void {
  /** Subscribes and keeps what comes. */
  function listen(
    store: EventStore,
    options: { after?: string; maxBatch?: number; handle?: (batch: LogBatch) => Promise<void> } = {},
  ) {
    const batches: LogBatch[] = [];
    const faults: unknown[] = [];
    const running = store.subscribe({
      ...options,
      async handle(batch) {
        batches.push(batch);
        await options.handle?.(batch);
      },
      failed: (error) => faults.push(error),
    });
    return {
      ...running,
      stop: () => running.stop(),
      batches,
      faults,
      seen: () => batches.flatMap((batch) => batch.events),
    };
  }

  describe("subscribe", () => {
    it("hands on what was there and what comes, without gap or repeat, while it is written", async () => {
      const { store, stream } = await start();
      for (let n = 0; n < 30; n++) await store.append(stream(), "none", events(3));
      const early = listen(store, { maxBatch: 7 });
      const writers = Array.from({ length: 8 }, async () => {
        for (let n = 0; n < 20; n++) await store.append(stream(), "none", events(2));
      });
      await writers[0];
      const late = listen(store);
      await Promise.all(writers);
      const all = (await store.readAll({ limit: 10_000 })).events;
      expect(all).toHaveLength(30 * 3 + 8 * 20 * 2);
      for (const each of [early, late]) {
        await eventually(() => each.seen().length >= all.length);
        expect(each.seen()).toEqual(all);
        for (const { events: batch, to } of each.batches) expect(to).toBe(batch.at(-1)!.position);
      }
      expect(Math.max(...early.batches.map((batch) => batch.events.length))).toBeLessThanOrEqual(7);
    });

    it("goes on after a position", async () => {
      const { store, stream } = await start();
      const given = events(6);
      await store.append(stream(), "none", given.slice(0, 4));
      const { to } = await store.readAll({ limit: 3 });
      const listener = listen(store, { after: to });
      await store.append(stream(), "none", given.slice(4));
      await eventually(() => listener.seen().length >= 3);
      expect(idsOf(listener.seen())).toEqual(idsOf(given.slice(3)));
    });

    it("is woken by the commit", async () => {
      const { store, stream } = await start();
      const listener = listen(store);
      for (let n = 1; n <= 20; n++) {
        await store.append(stream(), "none", events(1));
        await eventually(() => listener.seen().length === n, 1_000);
      }
    });

    it("gives the next batch only when the last one is done", async () => {
      const { store, stream } = await start();
      let [inHand, most] = [0, 0];
      const listener = listen(store, {
        maxBatch: 3,
        async handle() {
          most = Math.max(most, ++inHand);
          await new Promise((resolve) => setTimeout(resolve, 1));
          inHand--;
        },
      });
      for (let n = 0; n < 20; n++) await store.append(stream(), "none", events(2));
      await eventually(() => listener.seen().length === 40);
      expect(most).toBe(1);
      expect(listener.seen()).toEqual((await store.readAll({ limit: 100 })).events);
    });

    it("finishes the batch in hand when it is stopped, and begins no other", async () => {
      const { store, stream } = await start();
      const [entered, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const listener = listen(store, {
        maxBatch: 1,
        async handle() {
          entered.resolve();
          await finish.promise;
        },
      });
      await store.append(stream(), "none", events(3));
      await entered.promise;
      let stopped = false;
      const stopping = Promise.all([listener.stop(), listener.stop()]).then(() => (stopped = true));
      await store.append(stream(), "none", events(1));
      expect(stopped).toBe(false);
      finish.resolve();
      await stopping;
      await listener.stop();
      await store.append(stream(), "none", events(1));
      expect(listener.seen()).toHaveLength(1);
      expect(listener.faults).toEqual([]);
    });

    it("tells once that its handler failed, ends, and leaves others alone", async () => {
      const { store, stream } = await start();
      const fault = new Error("no");
      const bad = listen(store, { handle: () => Promise.reject(fault) });
      const good = listen(store);
      for (let n = 0; n < 3; n++) await store.append(stream(), "none", events(1));
      await eventually(() => bad.faults.length > 0 && good.seen().length === 3);
      await bad.stop();
      expect(bad.faults).toEqual([fault]);
      expect(bad.batches).toHaveLength(1);
    });
  });

  describe("close", () => {
    it("answers every append that was asked for before", async () => {
      const { store, stream } = await start();
      const asked = Array.from({ length: 5 }, () => store.append(stream(), "none", events(1)));
      await store.close();
      for (const each of asked) await expect(each).resolves.toMatchObject({ revision: 0 });
    });

    it("finishes what was begun and takes nothing more", async () => {
      const { store, stream } = await start();
      const finish = Promise.withResolvers<void>();
      const listener = listen(store, { handle: () => finish.promise });
      await store.append(stream(), "none", events(1));
      await eventually(() => listener.batches.length === 1);
      const last = store.append(stream(), "none", events(1));
      const closing = store.close();
      finish.resolve();
      await expect(last).resolves.toMatchObject({ revision: 0 });
      await closing;
      await expect(store.append(stream(), "none", events(1))).rejects.toMatchObject({ code: "CLOSED" });
      await expect(store.read(stream())).rejects.toMatchObject({ code: "CLOSED" });
      await expect(store.readAll({ limit: 1 })).rejects.toMatchObject({ code: "CLOSED" });
      const late = listen(store);
      await eventually(() => late.faults.length > 0);
      expect(late.faults).toMatchObject([{ code: "CLOSED" }]);
      expect(listener.batches).toHaveLength(1);
      expect(listener.faults).toEqual([]);
      await store.close();
    });
  });
}
