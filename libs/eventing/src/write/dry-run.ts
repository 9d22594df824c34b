// Dry runs: commands are decided and nothing is written. What would happen is kept for as long as the run lasts, so that what is
// read in it, by commands and of documents, is as it would be.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { parseStream, type Happened, type HappenedMeta } from "../event.js";
import type { KeyStore, PersonKey } from "../ports/key-store.js";
import type { StreamState } from "./stream-state.js";

/** What would be told, or would change, by what was decided since it was asked for last. */
export interface WouldHappen {
  /** Something would be appended. */
  readonly changes: boolean;
  /** The types of the public events that would be told, in order. */
  readonly events: readonly string[];
}

/** A stream as it would be. */
export interface WouldBe {
  readonly state: StreamState<unknown>;
  /** The revision that is really there; -1 for a stream without events. */
  readonly base: number;
  readonly happened: readonly Happened[];
  /** What projections have made of it so far, by projection and collection. */
  readonly documents: Map<string, Promise<Folded>>;
}

/** A document with a run's events, or with the first of them. */
export interface Folded {
  readonly doc: object | undefined;
  /** How many of the events that would be are in it. */
  readonly events: number;
}

const running = new AsyncLocalStorage<DryRun>();

/** One run, over one or several commands. */
export class DryRun {
  private readonly streams = new Map<string, WouldBe>();
  private readonly keys = new Map<string, PersonKey>();
  private told: string[] = [];
  private changes = false;

  /** Everything that `work` does, and whatever follows from it, is part of this run. */
  during<Result>(work: () => Result): Result {
    return running.run(this, work);
  }

  /** The run that whoever asks is part of. */
  static get current(): DryRun | undefined {
    return running.getStore();
  }

  /** A stream as it would be, by its name; undefined where this run has changed nothing of it. */
  stream(name: string): WouldBe | undefined {
    return this.streams.get(name);
  }

  /** Events that would be appended to a stream, with the state that they would lead to. */
  note(
    name: string,
    before: StreamState<unknown>,
    after: StreamState<unknown>,
    events: readonly unknown[],
    meta: HappenedMeta,
    told: readonly string[],
  ): void {
    const { source, id } = parseStream(name);
    const { base = before.revision, happened = [], documents = new Map() } = this.streams.get(name) ?? {};
    const more = events.map((event, index) => {
      const sequence = before.revision + 1 + index;
      return { id: `${name}@${sequence}`, source, aggregateId: id, sequence, event, meta };
    });
    this.streams.set(name, { state: after, base, happened: [...happened, ...more], documents });
    this.changes = true;
    this.told.push(...told);
  }

  /** What would happen by what was decided since this was asked for last. */
  take(): WouldHappen {
    const { changes, told: events } = this;
    this.changes = false;
    this.told = [];
    return { changes, events };
  }

  /** A key that lives as long as the run, for a person who has none. */
  key(subject: string): PersonKey {
    const known = this.keys.get(subject);
    if (known) return known;
    const key = { subject, version: 0, cipherKey: randomBytes(32), macKey: randomBytes(32) };
    this.keys.set(subject, key);
    return key;
  }

  /** Those of the subjects that this run has given keys to. */
  keysOf(subjects: readonly string[]): readonly PersonKey[] {
    return subjects.flatMap((subject) => this.keys.get(subject) ?? []);
  }
}

/** The keys as a dry run sees them: none is made, tagged or destroyed in it. Outside of one, the keys themselves. */
export function keysWithDryRuns(keys: KeyStore): KeyStore {
  return {
    async obtain(subject) {
      const run = DryRun.current;
      return run ? ((await keys.find(subject)) ?? run.key(subject)) : keys.obtain(subject);
    },
    async getMany(subjects) {
      const found = await keys.getMany(subjects);
      const made = DryRun.current?.keysOf(subjects) ?? [];
      return made.length === 0 ? found : new Map([...found, ...made.map((key) => [key.subject, key] as const)]);
    },
    find: (subject) => keys.find(subject),
    tag: (subject, tag) => (DryRun.current ? Promise.resolve() : keys.tag(subject, tag)),
    erase: (subject, at) => (DryRun.current ? Promise.resolve(false) : keys.erase(subject, at)),
    erasedUpTo: (log) => keys.erasedUpTo(log),
    noteErasedUpTo: (log, position) => keys.noteErasedUpTo(log, position),
    tagged: (tag, limit) => keys.tagged(tag, limit),
    secret: (name) => keys.secret(name),
    rotate: (progress) => keys.rotate(progress),
    close: () => keys.close(),
  };
}
