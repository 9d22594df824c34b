// What the kernel must know of an aggregate to run it: one declaration, from which writing, relaying and folding are made.
import type { Decider } from "../decider.js";
import type { PublicFact } from "../message.js";
import type { Codec } from "../stored/codec.js";

export interface Typed {
  readonly type: string;
}

export interface Coded {
  readonly code: string;
}

export interface Aggregate<State, Command extends Typed, Event extends Typed, Refusal extends Coded> {
  /** The service that owns it: "order". */
  readonly service: string;
  /** Its name within the service: "receipt". Streams are `<service>.<name>-<id>`. */
  readonly name: string;
  readonly decider: Decider<State, Command, Event, Refusal>;
  /** Stored versions ↔ domain events. */
  readonly codec: Codec<Event>;
  /** Commands that report facts: never refused for their time; one that claims a future is recorded as disputed. */
  readonly facts: ReadonlySet<Command["type"]>;
  /** Who sees it (scope tokens), from the folded state; undefined while it does not exist or is not scoped. */
  readonly visibleTo?: (state: State) => readonly string[] | undefined;
  /** The event with which the person whose subject is the aggregate's id is erased: the kernel then destroys their key. */
  readonly erasedBy?: Event["type"];
  /** What the company hears of an event: at most one public fact per type, 16 in all. Made of the event alone. */
  readonly publish: (id: string, event: Event) => readonly PublicFact[];
}

/** An aggregate whose types do not matter to who holds it (the relay, a feed). */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: the holder passes events back to where they came from
export type AnyAggregate = Aggregate<any, any, any, any>;
