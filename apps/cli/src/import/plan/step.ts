// One command of an import, as it will be sent: its id follows from mapping, key, step and content, so that a retry is one.
import { canonical, uuidFrom } from "@gendan/eventing";
import type { Row } from "../source/read-table.js";

export const STEP_NAMES = [
  "customer",
  "order",
  "verified",
  "confirmed",
  "hold",
  "receipt",
  "allocation",
  "shipment",
  "booking",
  "dispatch",
  "delivery",
  "cancellation",
  "satisfaction",
  "case",
] as const;
export type StepName = (typeof STEP_NAMES)[number];

export interface Step {
  readonly name: StepName;
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The row that it is made of, and that is refused with it. */
  readonly row: Row;
  /** What must have been taken before: a refusal of that one says all about this one. */
  readonly after?: Step | undefined;
}

export type Steps = (
  name: StepName,
  mutation: string,
  of: { readonly key: string; readonly row: Row; readonly at?: string | undefined; readonly after?: Step | undefined },
  content: Readonly<Record<string, unknown>>,
) => Step;

/** Makes the steps of a mapping. */
export const stepsOf =
  (mapping: string): Steps =>
  (name, mutation, { key, row, at, after }, content) => {
    const input = defined({ ...content, occurredAt: at, historical: true });
    const commandId = uuidFrom("import", mapping, key, name, canonical(input));
    return { name, mutation, input: { commandId, ...input }, row, after };
  };

/** Without what is not there. */
export const defined = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The id of something that only this import knows a key for. */
export const importedId = (kind: string, mapping: string, ...keys: readonly string[]): string =>
  uuidFrom("import", mapping, kind, ...keys);
