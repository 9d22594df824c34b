// Making a projection anew from one million events, 5,000 of whose aggregates are active at a time, beside reading them alone.
import { join } from "node:path";
import {
  codecOf,
  newId,
  systemClock,
  type Aggregate,
  type EventStore,
  type Position,
  type Projection,
} from "@gendan/eventing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { logFeed } from "@gendan/eventing/read/feed";
import { fill, Generation, unitSpec } from "@gendan/eventing/read/generation";
import { FILL_BATCH, FILLING } from "@gendan/eventing/read/generations";
import { timed, type Figure } from "./figures.js";

const EVENTS = Number(process.env["EVENTS"] ?? 1_000_000);
const ACTIVE = 5_000;
const PER_AGGREGATE = 20;
const BATCH = 5_000;

interface Moved {
  readonly type: "moved";
  readonly step: number;
  readonly place: string;
}

interface Place {
  readonly step: number;
  readonly place: string;
  readonly moves: number;
  readonly department: string;
}

const parcel: Pick<Aggregate<unknown, never, Moved, never>, "service" | "name" | "codec"> = {
  service: "bench",
  name: "parcel",
  codec: codecOf<Moved>({ moved: { version: 1 } }),
};

const places: Projection = {
  name: "places",
  version: "1",
  documents: [
    {
      source: "bench.parcel",
      collection: {
        name: "places",
        columns: { step: { type: "integer", of: (doc: Place) => doc.step } },
        tokens: (doc: Place) => ["d:", `d:${doc.department}`],
        paths: [{ name: "step", sort: "step" }],
      },
      fold: (doc: Place | undefined, { step, place }: Moved): Place => ({
        step,
        place,
        moves: (doc?.moves ?? 0) + 1,
        department: "cn",
      }),
    },
  ],
};

export async function benchRebuild(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const store = await SqliteEventStore.open({ file: join(directory, "events.db") });
  await write(store);
  say(`  ${EVENTS} events written`);
  const documents = await SqliteDocumentStore.open({ directory: join(directory, "documents") });
  const feed = logFeed(store, [parcel as never], documents);
  const read = await timed(async () => {
    let after: Position | undefined;
    for (let events = -1; events !== 0;) {
      const batch = await store.readAll({ ...(after === undefined ? {} : { after }), limit: BATCH });
      events = batch.events.length;
      after = batch.to;
    }
  });
  const unit = await documents.build(unitSpec(places, 1));
  const rebuilt = await timed(async () => {
    const generation = await Generation.over(places, unit, feed, systemClock, () => undefined, FILLING);
    await fill(generation, feed, "bench", FILL_BATCH, () => undefined);
    await unit.finish();
  });
  await documents.close();
  await store.close();
  const rate = (ms: number): number => Math.round(EVENTS / ms) * 1_000;
  return [
    {
      name: "projection rebuilt and on disk, of reading and parsing alone",
      value: read / rebuilt,
      unit: "×",
      atLeast: 0.5,
      beside: `${rate(rebuilt).toLocaleString("en")}/s beside ${rate(read).toLocaleString("en")}/s`,
    },
  ];
}

/** Aggregates are worked on in waves of 5,000, each by twenty events in turn. */
async function write(store: EventStore): Promise<void> {
  const now = new Date().toISOString();
  const meta = {
    commandId: newId(),
    bodyHash: "x".repeat(43),
    actor: { kind: "person", id: "li" },
    occurredAt: now,
    recordedAt: now,
  } as const;
  for (let wave = 0; wave < EVENTS / (ACTIVE * PER_AGGREGATE); wave++) {
    const ids = Array.from({ length: ACTIVE }, () => newId());
    for (let step = 0; step < PER_AGGREGATE; step++) {
      const event = () => ({ id: newId(), type: "moved", version: 1, data: { step, place: "port of Ningbo" }, meta });
      await Promise.all(ids.map((id) => store.append(`bench.parcel-${id}`, step === 0 ? "none" : step - 1, [event()])));
    }
  }
}
