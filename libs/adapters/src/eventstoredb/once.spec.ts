// A command is once in effect whichever instance it is sent to: a thousand ids, each two to ten times, to two instances that
// append to the same streams, one of which goes in the middle and comes again knowing nothing.
import { afterEach, expect, test } from "@jest/globals";
import { isFault } from "@gendan/eventing";
import { commandsOf } from "@gendan/eventing/write/commands";
import { VirtualClock } from "@gendan/testing";
import { EventStoreDouble } from "@gendan/testing/doubles/eventstore-double";
import { tally } from "@gendan/testing/kernel/tally";
import fc from "fast-check";
import { EventStoreDbEventStore } from "./event-store.js";

const SEED = 20_261_126;
const COMMANDS = 1_000;
const STREAMS = 50;
const AT_ONCE = 24;
const LONGEST_MS = 120_000;

/** Everything that is sent, and to which instance, in an order of chance that is the same each time. */
const chance = (max: number, count: number) => fc.sample(fc.nat({ max }), { seed: SEED, numRuns: count });
const sendings = chance(8, COMMANDS).flatMap((more, n) => Array.from({ length: 2 + more }, () => n));
const places = chance(1_000_000, sendings.length);
const shuffled = sendings.map((n, index) => ({ n, place: places[index]! })).sort((a, b) => a.place - b.place);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test(
  "one effect, and every answer names the same revision",
  async () => {
    const double = await EventStoreDouble.start();
    closing.push(() => double.stop());
    const clock = new VirtualClock();
    const instance = async () => {
      const { connectionString } = double;
      const store = await EventStoreDbEventStore.open({ connectionString, service: "tally" });
      closing.push(() => store.close());
      return { store, commands: commandsOf(tally, { store, clock }) };
    };
    const instances = [await instance(), await instance()] as [
      Awaited<ReturnType<typeof instance>>,
      Awaited<ReturnType<typeof instance>>,
    ];
    const streamOf = (n: number) => `t${n % STREAMS}`;
    const actor = { kind: "person", id: "li" } as const;
    for (let n = 0; n < STREAMS; n++) {
      const open = { type: "Open", department: "" } as const;
      await instances[0].commands.handle(streamOf(n), open, { commandId: `open-${n}`, actor });
    }

    const told = new Map<number, { readonly status: string; readonly revision: number }[]>();
    let unanswered = 0;
    const send = async (n: number, to: number): Promise<void> => {
      for (;;) {
        const envelope = { commandId: `count-${n}`, actor };
        try {
          const { commands } = instances[to]!;
          const outcome = await commands.handle(streamOf(n), { type: "Count", by: n }, envelope);
          if (outcome.status === "refused") throw new Error(JSON.stringify(outcome));
          told.set(n, [...(told.get(n) ?? []), outcome]);
          return;
        } catch (error) {
          if (!isFault(error, "CLOSED", "CONFLICT_UNRESOLVED", "EVENT_STORE_UNAVAILABLE")) throw error;
          unanswered += 1;
          await new Promise(setImmediate);
        }
      }
    };
    const queue = [...shuffled];
    let gone: Promise<void> | undefined;
    const worker = async () => {
      for (let each = queue.shift(); each; each = queue.shift()) {
        if (queue.length < sendings.length / 2) gone ??= replaceFirst();
        await send(each.n, each.place % 2);
      }
    };
    const replaceFirst = async () => {
      const [{ store }] = instances;
      await Promise.all([store.close(), instance().then((fresh) => (instances[0] = fresh))]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await gone;

    expect(told.size).toBe(COMMANDS);
    expect(unanswered).toBeGreaterThan(0);
    expect([...told.values()].flat()).toHaveLength(sendings.length);
    // Two instances may append the same events at once, which is one append: both may say that they did it.
    const torn = [...told].filter(([, all]) => new Set(all.map(({ revision }) => revision)).size !== 1);
    expect(torn).toEqual([]);
    for (let stream = 0; stream < STREAMS; stream++) {
      const events = await instances[1].store.read(`tally.tally-t${stream}`);
      const effects = events.slice(1).map(({ meta, revision }) => `${meta.commandId} at ${revision}`);
      const expected = [...told].filter(([n]) => n % STREAMS === stream);
      expect(effects.sort()).toEqual(expected.map(([n, [first]]) => `count-${n} at ${first!.revision}`).sort());
    }
  },
  LONGEST_MS,
);
