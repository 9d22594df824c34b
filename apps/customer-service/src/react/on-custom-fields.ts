// The local copy of the custom fields of customers follows what order-service tells.
import type { CustomFieldsDefined } from "@gendan/contracts";
import type { CustomFieldType, Reacted } from "@gendan/eventing";
import { FIELDS_ID, type NoteCustomFields } from "../domain/fields/fields.decider.js";

export function noteCustomFields({ version, fields, definedOnly }: CustomFieldsDefined): Reacted<NoteCustomFields>[] {
  const ofCustomers = fields
    .filter(({ of }) => of === "customer")
    .map(({ of: _, type, ...field }) => ({ ...field, type: type as CustomFieldType }));
  const command: NoteCustomFields = { type: "NoteCustomFields", version, fields: ofCustomers, definedOnly };
  return [{ aggregate: "customer.fields", target: FIELDS_ID, command }];
}
