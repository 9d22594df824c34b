// The interaction: a fact, logged once. A conversation that took place is recorded whatever rule it breaks.
import { accept, refuse, type Decider, type Decision } from "@gendan/eventing";
import { sameContent } from "../shared.js";
import type { InteractionEvent, InteractionLogged } from "./interaction.events.js";

export interface LogInteraction extends Omit<InteractionLogged, "type"> {
  readonly type: "LogInteraction";
}

export type InteractionCommand = LogInteraction;

/** Why an interaction does not take a command. Codes are API: they are added, never renamed. */
export type InteractionRefusal = { readonly code: "INTERACTION_EXISTS" };

/** What decisions need to know of an interaction. */
export interface InteractionState {
  readonly logged?: InteractionLogged;
}

/** The same interaction logged again changes nothing; another one under the same id is refused. */
function logInteraction(
  { logged }: InteractionState,
  { type: _, ...interaction }: LogInteraction,
): Decision<InteractionEvent, InteractionRefusal> {
  const event: InteractionEvent = { type: "interaction.logged", ...interaction };
  if (!logged) return accept(event);
  return sameContent(event, logged) ? accept() : refuse({ code: "INTERACTION_EXISTS" });
}

export const interactionDecider: Decider<InteractionState, InteractionCommand, InteractionEvent, InteractionRefusal> = {
  initial: {},
  evolve(_, event) {
    switch (event.type) {
      case "interaction.logged":
        return { logged: event };
    }
  },
  decide(interaction, command) {
    switch (command.type) {
      case "LogInteraction":
        return logInteraction(interaction, command);
    }
  },
};
