// The erasure of a person, a conversation of two: one asks, another one carries it out. The same for customers and contacts.
import { accept, personBehind, refuse, type Actor, type Asked, type Decision } from "@gendan/eventing";
import type { NotFound } from "../shared.js";
import type { Erasable, ErasureEvent } from "./erasure.events.js";

export type ErasureCommand = RequestErasure | WithdrawErasure | Erase;

export interface RequestErasure {
  readonly type: "RequestErasure";
  readonly reason: string;
}

export interface WithdrawErasure {
  readonly type: "WithdrawErasure";
}

export interface Erase {
  readonly type: "Erase";
}

/** The person is erased: nothing about them is taken any more. */
export interface SubjectErased {
  readonly code: "SUBJECT_ERASED";
}

/** Codes are API: they are added, never renamed. */
export type ErasureRefusal =
  | NotFound
  | SubjectErased
  | { readonly code: "ERASURE_REQUESTED"; readonly requestedBy: string }
  | { readonly code: "ERASURE_NOT_REQUESTED" }
  | { readonly code: "SAME_PERSON"; readonly person: string; readonly of: "erasure" }
  | { readonly code: "PERSON_NEEDED"; readonly of: "erasure" };

/** How far it has come; absent: nobody has asked. */
export type Erasure = ErasurePending | { readonly state: "erased" };

interface ErasurePending {
  readonly state: "requested";
  readonly reason: string;
  readonly requestedBy: Actor;
}

/** What decisions on erasures need to know of an aggregate that has a person's key. */
export interface ErasableState {
  readonly registered?: object;
  readonly erasure?: Erasure;
}

/** Decides on any of the commands for this kind of aggregate. */
export function decideErasure<Of extends Erasable>(
  of: Of,
  { registered, erasure }: ErasableState,
  command: ErasureCommand,
  { actor }: Asked,
): Decision<ErasureEvent<Of>, ErasureRefusal> {
  if (!registered) return refuse({ code: "NOT_FOUND" });
  if (erasure?.state === "erased") return refuse({ code: "SUBJECT_ERASED" });
  const person = personBehind(actor);
  if (person === undefined) return refuse({ code: "PERSON_NEEDED", of: "erasure" });
  if (command.type === "RequestErasure") {
    if (erasure) return refuse({ code: "ERASURE_REQUESTED", requestedBy: requesterOf(erasure) });
    return accept({ type: `${of}.erasure.requested`, reason: command.reason, requestedBy: actor });
  }
  if (!erasure) return refuse({ code: "ERASURE_NOT_REQUESTED" });
  switch (command.type) {
    case "WithdrawErasure":
      return accept({ type: `${of}.erasure.withdrawn`, withdrawnBy: actor });
    case "Erase": {
      if (requesterOf(erasure) === person) return refuse({ code: "SAME_PERSON", person, of: "erasure" });
      const { reason, requestedBy } = erasure;
      return accept({ type: `${of}.erased`, reason, requestedBy, erasedBy: actor });
    }
  }
}

/** A request is a person's: no other is taken. */
const requesterOf = ({ requestedBy }: ErasurePending): string => personBehind(requestedBy) ?? requestedBy.id;

/** The state after one of these events: what was registered stays. */
export function erasureAfter<State extends ErasableState>(
  { erasure: _, ...others }: State,
  event: ErasureEvent<Erasable>,
): State {
  switch (event.type) {
    case "customer.erasure.requested":
    case "contact.erasure.requested": {
      const { reason, requestedBy } = event;
      return { ...others, erasure: { state: "requested", reason, requestedBy } } as State;
    }
    case "customer.erasure.withdrawn":
    case "contact.erasure.withdrawn":
      return others as State;
    case "customer.erased":
    case "contact.erased":
      return { ...others, erasure: { state: "erased" } } as State;
  }
}
