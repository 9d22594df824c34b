// The contact: registered once, at a customer that exists; erased by two persons.
import { accept, refuse, type Asked, type Decider, type Decision } from "@gendan/eventing";
import {
  decideErasure,
  erasureAfter,
  type ErasableState,
  type ErasureCommand,
  type ErasureRefusal,
} from "../erasure/erasure.js";
import { sameContent } from "../shared.js";
import type { ContactEvent, ContactRegistered } from "./contact.events.js";

export interface RegisterContact extends Omit<ContactRegistered, "type"> {
  readonly type: "RegisterContact";
}

export type ContactCommand = RegisterContact | ErasureCommand;

/** Why a contact does not take a command. Codes are API: they are added, never renamed. */
export type ContactRefusal = ErasureRefusal | { readonly code: "CONTACT_EXISTS" };

/** What decisions need to know of a contact. */
export interface ContactState extends ErasableState {
  readonly registered?: ContactRegistered;
}

/** The same contact registered again changes nothing; another one under the same id, and an erased one, is refused. */
function registerContact(
  { registered, erasure }: ContactState,
  { type: _, ...contact }: RegisterContact,
): Decision<ContactEvent, ContactRefusal> {
  if (erasure?.state === "erased") return refuse({ code: "SUBJECT_ERASED" });
  const event: ContactEvent = { type: "contact.registered", ...contact };
  if (!registered) return accept(event);
  return sameContent(event, registered) ? accept() : refuse({ code: "CONTACT_EXISTS" });
}

function decideOnErasure(
  contact: ContactState,
  command: ErasureCommand,
  by: Asked,
): Decision<ContactEvent, ContactRefusal> {
  const decision = decideErasure("contact", contact, command, by);
  if ("refusals" in decision) return decision;
  const { customerId } = contact.registered!;
  return accept(
    ...decision.events.map((event) => (event.type === "contact.erased" ? { ...event, customerId } : event)),
  );
}

export const contactDecider: Decider<ContactState, ContactCommand, ContactEvent, ContactRefusal> = {
  initial: {},
  evolve(contact, event) {
    switch (event.type) {
      case "contact.registered":
        return { registered: event };
      case "contact.erasure.requested":
      case "contact.erasure.withdrawn":
      case "contact.erased":
        return erasureAfter(contact, event);
    }
  },
  decide(contact, command, by) {
    switch (command.type) {
      case "RegisterContact":
        return registerContact(contact, command);
      case "RequestErasure":
      case "WithdrawErasure":
      case "Erase":
        return decideOnErasure(contact, command, by);
    }
  },
};
