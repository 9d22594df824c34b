// What mutations and lists of customers and their contacts are given.
import { z } from "zod";
import * as input from "./inputs.js";

const { optional, meant } = input;
const kind = input.enumOf({ ORGANISATION: "organisation", PERSON: "person" });
/** Local names and numbers of other systems: bounded, because they lie in one event. */
const MOST = 20;
const MOST_FIELDS = 50;

export const registerCustomerInput = z.object({
  ...meant,
  id: optional(input.id),
  kind,
  name: optional(input.name),
  localNames: optional(z.array(z.object({ language: input.language, name: input.name })).max(MOST)),
  country: optional(input.country),
  region: optional(input.region),
  postcodePrefix: optional(input.postcodePrefix),
  address: optional(input.address),
  phone: optional(input.phone),
  mail: optional(input.mail),
  language: optional(input.language),
  terms: optional(input.code),
  externalReferences: optional(z.array(input.reference).max(MOST)),
  customFields: optional(z.array(input.customField).max(MOST_FIELDS)),
  department: optional(input.department),
  assignee: optional(input.user),
});
export type RegisterCustomerInput = z.output<typeof registerCustomerInput>;

export const changeCustomerFieldsInput = z.object({
  ...meant,
  customerId: input.id,
  set: optional(z.array(input.customField).max(MOST_FIELDS)),
  remove: optional(z.array(input.fieldName).max(MOST_FIELDS)),
});

export const registerContactInput = z.object({
  ...meant,
  id: optional(input.id),
  customerId: input.id,
  name: input.name,
  phone: optional(input.phone),
  mail: optional(input.mail),
  role: optional(input.code),
});

export const customerFilterInput = z.object({
  kinds: optional(z.array(kind)),
  countries: optional(z.array(z.string())),
  department: optional(input.department),
  assignee: optional(input.user),
  customFields: optional(z.array(input.customField).max(MOST_FIELDS)),
  text: optional(z.string().max(200)),
});

export interface CustomerOrderInput {
  readonly field?: "REGISTERED_AT" | "NUMBER" | null;
  readonly direction?: "ASC" | "DESC" | null;
}
