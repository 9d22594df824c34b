// What the company hears of customers, their contacts, interactions and answers: ids and plain values, never a personal one.
import { scopeOf } from "@gendan/eventing";
import {
  contactErased,
  contactRegistered,
  customerErased,
  customerRegistered,
  interactionLogged,
  interactionScopeChanged,
  satisfactionRecorded,
  satisfactionScopeChanged,
} from "@gendan/contracts";
import type { ContactEvent } from "../domain/contact/contact.events.js";
import type { CustomerEvent } from "../domain/customer/customer.events.js";
import type { InteractionEvent } from "../domain/interaction/interaction.events.js";
import type { SatisfactionEvent } from "../domain/satisfaction/satisfaction.events.js";

export function publishCustomer(customerId: string, event: CustomerEvent) {
  switch (event.type) {
    case "customer.registered": {
      const { number, kind, country, region, postcodePrefix, language } = event;
      const name = event.kind === "organisation" ? { name: event.name } : {};
      const told = { customerId, number, kind, ...name, country, region, postcodePrefix, language };
      return [customerRegistered.message({ ...told, ...scopeOf(event) })];
    }
    case "customer.erased":
      return [customerErased.message({ customerId })];
    case "customer.fields.changed": // custom fields are the company's own, as they are of an order
      return [];
    case "customer.erasure.requested":
    case "customer.erasure.withdrawn":
      return []; // nothing has changed yet for anybody outside
  }
}

export function publishContact(contactId: string, event: ContactEvent) {
  switch (event.type) {
    case "contact.registered": {
      const { customerId, role } = event;
      return [contactRegistered.message({ contactId, customerId, role })];
    }
    case "contact.erased":
      return [contactErased.message({ contactId, customerId: event.customerId })];
    case "contact.erasure.requested":
    case "contact.erasure.withdrawn":
      return []; // nothing has changed yet for anybody outside
  }
}

export function publishInteraction(interactionId: string, event: InteractionEvent) {
  switch (event.type) {
    case "interaction.logged": {
      const { customerId, channel, direction, about } = event;
      return [
        interactionLogged.message({ interactionId, customerId, channel, direction, ...about, ...scopeOf(event) }),
      ];
    }
    case "interaction.scope.followed":
      return [interactionScopeChanged.message({ interactionId, ...scopeOf(event) })];
  }
}

export function publishSatisfaction(satisfactionId: string, event: SatisfactionEvent) {
  switch (event.type) {
    case "satisfaction.recorded": {
      const { customerId, score, recordedOn, about } = event;
      const told = { satisfactionId, customerId, score, recordedOn, ...about };
      return [satisfactionRecorded.message({ ...told, ...scopeOf(event) })];
    }
    case "satisfaction.scope.followed":
      return [satisfactionScopeChanged.message({ satisfactionId, ...scopeOf(event) })];
  }
}
