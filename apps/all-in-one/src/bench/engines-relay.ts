// The relay to Kafka, from a log on SQLite, beside raw kafkajs that sends the same messages: in slices by turns.
import { fork } from "node:child_process";
import { join } from "node:path";
import { codecOf, newId, type Aggregate, type EventStore, type Message, type Position } from "@gendan/eventing";
import { toRecord } from "@gendan/adapters/kafka/records";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { messagesOf, startRelay } from "@gendan/eventing/relay/relay";
import { produce, rawKafka, rawProducer, withTopics } from "./engines-raw.js";
import type { Servers } from "./engines-servers.js";
import { median, timed, type Figure } from "./figures.js";

const SLICE = 10_000;
const SLICES = 12;
const PER_AGGREGATE = 5;
const EVENT_BYTES = 400;
/** Messages of a raw request: where raw kafkajs was fastest. */
const RAW_AT_ONCE = 1_000;

interface Moved {
  readonly type: "moved";
  readonly step: number;
  readonly note: string;
}

const parcel = (topic: string): Aggregate<number, never, Moved, never> => ({
  service: "bench",
  name: "parcel",
  codec: codecOf<Moved>({ moved: { version: 1 } }),
  facts: new Set(),
  publish: (_, { step, note }) => [{ type: "parcel.moved", version: 1, topic, data: { step, note } }],
  decider: { initial: 0, evolve: (count) => count + 1, decide: () => ({ events: [] }) as never },
});

/** The event's data as it is stored and sent. */
const data = (step: number) => ({ step, note: "x".repeat(EVENT_BYTES - JSON.stringify({ step, note: "" }).length) });

export async function benchRelay(directory: string, servers: Servers): Promise<Figure[]> {
  const kafka = rawKafka(servers.kafka);
  const [ours, theirs, untouched] = [`bench-${newId()}`, `bench-${newId()}`, `bench-${newId()}`];
  return withTopics(servers.kafka, [ours, theirs, untouched], async (bus) => {
    const store = await SqliteEventStore.open({ file: join(directory, "events.db") });
    const operational = await SqliteDocumentStore.open({ directory: join(directory, "operational") });
    const unit = await operational.open({ name: "relay@1", collections: [] });
    const fast = await rawProducer(kafka);
    const raw = forkRaw(servers.kafka, untouched);
    const aggregate = parcel(ours);
    const toMessages = messagesOf("bench", [aggregate as never]);
    const relay = async (head: Position): Promise<void> => {
      const done = Promise.withResolvers<void>();
      const running = await startRelay({
        service: "bench",
        aggregates: [aggregate as never],
        store,
        bus,
        unit,
        epoch: 1,
        moved: (to) => store.compare(to, head) >= 0 && done.resolve(),
        failed: done.reject,
      });
      await done.promise;
      await running.stop();
    };
    try {
      const slices: Slice[] = [];
      for (let slice = -1; slice < SLICES; slice++) {
        const after = await store.head();
        await write(store);
        const { events, to } = await store.readAll({ ...(after === undefined ? {} : { after }), limit: SLICE });
        const records = events.flatMap(toMessages).map(rawRecord);
        const produced = await raw.produce(records);
        const relayed = await timed(() => relay(to));
        const encoded = await timed(() => produce(fast, theirs, records, RAW_AT_ONCE));
        if (slice >= 0) slices.push({ relayed, produced, encoded });
      }
      return figures(slices);
    } finally {
      raw.close();
      await fast.disconnect();
      await operational.close();
      await store.close();
    }
  });
}

/** The same record without what the adapter keeps of it for itself. */
function rawRecord(message: Message) {
  const { key, value, headers, timestamp } = toRecord(message);
  return { key, value, headers: { ...headers }, timestamp };
}

async function write(store: EventStore): Promise<void> {
  const now = new Date().toISOString();
  const actor = { kind: "person", id: "li" } as const;
  const meta = { commandId: newId(), bodyHash: "x".repeat(43), actor, occurredAt: now, recordedAt: now };
  const ids = Array.from({ length: SLICE / PER_AGGREGATE }, () => newId());
  for (let step = 0; step < PER_AGGREGATE; step++) {
    const event = () => ({ id: newId(), type: "moved", version: 1, data: data(step), meta });
    await Promise.all(ids.map((id) => store.append(`bench.parcel-${id}`, step === 0 ? "none" : step - 1, [event()])));
  }
}

/** Milliseconds of one slice: through the relay, by raw kafkajs, and by raw kafkajs with the adapter's encoder of records. */
interface Slice {
  readonly relayed: number;
  readonly produced: number;
  readonly encoded: number;
}

interface RawProcess {
  /** Milliseconds that producing took. */
  produce(records: readonly object[]): Promise<number>;
  close(): void;
}

function forkRaw(broker: string, topic: string): RawProcess {
  const child = fork(join(import.meta.dirname, "engines-raw-main.js"), [broker, topic, String(RAW_AT_ONCE)], {
    execArgv: ["--max-semi-space-size=8", "--disable-warning=TimeoutNegativeWarning"],
    serialization: "advanced",
  });
  let told = Promise.withResolvers<number>();
  child.on("message", (ms) => told.resolve(ms as number));
  child.on("error", (error) => told.reject(error));
  child.once("exit", () => told.reject(new Error("The raw producer ended.")));
  return {
    produce(records) {
      told = Promise.withResolvers();
      child.send(records as object[]);
      return told.promise;
    },
    close: () => child.disconnect(),
  };
}

function figures(slices: readonly Slice[]): Figure[] {
  const rate = (of: keyof Slice): number => (SLICE * 1_000) / median(slices.map((slice) => slice[of]));
  const ratio = (of: keyof Slice): number => median(slices.map((slice) => slice[of] / slice.relayed));
  const perSecond = (of: keyof Slice): string => `${Math.round(rate(of)).toLocaleString("en")}/s`;
  return [
    {
      name: "relay of 400-byte events from SQLite to Kafka, acks −1",
      value: rate("relayed"),
      unit: "/s",
      atLeast: 20_000,
    },
    {
      name: "  of raw kafkajs producing the same messages",
      value: ratio("produced"),
      unit: "×",
      atLeast: 0.7,
      beside: `${perSecond("relayed")} beside ${perSecond("produced")}`,
    },
    {
      name: "  of raw kafkajs with our encoder of records in it",
      value: ratio("encoded"),
      unit: "×",
      beside: `${perSecond("encoded")}`,
    },
  ];
}
