// What the fault specs share: instances in processes of their own, and a ledger of what they have acknowledged that outlives them.
import { afterAll, expect } from "@jest/globals";
import { newId, startService, type Engines, type Message, type Position, type Service } from "@gendan/eventing";
import { startChild, type Child } from "@gendan/testing/child";
import { mirror, tally, tallyService, TALLIES, type TallyDoc } from "@gendan/testing/kernel/tally";
import { nthCommand, nthCount } from "@gendan/testing/kernel/nth-command";
import { eventually } from "@gendan/testing/wait";
import { administered } from "../kafka/spec.js";

import {
  commandId,
  openEngines,
  send,
  type InstanceOptions,
  type OpenInstance,
  type Place,
} from "./fixtures/instance.js";

/** What anything here may take on a machine that does much else besides, in milliseconds. */
export const PATIENCE_MS = 180_000;

export interface Acknowledged {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
}

/** Kept by the test's own process. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];

  constructor(private readonly ids: readonly string[]) {}

  /** What comes next to each aggregate: what was not acknowledged is sent again. */
  next(): Record<string, number> {
    const next = Object.fromEntries(this.ids.map((id) => [id, 0]));
    for (const { id, number } of this.acknowledged) next[id] = Math.max(next[id]!, number + 1);
    return next;
  }

  /** True for a line that is an acknowledgement. */
  note(line: string): boolean {
    const [word, id, number, revision] = line.split(" ");
    if (word !== "acknowledged") return false;
    this.acknowledged.push({ id: id!, number: Number(number), revision: Number(revision) });
    return true;
  }
}

export interface Instance {
  readonly pid: number;
  /** Resolved when it takes commands; rejects when it died before. */
  readonly ready: Promise<void>;
  /** Whether it has said this line. */
  hasSaid(line: string): boolean;
  /** Resolved with what it has said besides acknowledgements, when it died by its trap; rejects when by something else, or not in time. */
  died(): Promise<readonly string[]>;
  /** Asks it to stop. */
  terminate(): void;
  /** Lets it go on from the step at which it was stopped. */
  wake(): Promise<void>;
  kill(): Promise<void>;
}

/** An installation on shared servers under a fresh name, whose topic is gone after the last test. */
export function placeOn(brokers: string, mongodb: string, events: Place["events"], leaseMs = 1_000): Place {
  const name = `f${newId().slice(-12)}`;
  return { brokers, mongodb, events, leaseMs, topic: TALLIES, prefix: `${name}.`, database: `gendan-test-${name}` };
}

/** Everything that a spec file starts, ended after its last test, whatever becomes of it. */
export function instances(ledger: () => Ledger) {
  const started: Child[] = [];
  const places = new Set<Place>();
  afterAll(async () => {
    await Promise.all(started.map((child) => child.kill()));
    for (const { brokers, prefix, topic } of places)
      await administered(brokers, (admin) => admin.deleteTopics({ topics: [prefix + topic] })).catch(() => undefined);
  });

  function start(options: Omit<InstanceOptions, "next"> & Partial<InstanceOptions>): Instance {
    places.add(options.place);
    const own = ledger();
    const child = startChild(codeOf({ next: own.next(), ...options }));
    started.push(child);
    const ready = Promise.withResolvers<void>();
    ready.promise.catch(() => undefined);
    const said: string[] = [];
    const gone = (async () => {
      for (;;) {
        const line = await child.line().catch((error: unknown) => error as Error);
        if (line instanceof Error) {
          ready.reject(line);
          return line.message.slice(ENDED.length);
        }
        if (!own.note(line)) said.push(line);
        if (line === "ready") ready.resolve();
      }
    })();
    async function died(): Promise<readonly string[]> {
      const complaints = await Promise.race([gone, pause(PATIENCE_MS).then(() => `It did not die: ${said.join()}`)]);
      await child.kill();
      if (complaints !== "") throw new Error(complaints);
      return said;
    }
    const signal = (name: NodeJS.Signals): void => void process.kill(child.pid, name);
    const hasSaid = (line: string): boolean => said.includes(line);
    // It says its step before it stops: woken too early, it would sleep for good.
    const wake = async (): Promise<void> =>
      void (await eventually(() => (signal("SIGCONT"), hasSaid("awake")), PATIENCE_MS));
    const terminate = (): void => signal("SIGTERM");
    return { pid: child.pid, ready: ready.promise, hasSaid, died, terminate, wake, kill: () => child.kill() };
  }
  return { start, places };
}

