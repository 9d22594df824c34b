// The custom fields of an installation: what they are called, what they are of, and what their values may be.
import type { CustomFieldForm } from "@gendan/eventing";

export interface CustomFieldRules {
  readonly fields: readonly CustomFieldDefinition[];
  /** Fields that are not defined are refused. */
  readonly definedOnly: boolean;
}

export interface CustomFieldDefinition extends CustomFieldForm {
  readonly name: string;
  /** Those of customers the customer service keeps and decides under: it is told of them. */
  readonly of: "order" | "line" | "customer";
  readonly required?: boolean;
  /** A customer's text that is sealed under the customer's key. */
  readonly personal?: boolean;
}

export const customFieldDefaults: CustomFieldRules = { fields: [], definedOnly: false };
