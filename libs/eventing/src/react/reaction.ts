// The declaration of a reaction: a foreign (or own public) event becomes a command, which is a fact to its target.
import type { Happened } from "../event.js";
import type { Typed } from "../write/aggregate.js";

/** A command for one aggregate: `aggregate` is `<service>.<name>` of this service. */
export interface Reacted<Command extends Typed = Typed> {
  readonly aggregate: string;
  readonly target: string;
  readonly command: Command;
  /** What it creates gets a number for people: `number` of this series (and the year of the event) is put into the command. */
  readonly numbered?: string;
}

/** A stream of this service, as a reaction finds it: undefined where there are no events. */
export type Found<State = unknown> = { readonly state: State; readonly revision: number } | undefined;

export interface Reaction<Event = unknown, State = unknown> {
  /** Stable: command ids derive from it. */
  readonly name: string;
  readonly topic: string;
  /** The public event type it answers to. */
  readonly on: string;
  /** A reaction added later starts with its activation, unless it says that it wants all of history. */
  readonly startsWith?: "history" | "activation";
  /** The aggregates of this service that it must know of, read when the reactions before it have sent their commands. */
  readonly reads?: (event: Event) => readonly { readonly aggregate: string; readonly id: string }[];
  /** Pure; at most one command per target. `found` are those that `reads` names, in its order. */
  readonly react: (event: Event, happened: Happened<Event>, found: readonly Found<State>[]) => readonly Reacted[];
}

/** Of a contract what a reaction needs: where its events come, and what they are. */
interface Told<Event> {
  readonly topic: string;
  readonly type: string;
  read(version: number, data: unknown): Event;
}

/** A reaction that wants all of history: what it keeps must be whole, whenever it is added. */
export const reactionTo = <Event, State>(
  name: string,
  { topic, type: on }: Told<Event>,
  react: Reaction<Event, State>["react"],
  reads: NonNullable<Reaction<Event>["reads"]> = () => [],
): Reaction =>
  ({ name, topic, on, startsWith: "history", reads, react }) as Reaction<Event, State> as unknown as Reaction;
