// The contact: registered once, at a customer that exists.
import { accept, refuse, type Decider, type Decision } from "@gendan/eventing";
import { sameContent } from "../shared.js";
import type { ContactEvent, ContactRegistered } from "./contact.events.js";

export interface RegisterContact extends Omit<ContactRegistered, "type"> {
  readonly type: "RegisterContact";
}

export type ContactCommand = RegisterContact;

/** Why a contact does not take a command. Codes are API: they are added, never renamed. */
export type ContactRefusal = { readonly code: "CONTACT_EXISTS" };

/** What decisions need to know of a contact. */
export interface ContactState {
  readonly registered?: ContactRegistered;
}

/** The same contact registered again changes nothing; another one under the same id is refused. */
function registerContact(
  { registered }: ContactState,
  { type: _, ...contact }: RegisterContact,
): Decision<ContactEvent, ContactRefusal> {
  const event: ContactEvent = { type: "contact.registered", ...contact };
  if (!registered) return accept(event);
  return sameContent(event, registered) ? accept() : refuse({ code: "CONTACT_EXISTS" });
}

export const contactDecider: Decider<ContactState, ContactCommand, ContactEvent, ContactRefusal> = {
  initial: {},
  evolve(_, event) {
    switch (event.type) {
      case "contact.registered":
        return { registered: event };
    }
  },
  decide(contact, command) {
    switch (command.type) {
      case "RegisterContact":
        return registerContact(contact, command);
    }
  },
};
