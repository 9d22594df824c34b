// The custom fields of an installation: what they are called, what they are of, and what their values may be.

export interface CustomFieldRules {
  readonly fields: readonly CustomFieldDefinition[];
  /** Fields that are not defined are refused. */
  readonly definedOnly: boolean;
}

export interface CustomFieldDefinition {
  readonly name: string;
  readonly of: "order" | "line";
  readonly type: CustomFieldType;
  readonly required?: boolean;
  /** Of a choice, all of them. */
  readonly choices?: readonly string[];
}

export const CUSTOM_FIELD_TYPES = ["text", "integer", "decimal", "date", "boolean", "choice"] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

export const customFieldDefaults: CustomFieldRules = { fields: [], definedOnly: false };