const codeOf = (options: InstanceOptions): string => `
  import { nthCommand } from "@gendan/testing/kernel/nth-command";
  import { runInstance } from "@gendan/adapters/faults/fixtures/instance";
  import { tally, tallyService } from "@gendan/testing/kernel/tally";
  await runInstance({ definition: tallyService(), aggregate: tally, commandOf: nthCommand }, ${JSON.stringify(options)});`;

/** Between two commands to one aggregate, in milliseconds. */
const LOAD_PAUSE_MS = 20;
/** What a child that ended without a complaint is said to have said. */
const ENDED = "The child ended: ";
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/** What the counts of commands 1 to last come to. */
const sumTo = (last: number): number =>
  Array.from({ length: last }, (_, n) => nthCount(n + 1)).reduce((a, b) => a + b, 0);

/** Goes on by a last instance in this process until everything is done, and compares what is there with the ledger. */
export async function expectWhole(place: Place, ledger: Ledger): Promise<void> {
  const instance = await openEngines(place);
  const service = await startService(tallyService(), instance.engines);
  try {
    await caughtUp(service);
    expect(await service.parked()).toEqual([]);
    expect((await service.verify()).differences).toEqual([]);
    const lengths = new Map<string, number>();
    for (const id of Object.keys(ledger.next())) lengths.set(id, await expectStream(service, id, ledger));
    await expectPublished(instance.engines, lengths);
  } finally {
    await service.stop();
    await instance.close();
  }
}

export async function caughtUp(...services: Service[]): Promise<void> {
  const all = async () => (await Promise.all(services.map((service) => service.caughtUp()))).every(Boolean);
  await eventually(async () => (await all()) && (await all()), PATIENCE_MS);
}

/** Every command once and in order, what was acknowledged at its revision; its document, its mirror and its hearer as it says. */
async function expectStream(service: Service, id: string, { acknowledged }: Ledger): Promise<number> {
  const events = await service.engines.eventStore.read(`tally.tally-${id}`);
  expect(events.map(({ meta }) => meta.commandId)).toEqual(events.map((_, index) => commandId(id, index)));
  const own = acknowledged.filter((one) => one.id === id);
  expect(own.filter(({ number, revision }) => number !== revision || number >= events.length)).toEqual([]);
  const last = events.length - 1;
  const doc = (await service.documents("tallies").get<TallyDoc>("tallies", id))?.doc;
  expect([id, doc?.total]).toEqual([id, sumTo(last)]);
  expect([id, (await service.commands(mirror).load(id))?.state]).toEqual([id, { sum: sumTo(last), times: last }]);
  const heard = await service.documents("heard").get<{ readonly times: number }>("heard", id);
  expect([id, heard?.doc.times]).toEqual([id, events.length]);
  return events.length;
}

/** Each aggregate's messages are in the topic, first deliveries in order. */
async function expectPublished({ bus }: Engines, lengths: ReadonlyMap<string, number>): Promise<void> {
  const seen = await everything(bus);
  for (const [id, length] of lengths) {
    const own = seen.filter(({ key }) => key === id).map(({ sequence }) => sequence);
    expect([id, [...new Set(own)]]).toEqual([id, Array.from({ length }, (_, index) => index * 16)]);
  }
}

/** All that is in the topic, from the first message on. */
export async function everything(bus: Engines["bus"]): Promise<Message[]> {
  const heads = await bus.heads([TALLIES]);
  const seen: Message[] = [];
  const reached = new Map<string, Position>();
  const running = await bus.consume({
    group: `everything-${newId()}`,
    topics: [TALLIES],
    startAt: () => Promise.resolve("first" as const),
    handle({ partition, messages, to }) {
      seen.push(...messages);
      reached.set(partition, to);
      return Promise.resolve();
    },
    failed: () => undefined,
  });
  await eventually(
    () =>
      [...heads].every(
        ([partition, head]) => reached.has(partition) && bus.compare(reached.get(partition)!, head) >= 0,
      ),
    PATIENCE_MS,
  );
  await running.stop();
  return seen;
}

/** Sends commands to every aggregate of the ledger through an instance in this process, until it is stopped. */
export function load(service: Service, ledger: Ledger) {
  const sending = send({
    commands: service.commands(tally),
    next: ledger.next(),
    commandOf: nthCommand,
    pauseMs: LOAD_PAUSE_MS,
    acknowledged: (id, number, revision) => ledger.acknowledged.push({ id, number, revision }),
  });
  sending.working.catch(() => undefined); // told by stop()
  return sending;
}

export { openEngines, type OpenInstance, type Place };
