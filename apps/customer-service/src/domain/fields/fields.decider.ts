// The local copy of the custom fields of customers: what registering and changing a customer is decided under.
import { accept, uuidFrom, type Decider } from "@gendan/eventing";
import type { CustomFieldRules, FieldsEvent } from "./fields.events.js";

/** A fact: the company has defined its custom fields. Of two versions the later one holds, in whichever order they are heard of. */
export interface NoteCustomFields extends CustomFieldRules {
  readonly type: "NoteCustomFields";
}

/** The one stream of them. */
export const FIELDS_ID = uuidFrom("customer", "custom-fields");

/** Permissive: any names, and plain values. */
export const noFieldRules: CustomFieldRules = { version: 0, fields: [], definedOnly: false };

export const fieldsDecider: Decider<CustomFieldRules, NoteCustomFields, FieldsEvent, never> = {
  initial: noFieldRules,
  decide: ({ version }, { type: _, ...noted }) =>
    noted.version > version ? accept({ type: "custom.fields.noted", ...noted }) : accept(),
  evolve: (_, { type: __, ...rules }) => rules,
};
