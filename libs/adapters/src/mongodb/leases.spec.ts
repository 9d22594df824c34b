// Leases over processes: they pass on at once when released, after a while when their holder is dead, and the dead are fenced off.
import { expect, it } from "@jest/globals";
import type { DocumentStore, Lease } from "@gendan/eventing";
import { eventually } from "@gendan/testing";
import { describeOn } from "@gendan/testing/engines";
import { spec } from "@gendan/testing/suites/document-store/cards";
import { MongoDocumentStore } from "./document-store.js";
import { databasesOn } from "./fixtures/databases.js";

const LEASE_MS = 900;

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);

  async function twoStores(clock: () => number = () => performance.now()) {
    const { database } = await databases.fresh();
    const [mine, others] = [await databases.connect(), await databases.connect()];
    const one = await MongoDocumentStore.open({ connection: mine, database, leaseMs: LEASE_MS, clock });
    const other = await MongoDocumentStore.open({ connection: others, database, leaseMs: LEASE_MS });
    return { one, other, cut: () => mine.close() };
  }

  it("is held by one process as long as it lives, and passes on when released", async () => {
    const { one, other } = await twoStores();
    const first = (await one.lease("relay", "one"))!;
    let second: Lease | undefined;
    const waiting = other.lease("relay", "two").then((lease) => (second = lease!));
    const start = performance.now();
    await eventually(() => performance.now() - start > 2.5 * LEASE_MS);
    expect([first.held(), second]).toEqual([true, undefined]);
    const released = performance.now();
    await first.release();
    await waiting;
    expect(performance.now() - released).toBeLessThan(LEASE_MS);
    expect([first.held(), second!.held(), second!.epoch > first.epoch]).toEqual([false, true, true]);
  });

  it("passes on when its holder is cut off, which knows it before, and cannot commit any more", async () => {
    const { one, other, cut } = await twoStores();
    const first = (await one.lease("relay", "one"))!;
    const waiting = other.lease("relay", "two");
    await cut();
    await eventually(() => !first.held());
    const second = (await waiting)!;
    expect([second.held(), second.epoch > first.epoch]).toEqual([true, true]);
    await other.close();
  });

  it("is not held any more when no sign of life can have arrived, though nobody has taken it", async () => {
    let stopped: number | undefined;
    const { one } = await twoStores(() => stopped ?? performance.now());
    const lease = (await one.lease("relay", "one"))!;
    stopped = performance.now();
    expect(lease.held()).toBe(true);
    stopped += LEASE_MS;
    expect(lease.held()).toBe(false);
    stopped -= LEASE_MS;
    expect(lease.held()).toBe(false); // once lost, for good
  });

  it("fences off a holder that slept: what it commits with its old epoch is CHECKPOINT_LOST", async () => {
    const { one, other } = await twoStores();
    const [asleep, awake] = [await one.open(spec), await other.open(spec)];
    const first = (await one.lease("fold", "one"))!;
    await asleep.commit({ checkpoints: [{ partition: "0", epoch: first.epoch, from: undefined, to: "1" }] });
    await first.release();
    const second = (await other.lease("fold", "two"))!;
    await awake.commit({ checkpoints: [{ partition: "0", epoch: second.epoch, from: "1", to: "2" }] });
    const late = asleep.commit({ checkpoints: [{ partition: "0", epoch: first.epoch, from: "2", to: "3" }] });
    await expect(late).rejects.toMatchObject({ code: "CHECKPOINT_LOST" });
  });

  it("is given up by who leaves the queue or closes, in any process", async () => {
    const { one, other } = await twoStores();
    const held = (await one.lease("relay", "one"))!;
    const leaving = new AbortController();
    const left = other.lease("relay", "two", leaving.signal);
    const behind = other.lease("relay", "three");
    leaving.abort();
    expect(await left).toBeUndefined();
    await one.close();
    expect(held.held()).toBe(false);
    expect((await behind)!.held()).toBe(true);
    const refused = expect(other.lease("relay", "four")).rejects.toMatchObject({ code: "CLOSED" });
    await other.close();
    await refused;
  });

  it("has one holder at a time, whoever takes it how often", async () => {
    const { one, other } = await twoStores();
    let holders = 0;
    const epochs: number[] = [];
    const work = async (store: DocumentStore, owner: string): Promise<void> => {
      const lease = (await store.lease("turn", owner))!;
      expect(++holders).toBe(1);
      epochs.push(lease.epoch);
      await new Promise(setImmediate);
      expect([--holders, lease.held()]).toEqual([0, true]);
      await lease.release();
    };
    await Promise.all(Array.from({ length: 10 }, (_, n) => work(n % 2 ? one : other, `worker-${n}`)));
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(new Set(epochs).size).toBe(10);
  });
});
