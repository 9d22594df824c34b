// The customers as people see them, with their contacts.
import { wordsIn, type DocumentFold, type Happened, type Projection, type Sealed } from "@gendan/eventing";
import type { ContactEvent } from "../domain/contact/contact.events.js";
import type { CustomerEvent, CustomerProfile } from "../domain/customer/customer.events.js";
import type { Scope } from "../domain/shared.events.js";
import { scopeColumns, text } from "./scoped.js";

export type CustomerDoc = CustomerProfile & Scope & { readonly number: string; readonly registeredAt: string };

export interface ContactDoc extends Scope {
  readonly customerId: string;
  readonly name: Sealed;
  readonly phone?: Sealed | undefined;
  readonly mail?: Sealed | undefined;
  readonly role?: string | undefined;
  readonly registeredAt: string;
}

/** How a number of another system is found: the system and the number in one text. */
export const referenceKey = (system: string, number: string): string => `${system}\u0000${number}`;

/** A name as a key: the same for every way of writing it that a person would call the same (width, case, spaces). */
export const nameKey = (name: string): string => name.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");

export function foldCustomer(
  _: CustomerDoc | undefined,
  event: CustomerEvent,
  { meta }: Happened<CustomerEvent>,
): CustomerDoc {
  switch (event.type) {
    case "customer.registered": {
      const { type: __, ...customer } = event;
      return { ...customer, registeredAt: meta.occurredAt };
    }
  }
}

export function foldContact(
  _: ContactDoc | undefined,
  event: ContactEvent,
  { meta }: Happened<ContactEvent>,
): ContactDoc {
  switch (event.type) {
    case "contact.registered": {
      const { type: __, ...contact } = event;
      return { ...contact, registeredAt: meta.occurredAt };
    }
  }
}

/** Only an organisation's names are plain: a person's are found by their keyed hash alone. */
const plainNames = (customer: CustomerDoc): string[] =>
  customer.kind === "organisation" ? [customer.name, ...customer.localNames.map(({ name }) => name)] : [];

const filters = ["kind", "country", "department", "assignee"];

const customers: DocumentFold<CustomerDoc, CustomerEvent> = {
  source: "customer.customer",
  fold: foldCustomer,
  collection: {
    name: "customers",
    columns: {
      registeredAt: text((customer) => customer.registeredAt),
      number: text((customer) => customer.number),
      kind: text((customer) => customer.kind),
      country: text((customer) => customer.country),
      ...scopeColumns,
    },
    tokens: ({ visibleTo }) => visibleTo,
    words: (customer) => wordsIn(customer.number, ...plainNames(customer)),
    keys: {
      number: ({ number }) => [number],
      reference: ({ externalReferences }) =>
        externalReferences.map(({ system, number }) => referenceKey(system, number)),
      name: (customer) => [...new Set(plainNames(customer).map(nameKey))],
    },
    paths: [
      { name: "byRegistered", sort: "registeredAt", filters },
      { name: "byNumber", sort: "number", filters },
    ],
  },
};

const contacts: DocumentFold<ContactDoc, ContactEvent> = {
  source: "customer.contact",
  fold: foldContact,
  collection: {
    name: "contacts",
    columns: {},
    tokens: ({ visibleTo }) => visibleTo,
    keys: { customer: ({ customerId }) => [customerId] },
    paths: [],
  },
};

export const customersProjection: Projection = { name: "customers", version: "1", documents: [customers, contacts] };
