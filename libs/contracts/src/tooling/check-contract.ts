// What a contract has to say of itself before it is published, besides what its type asks for.
import type { Contract } from "../contract.js";
import { PERSONAL_DATA, type PersonalData } from "../fields.js";
import { dataShape, fieldsOf, versionsOf, type Field, type Schema } from "./json-schema.js";

/** What is missing or wrong, each with the way out; empty for a contract that may be published. */
export function faultsOf(contract: Contract<unknown>, others: readonly { readonly type: string }[] = []): string[] {
  const { type, topic, about, newest } = contract;
  const faults: string[] = [];
  const fault = (text: string) => faults.push(`${type}: ${text}`);
  if (!/^[a-z]+(\.[a-z0-9]+)+$/.test(type)) fault("its type is not dotted lower-case words.");
  if (!/^gendan\.[a-z]+$/.test(topic)) fault(`its topic ${topic} is not gendan.<word>.`);
  if (!isSentence(about.en, /\.$/)) fault("`en` is no sentence: it ends with a full stop.");
  if (!isSentence(about.zh, /\p{Script=Han}.*。$/u)) fault("`zh` is no Chinese sentence: it ends with 。");
  if (newest === 0) fault("it has no version: add .version(schema, example).");
  if (about.ends) faults.push(...faultsOfEnd(type, about.ends, others));
  for (const version of versionsOf(contract)) faults.push(...faultsOfVersion(contract, version));
  return faults;
}

const isSentence = (text: string, end: RegExp): boolean => end.test(text) && text.trim() === text;

function faultsOfEnd(
  type: string,
  { on, replacedBy }: NonNullable<Contract<unknown>["about"]["ends"]>,
  others: readonly { readonly type: string }[],
): string[] {
  const faults = [];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) faults.push(`${type}: it ends on ${on}, which is no day (YYYY-MM-DD).`);
  if (!others.some((other) => other.type === replacedBy && other.type !== type))
    faults.push(`${type}: it is replaced by ${replacedBy}, which is not in the catalog.`);
  return faults;
}

function faultsOfVersion(contract: Contract<unknown>, version: number): string[] {
  const name = `${contract.type} v${version}`;
  const shape = dataShape(contract, version);
  const key = contract.about.key;
  const keyField = ((shape.properties ?? {}) as Readonly<Record<string, Schema>>)[key];
  const required = (shape.required ?? []) as readonly string[];
  const faults = fieldsOf(shape).flatMap((field) => faultsOfField(name, field));
  if (keyField?.format !== "uuid" || !required.includes(key))
    faults.push(`${name}: its key ${key} is not a required id of its data.`);
  const parsed = contract.schemaOf(version).safeParse(contract.exampleOf(version));
  if (!parsed.success) faults.push(`${name}: its example does not parse: ${parsed.error.message}`);
  else if (JSON.stringify(sorted(parsed.data)) !== JSON.stringify(sorted(contract.exampleOf(version))))
    faults.push(`${name}: its example has what its schema does not name.`);
  return faults;
}

function faultsOfField(name: string, { path, schema }: Field): string[] {
  const personalData = schema[PERSONAL_DATA] as PersonalData | undefined;
  switch (personalData) {
    case "none":
    case "pseudonymousId":
      return [];
    case "personal":
      return [`${name}: ${path} is personal. Public events carry ids; the owner's API opens what is behind them.`];
    case undefined:
      return [`${name}: ${path} has no personal-data class: wrap its schema in none() or pseudonymousId().`];
  }
}

/** With the fields of every object in one order, to compare. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([at, part]) => [at, sorted(part)]),
  );
}
