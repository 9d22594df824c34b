// What this service knows of the company's custom fields of customers: its own copy, written by a reaction alone.
import type { CustomFieldForm, PlainValue, Sealed } from "@gendan/eventing";

export type FieldsEvent = CustomFieldsNoted;

/** All that hold from then on. */
export interface CustomFieldsNoted extends CustomFieldRules {
  readonly type: "custom.fields.noted";
}

export interface CustomFieldRules {
  /** Of the order desk's rules of kind customFields, from 1; 0 where none were ever set. */
  readonly version: number;
  readonly fields: readonly CustomFieldDefinition[];
  /** Fields that are not defined are refused. */
  readonly definedOnly: boolean;
}

export interface CustomFieldDefinition extends CustomFieldForm {
  readonly name: string;
  readonly required: boolean;
  /** A text that is sealed under the customer's key. */
  readonly personal: boolean;
}

/** A value of a field that the company itself has named: plain, or sealed where its field is personal. */
export interface CustomField {
  readonly name: string;
  readonly value: PlainValue | Sealed;
}
