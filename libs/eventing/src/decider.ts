// The shape of all business rules here: pure decisions on commands, pure folds of events.
import type { Actor } from "./actor.js";

/** How a stateful thing decides on commands, and how its state follows from its events. Both are pure and synchronous. */
export interface Decider<State, Command, Event, Refusal> {
  readonly initial: State;
  decide(state: State, command: Command, by: Asked): Decision<Event, Refusal>;
  evolve(state: State, event: Event): State;
}

/** Who asks, and when it happened. Never read from a clock inside a decision. */
export interface Asked {
  readonly actor: Actor;
  /** Business time of what is decided, ISO 8601 instant in UTC. */
  readonly at: string;
  /** Imported history: arms no timers and sends no notices. */
  readonly historical?: boolean;
  /** The time that a fact claimed when that lay in the future: the fact is recorded as disputed and counted nowhere. */
  readonly claimedAt?: string;
}

/** Events to append (none: the command changes nothing), or every reason why not. */
export type Decision<Event, Refusal> =
  { readonly events: readonly Event[] } | { readonly refusals: readonly [Refusal, ...Refusal[]] };

/** The command is taken; without events it changes nothing (a no-op, stored nowhere). */
export const accept = <Event>(...events: Event[]): { readonly events: readonly Event[] } => ({ events });

/** The command is not taken, for every reason given. */
export const refuse = <Refusal>(
  first: Refusal,
  ...others: Refusal[]
): { readonly refusals: readonly [Refusal, ...Refusal[]] } => ({ refusals: [first, ...others] });

/** Accepts when there are no refusals, else refuses with all of them at once. */
export function acceptUnless<Event, Refusal>(
  refusals: readonly Refusal[],
  ...events: Event[]
): Decision<Event, Refusal> {
  const [first, ...others] = refusals;
  return first === undefined ? accept(...events) : refuse(first, ...others);
}
