// What the EventStoreDB double keeps: one log in memory and its streams, appended to by the rules of the real server.

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface LoggedEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Where it begins in the log, in bytes: its commit and its prepare position. */
  readonly position: number;
}

/** −1: the stream must be empty. */
export type Expected = number | "any" | "exists";

export type AppendOutcome =
  | { readonly kind: "appended"; readonly revision: number; readonly position: number }
  | { readonly kind: "wrongRevision"; readonly current: number };

/** A real log begins with the server's own records. */
const FIRST_POSITION = 1_024;
const RECORD_BYTES = 128;

/** One server's data. It outlives the double that serves it, as files outlive a process. */
export class DoubleLog {
  readonly events: LoggedEvent[] = [];
  private readonly streams = new Map<string, LoggedEvent[]>();
  private readonly listeners = new Set<() => void>();
  private end = FIRST_POSITION;

  stream(name: string): readonly LoggedEvent[] {
    return this.streams.get(name) ?? [];
  }

  /** All events or none. What stands at the expected place already is appended: the answer is the first one's. */
  append(name: string, expected: Expected, proposed: readonly ProposedEvent[]): AppendOutcome {
    const stream = this.streams.get(name) ?? [];
    const current = stream.length - 1;
    const at = this.placeOf(stream, expected, proposed);
    const there = stream.slice(at + 1, at + 1 + proposed.length);
    if (proposed.length > 0 && there.length === proposed.length && proposed.every(({ id }, n) => there[n]!.id === id)) {
      const { revision, position } = there.at(-1)!;
      return { kind: "appended", revision, position };
    }
    if (at !== current || (expected === "exists" && current < 0)) return { kind: "wrongRevision", current };
    this.streams.set(name, stream);
    for (const event of proposed) {
      const logged = { ...event, stream: name, revision: stream.length, position: this.end };
      stream.push(logged);
      this.events.push(logged);
      this.end += RECORD_BYTES + event.data.length + event.metadata.length;
    }
    for (const listener of [...this.listeners]) listener();
    return { kind: "appended", revision: stream.length - 1, position: this.events.at(-1)?.position ?? 0 };
  }

  /** Calls back after every append, until the answered function is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** The number of events before a position. */
  countBefore(position: number): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The revision after which the events are meant; without an exact one, where they stand already or the end. */
  private placeOf(stream: readonly LoggedEvent[], expected: Expected, proposed: readonly ProposedEvent[]): number {
    if (typeof expected === "number") return expected;
    const known = stream.findIndex(({ id }) => id === proposed[0]?.id);
    return known < 0 ? stream.length - 1 : known - 1;
  }
}
