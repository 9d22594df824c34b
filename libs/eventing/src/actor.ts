// Who acts. Stored with every event, because "who did this" is the first question in any dispute.

/** Who acts: a person, a service (for itself or on a person's behalf), or a named, versioned set of rules. */
export interface Actor {
  readonly kind: "person" | "service" | "ruleSet";
  readonly id: string;
  readonly version?: string;
  readonly onBehalfOf?: string;
}

/** The person who answers for what was done, if there is one. */
export const personBehind = (actor: Actor): string | undefined =>
  actor.kind === "person" ? actor.id : actor.onBehalfOf;
