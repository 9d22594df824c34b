// Given/when/then for deciders: a spec reads like the rule.
import { expect } from "@jest/globals";
import type { Asked, Decider } from "@gendan/eventing";

interface Coded {
  readonly code: string;
}

interface Then<Event, Refusal> {
  /** Exactly these events, in this order. */
  then(...events: Event[]): void;
  /** Exactly these codes, in any order. */
  refused(...codes: (Refusal extends Coded ? Refusal["code"] : string)[]): void;
  /** Taken, and nothing happens. */
  unchanged(): void;
  /** What was decided, for a check of its own. */
  readonly decision: ReturnType<Decider<unknown, never, Event, Refusal>["decide"]>;
}

/** The time that specs take for now. */
export const SPEC_TIME = "2026-03-02T08:00:00.000Z";

/** Starts given/when/then for a decider. Events given are folded from the initial state. */
export function specFor<State, Command, Event, Refusal extends Coded>(
  decider: Decider<State, Command, Event, Refusal>,
) {
  return (...events: Event[]) => ({
    state: (): State => events.reduce(decider.evolve, decider.initial),
    when(command: Command, by: Omit<Asked, "at"> & { readonly at?: string }): Then<Event, Refusal> {
      const decision = decider.decide(events.reduce(decider.evolve, decider.initial), command, {
        at: SPEC_TIME,
        ...by,
      });
      return {
        decision,
        then: (...expected) => expect(decision).toEqual({ events: expected }),
        refused: (...codes) =>
          expect("refusals" in decision ? decision.refusals.map((refusal) => refusal.code).sort() : decision).toEqual(
            [...codes].sort(),
          ),
        unchanged: () => expect(decision).toEqual({ events: [] }),
      };
    },
  });
}
