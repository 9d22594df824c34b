// Whom the log says erased has no key: after a crash, after an older copy of the keys was put back, and after one of the log.
import { afterEach, expect, test } from "@jest/globals";
import { eventually } from "@gendan/testing/wait";
import { VirtualClock } from "@gendan/testing/virtual-clock";
import type { StoredEvent } from "../event.js";
import { Fault } from "../faults.js";
import type { EventStore, LogSubscription } from "../ports/event-store.js";
import type { KeyStore } from "../ports/key-store.js";
import type { AnyAggregate } from "../write/aggregate.js";
import { startErasing } from "./erasing.js";

const aggregates = [{ service: "customer", name: "contact", erasedBy: "contact.erased" }] as unknown as AnyAggregate[];
const meta = { recordedAt: "2026-03-02T08:00:00.000Z" };
const event = (position: number, stream: string, type: string) =>
  ({ stream, type, meta, position: `${position}` }) as unknown as StoredEvent;

/** A log whose positions are 1, 2, …; one batch for each event. */
class Log {
  readonly events: StoredEvent[] = [];
  private readonly followers = new Set<() => void>();
  private count = 0;

  add(stream: string, type: string): void {
    this.events.push(event(++this.count, stream, type));
    for (const wake of this.followers) wake();
  }
  head = async () => this.events.at(-1)?.position;
  compare = (a: string, b: string) => Number(a) - Number(b);
  subscribe({ after = "0", handle, failed }: LogSubscription) {
    let next = Number(after);
    let turn = Promise.resolve();
    const wake = (): void => {
      turn = turn.then(async () => {
        for (; next < this.events.length; next++) {
          const [one] = this.events.slice(next);
          await handle({ events: [one!], to: one!.position });
        }
      });
      turn.catch(failed);
    };
    this.followers.add(wake);
    wake();
    return { stop: async () => void (this.followers.delete(wake), await turn.catch(() => undefined)) };
  }
}

/** What of a key store matters here; `copy` is what a backup of it would be. */
class Keys {
  readonly asked: string[] = [];
  failing = 0;
  constructor(private mark?: string) {}
  async erase(subject: string): Promise<boolean> {
    if (this.failing-- > 0) throw new Fault("KEY_STORE_UNAVAILABLE", "away");
    this.asked.push(subject);
    return true;
  }
  erasedUpTo = async () => this.mark;
  noteErasedUpTo = async (_: string, position: string) => void (this.mark = position);
  copy = () => new Keys(this.mark);
}

const clock = new VirtualClock();
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

function start(log: Log, keys: Keys, report: (error: unknown) => void = () => undefined) {
  const store = log as unknown as EventStore;
  const erasing = startErasing({
    service: "customer",
    aggregates,
    store,
    keys: keys as unknown as KeyStore,
    clock,
    report,
  })!;
  running.push(erasing);
  return erasing;
}

test("the key of whom an event erases is destroyed, and nobody else's", async () => {
  const [log, keys] = [new Log(), new Keys()];
  start(log, keys);
  log.add("customer.contact-a", "contact.registered");
  log.add("customer.customer-b", "contact.erased");
  log.add("customer.contact-a-1", "contact.erased");
  await eventually(() => keys.asked.length > 0);
  expect(keys.asked).toEqual(["a-1"]);
});

test("what an older copy of the keys has forgotten is destroyed again, and no more", async () => {
  const [log, keys] = [new Log(), new Keys()];
  const erasing = start(log, keys);
  log.add("customer.contact-a", "contact.erased");
  await eventually(async () => (await keys.erasedUpTo()) === "1");
  const older = keys.copy();
  log.add("customer.contact-b", "contact.erased");
  log.add("customer.contact-c", "contact.registered");
  await eventually(() => keys.asked.length === 2);
  await erasing.stop();
  expect(await keys.erasedUpTo()).toBe("3");
  start(log, older);
  await eventually(async () => (await older.erasedUpTo()) === "2");
  expect(older.asked).toEqual(["b"]);
});

test("where the log was put back from an older copy, all of it counts", async () => {
  const [log, keys] = [new Log(), new Keys("9")];
  log.add("customer.contact-a", "contact.erased");
  start(log, keys);
  await eventually(() => keys.asked.length === 1);
  expect(await keys.erasedUpTo()).toBe("1");
});

test("it is tried again while the key store is away, and told once", async () => {
  const [log, keys] = [new Log(), new Keys()];
  const told: unknown[] = [];
  const erasing = start(log, keys, (error) => told.push(error));
  keys.failing = 1;
  log.add("customer.contact-a", "contact.erased");
  await eventually(() => erasing.fault() !== undefined);
  clock.advance(100);
  await eventually(() => keys.asked.length === 1);
  expect(told).toMatchObject([{ code: "KEY_STORE_UNAVAILABLE" }]);
  expect(erasing.fault()).toBeUndefined();
});
