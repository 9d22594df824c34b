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

export interface Reaction<Event = unknown> {
  /** Stable: command ids derive from it. */
  readonly name: string;
  readonly topic: string;
  /** The public event type it answers to. */
  readonly on: string;
  /** A reaction added later starts with its activation, unless it says that it wants all of history. */
  readonly startsWith?: "history" | "activation";
  /** Pure; at most one command per target. */
  readonly react: (event: Event, happened: Happened<Event>) => readonly Reacted[];
}
