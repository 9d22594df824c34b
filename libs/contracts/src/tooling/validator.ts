// Validates data by JSON Schema with a program that others use too (ajv), for tests: what is published keeps to its schema.
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { contractOf } from "../catalog.js";
import { OPEN_ENUM, PERSONAL_DATA } from "../fields.js";
import { contracts } from "./generated.js";
import { dataSchemaOf, schemasOf, type SchemaDocument } from "./json-schema.js";

/** A message in the parts that its contract speaks of. */
export interface Told {
  readonly type: string;
  readonly version: number;
  readonly topic: string;
  readonly key: string;
  readonly source: string;
  readonly data: unknown;
}

/** What is wrong with data by the schema of that id; undefined where nothing is. Throws a RangeError for an unknown id. */
export function validator(schemas: readonly SchemaDocument[]): ($id: string, data: unknown) => string | undefined {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  formats.default(ajv);
  ajv.addVocabulary([OPEN_ENUM, PERSONAL_DATA, "x-owner", "x-topic", "x-key", "x-ends"]);
  ajv.addSchema([...schemas]);
  return ($id, data) => {
    const validate = ajv.getSchema($id);
    if (!validate) throw new RangeError(`There is no schema ${$id}.`);
    return validate(data) ? undefined : ajv.errorsText(validate.errors);
  };
}

/** What is wrong with a message: its data by its schema, its topic, its owner, its key. Empty where nothing is. */
export function messageValidator(): (message: Told) => readonly string[] {
  const faultOf = validator(contracts.flatMap(schemasOf));
  return ({ type, version, topic, key, source, data }) => {
    const contract = contractOf(type);
    if (!contract) return [`${type} is not in the catalog`];
    const { about } = contract;
    const faults = [
      faultOf(dataSchemaOf(type, version), data),
      topic === contract.topic ? undefined : `topic ${topic} is not ${contract.topic}`,
      source === about.owner ? undefined : `source ${source} is not ${about.owner}`,
      key === (data as Record<string, unknown>)[about.key] ? undefined : `key ${key} is not the data's ${about.key}`,
    ];
    return faults.filter((fault) => fault !== undefined).map((fault) => `${type} v${version}: ${fault}`);
  };
}
