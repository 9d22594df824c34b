// What can have happened to a customer. Private to this service: other teams read libs/contracts.
import type { Scope, Sealed } from "@gendan/eventing";
import type { ErasureEvent } from "../erasure/erasure.events.js";
import type { CustomField } from "../fields/fields.events.js";
import type { ExternalReference } from "../shared.events.js";

export type CustomerEvent = CustomerRegistered | CustomerFieldsChanged | ErasureEvent<"customer">;

export type CustomerRegistered = {
  readonly type: "customer.registered";
  /** The number for people, CU-2026-000123. */
  readonly number: string;
} & CustomerProfile &
  DecidedUnder &
  Scope;

/** Custom fields were set or removed; the others are as they were. */
export interface CustomerFieldsChanged extends DecidedUnder {
  readonly type: "customer.fields.changed";
  /** All of them, as they are from then on. */
  readonly customFields: readonly CustomField[];
  /** The names of those that were set or removed. */
  readonly changed: readonly string[];
}

/** The version of the definitions that the custom fields were decided under; absent where there were none. */
export interface DecidedUnder {
  readonly decidedUnder?: { readonly customFields: number } | undefined;
}

/** An organisation's names are plain; a person's are sealed like everything else that is personal. */
export type CustomerProfile = (OrganisationNames | PersonNames) & {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly postcodePrefix?: string | undefined;
  readonly address?: Sealed | undefined;
  readonly phone?: Sealed | undefined;
  readonly mail?: Sealed | undefined;
  /** The language they are written to in: zh, en, pt, … */
  readonly language?: string | undefined;
  readonly terms?: string | undefined;
  readonly externalReferences: readonly ExternalReference[];
  /** Sealed where their definition says personal. The others are plain: an erasure does not reach them. */
  readonly customFields?: readonly CustomField[] | undefined;
};

export interface OrganisationNames {
  readonly kind: "organisation";
  readonly name: string;
  readonly localNames: readonly LocalName<string>[];
}

export interface PersonNames {
  readonly kind: "person";
  readonly name?: Sealed | undefined;
  readonly localNames: readonly LocalName<Sealed>[];
}

export interface LocalName<Name> {
  readonly language: string;
  readonly name: Name;
}
