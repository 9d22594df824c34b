// The interaction: a fact, logged once. A conversation that took place is recorded whatever rule it breaks.
import { accept, refuse, type Decider, type Decision } from "@gendan/eventing";
import { news, rescoped, type Followed, type FollowScope } from "../follow-scope.js";
import { sameContent } from "../shared.js";
import type { InteractionEvent, InteractionLogged } from "./interaction.events.js";

export interface LogInteraction extends Omit<InteractionLogged, "type"> {
  readonly type: "LogInteraction";
}

export type InteractionCommand = LogInteraction | FollowScope;

/** Why an interaction does not take a command. Codes are API: they are added, never renamed. */
export type InteractionRefusal = { readonly code: "INTERACTION_EXISTS" };

/** What decisions need to know of an interaction. */
export interface InteractionState {
  readonly logged?: InteractionLogged;
  readonly followed?: Followed;
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
  evolve(interaction, event) {
    switch (event.type) {
      case "interaction.logged":
        return { logged: event };
      case "interaction.scope.followed":
        return { followed: event, ...(interaction.logged && { logged: rescoped(interaction.logged, event) }) };
    }
  },
  decide(interaction, command) {
    switch (command.type) {
      case "LogInteraction":
        return logInteraction(interaction, command);
      case "FollowScope": {
        const scope = news(interaction.logged?.about.orderId, interaction.followed, command);
        return scope ? accept({ type: "interaction.scope.followed", ...scope }) : accept();
      }
    }
  },
};
