// The JSON Schema (2020-12) of a version, made from its contract. A reader of it takes what later versions add.
import { z } from "zod";
import type { Contract } from "../contract.js";

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown };

/** The whole schema of a version, as its file has it. */
export type SchemaDocument = Schema & { readonly $id: string };

/** The `dataschema` of a message and the `$id` of its schema. */
export const dataSchemaOf = (type: string, version: number): string => `urn:gendan:${type}:${version}`;

/** Zod's own patterns spell out leap years and the bits of a UUID: the format says the same, and is read. */
const shortPatterns: Readonly<Record<string, string>> = {
  uuid: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
  date: "^\\d{4}-\\d{2}-\\d{2}$",
  "date-time": "^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z$",
};

/** The numbers of a contract's versions, oldest first. */
export const versionsOf = ({ newest }: Contract<unknown>): readonly number[] =>
  Array.from({ length: newest }, (_, index) => index + 1);

/** The data of a version, without what identifies the schema. Objects are open: later versions add fields. */
export function dataShape(contract: Contract<unknown>, version: number): Schema {
  const { $schema: _, ...shape } = z.toJSONSchema(contract.schemaOf(version), { io: "input" });
  return shortened(shape) as Schema;
}

/** The whole schema of a version as it is handed out. */
export function schemaDocument(contract: Contract<unknown>, version: number): SchemaDocument {
  const { type, topic, about } = contract;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: dataSchemaOf(type, version),
    title: `${type} v${version}`,
    description: `${about.en} ${about.zh}`,
    ...(about.ends && { deprecated: true, "x-ends": about.ends }),
    "x-owner": about.owner,
    "x-topic": topic,
    "x-key": about.key,
    ...dataShape(contract, version),
    examples: [contract.exampleOf(version)],
  };
}

/** The schemas of all versions, oldest first. */
export const schemasOf = (contract: Contract<unknown>): readonly SchemaDocument[] =>
  versionsOf(contract).map((version) => schemaDocument(contract, version));

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part)]));
  const pattern = typeof inside.format === "string" ? shortPatterns[inside.format] : undefined;
  return pattern === undefined ? inside : { ...inside, pattern };
}

/** A field of a version's data, as documents and checks list it. */
export interface Field {
  /** Where it stands: `lines[].quantity`. */
  readonly path: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** Every field that holds a value by itself, in the order of the schema; objects and lists are what their parts are. */
export function fieldsOf(schema: Schema, path = "", required = true): readonly Field[] {
  if (schema.type === "array") return fieldsOf(schema.items as Schema, `${path}[]`, required);
  if (schema.type !== "object") return [{ path, required, schema }];
  const needed = new Set(schema.required as readonly string[] | undefined);
  return Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>).flatMap(([name, part]) =>
    fieldsOf(part, path === "" ? name : `${path}.${name}`, required && needed.has(name)),
  );
}
