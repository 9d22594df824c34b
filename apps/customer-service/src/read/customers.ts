// The customers as people see them, with their contacts.
import {
  fieldWord,
  isSealed,
  wordsIn,
  type DocumentFold,
  type Happened,
  type NamedValue,
  type Projection,
  type Scope,
  type Sealed,
} from "@gendan/eventing";
import type { ContactEvent } from "../domain/contact/contact.events.js";
import type { CustomerEvent, CustomerProfile } from "../domain/customer/customer.events.js";
import { foldErasure, type ErasureDoc } from "./erasure.js";
import { scopeColumns, text } from "./scoped.js";

export type CustomerDoc = CustomerProfile &
  Scope & { readonly number: string; readonly registeredAt: string; readonly erasure?: ErasureDoc };

export interface ContactDoc extends Scope {
  readonly customerId: string;
  readonly name: Sealed;
  readonly phone?: Sealed | undefined;
  readonly mail?: Sealed | undefined;
  readonly role?: string | undefined;
  readonly registeredAt: string;
  readonly erasure?: ErasureDoc;
}

/** How a number of another system is found: the system and the number in one text. */
export const referenceKey = (system: string, number: string): string => `${system}\u0000${number}`;

/** A name as a key: the same for every way of writing it that a person would call the same (width, case, spaces). */
export const nameKey = (name: string): string => name.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");

export function foldCustomer(
  doc: CustomerDoc | undefined,
  event: CustomerEvent,
  { meta }: Happened<CustomerEvent>,
): CustomerDoc | undefined {
  switch (event.type) {
    case "customer.registered": {
      const { type: _, decidedUnder: __, ...customer } = event;
      return { ...customer, registeredAt: meta.occurredAt };
    }
    case "customer.fields.changed":
      return doc && { ...doc, customFields: event.customFields };
    case "customer.erasure.requested":
    case "customer.erasure.withdrawn":
    case "customer.erased":
      return doc && foldErasure(doc, event, meta);
  }
}

export function foldContact(
  doc: ContactDoc | undefined,
  event: ContactEvent,
  { meta }: Happened<ContactEvent>,
): ContactDoc | undefined {
  switch (event.type) {
    case "contact.registered": {
      const { type: _, ...contact } = event;
      return { ...contact, registeredAt: meta.occurredAt };
    }
    case "contact.erasure.requested":
    case "contact.erasure.withdrawn":
    case "contact.erased":
      return doc && foldErasure(doc, event, meta);
  }
}

/** Only an organisation's names are plain: a person's are found by their keyed hash alone. */
const plainNames = (customer: CustomerDoc): string[] =>
  customer.kind === "organisation" ? [customer.name, ...customer.localNames.map(({ name }) => name)] : [];

/** A personal field is not found by its value. */
const plainFields = ({ customFields = [] }: CustomerDoc): NamedValue[] =>
  customFields.flatMap(({ name, value }) => (isSealed(value) ? [] : [{ name, value }]));

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
    words: (customer) => [
      ...wordsIn(customer.number, ...plainNames(customer)),
      ...new Set(plainFields(customer).map(fieldWord)),
    ],
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

export const customersProjection: Projection = { name: "customers", version: "4", documents: [customers, contacts] };
