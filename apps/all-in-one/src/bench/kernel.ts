// The kernel alone, relay and projections off, beside raw node:sqlite with the same schema, rows and spread, in slices by turns.
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { newId, systemClock, type Commands, type EventStore } from "@gendan/eventing";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { SCHEMA } from "@gendan/adapters/sqlite/event-store-rows";
import { commandsOf } from "@gendan/eventing/write/commands";
import { counter, type Count } from "./counter.js";
import { byTurns, inTurn, type Figure, type Turns } from "./figures.js";

const SLICE = 200;
const SLICES = 40;
const STREAMS = 1_000;
const CLIENTS = 16;
const LONG = 100;
const li = { kind: "person", id: "li" } as const;

type Counter = Commands<number, Count, never>;

export async function benchKernel(directory: string): Promise<Figure[]> {
  const open = async (name: string): Promise<{ store: EventStore; commands: Counter }> => {
    const store = await SqliteEventStore.open({ file: join(directory, `${name}.db`) });
    return { store, commands: commandsOf(counter, { store, clock: systemClock }) };
  };
  const count = (commands: Counter, id: string) =>
    commands.handle(id, { type: "Count", by: 1 }, { commandId: newId(), actor: li });

  const kernel = await open("kernel");
  const raw = new Raw(join(directory, "raw.db"));
  const one = await byTurns(
    SLICES,
    () => inTurn(SLICE, (n) => count(kernel.commands, `${n % STREAMS}`)),
    () => inTurn(SLICE, () => raw.append(1)),
  );
  const many = await byTurns(
    SLICES,
    () =>
      Promise.all(
        Array.from({ length: CLIENTS }, (_, client) =>
          inTurn(SLICE, (n) => count(kernel.commands, `${(n * CLIENTS + client) % STREAMS}`)),
        ),
      ),
    () => inTurn(SLICE, () => raw.append(CLIENTS)),
  );
  await kernel.store.close();
  raw.close();

  const long = await open("long");
  for (let n = 0; n < LONG; n++) await count(long.commands, "long");
  let fresh = 0;
  // As long streams: each command goes to a stream with 100 events or more; as short ones: each to a stream of its own.
  const length = await byTurns(
    SLICES,
    () => inTurn(SLICE, () => count(long.commands, "long")),
    () => inTurn(SLICE, () => count(long.commands, `short-${fresh++}`)),
  );
  await long.store.close();
  return [
    {
      name: "durable command, 1 client, of a raw append at FULL",
      value: one.speed,
      unit: "×",
      atLeast: 0.75,
      beside: beside(one, 1),
    },
    {
      name: "durable command, 16 clients, of a raw group commit",
      value: many.speed,
      unit: "×",
      atLeast: 0.6,
      beside: beside(many, CLIENTS),
    },
    {
      name: "100-event stream, of a 1-event stream",
      value: length.speed,
      unit: "×",
      atLeast: 0.8,
      beside: beside(length, 1),
    },
  ];
}

const beside = ({ ours, theirs }: Turns, clients: number): string => {
  const perSecond = (ms: number): string => `${Math.round((SLICE * clients * 1_000) / ms).toLocaleString("en")}/s`;
  return `${perSecond(ours)} beside ${perSecond(theirs)}`;
};

/** The least that a durable append can cost: prepared statements in one transaction, nothing checked. */
class Raw {
  private readonly db: DatabaseSync;
  private readonly insert: StatementSync;
  private readonly revisions = new Array<number>(STREAMS).fill(0);
  private next = 0;
  private readonly data = JSON.stringify({ by: 1, note: "x".repeat(120) });
  private readonly meta = JSON.stringify({
    commandId: newId(),
    bodyHash: "x".repeat(43),
    actor: li,
    occurredAt: new Date().toISOString(),
    recordedAt: new Date().toISOString(),
  });

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    this.db.exec(
      `PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000; ${SCHEMA}`,
    );
    for (let stream = 0; stream < STREAMS; stream++)
      this.db.prepare("INSERT INTO streams (name) VALUES (?)").run(`bench.counter-${stream}`);
    this.insert = this.db.prepare(
      "INSERT INTO events (stream_id, revision, id, type, version, data, meta) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
  }

  append(events: number): void {
    this.db.exec("BEGIN IMMEDIATE");
    for (let n = 0; n < events; n++) {
      const stream = this.next++ % STREAMS;
      this.insert.run(stream + 1, this.revisions[stream]!++, newId(), "counted", 1, this.data, this.meta);
    }
    this.db.exec("COMMIT");
  }

  close(): void {
    this.db.close();
  }
}
