// gendan events describe: what a public event says, from the catalog; needs no server.
import { Fault } from "@gendan/eventing";
import { contractOf } from "@gendan/contracts";
import { catalog } from "@gendan/contracts/catalog";
import { dataShape, fieldsOf, schemaDocument, versionsOf, type Field } from "@gendan/contracts/tooling/json-schema";
import { wholeNumber } from "../terminal/arguments.js";
import type { Command } from "./command.js";

type Contract = NonNullable<ReturnType<typeof contractOf>>;

export const describe: Command = {
  options: { version: { type: "string" }, json: { type: "boolean" } },
  words: [],
  optionalWord: "type",
  run(args, { texts, print, language }) {
    const [type] = args.words;
    if (type === undefined) {
      const width = Math.max(...catalog.map((each) => each.type.length));
      for (const each of catalog) print(`${each.type.padEnd(width)}  ${each.about[language]}`);
      return Promise.resolve(0);
    }
    const contract = contractOf(type);
    if (!contract) throw new Fault("BAD_USER_INPUT", texts.noType(type, like(type).join(", ")));
    const { newest } = contract;
    const version = wholeNumber(args, "version", { from: 1, to: newest, otherwise: newest }, texts);
    if (args.flag("json")) print(JSON.stringify(schemaDocument(contract, version), undefined, 2));
    else for (const line of linesOf(contract, version, language, texts.described)) print(line);
    return Promise.resolve(0);
  },
};

/** Types of the same aggregate, or all where there is none. */
function like(type: string): string[] {
  const [aggregate] = type.split(".");
  const near = catalog.filter((each) => each.type.startsWith(`${aggregate}.`));
  return (near.length > 0 ? near : catalog).map((each) => each.type);
}

interface Words {
  readonly owner: string;
  readonly topic: string;
  readonly key: string;
  readonly versions: string;
  readonly fields: string;
  readonly required: string;
  readonly optional: string;
  readonly example: string;
  readonly ends: (on: string, replacedBy: string) => string;
}

function linesOf(contract: Contract, version: number, language: "en" | "zh", words: Words): string[] {
  const { type, topic, about } = contract;
  const versions = versionsOf(contract)
    .map((each) => (each === version ? `[${each}]` : `${each}`))
    .join(" ");
  const fields = fieldsOf(dataShape(contract, version));
  const width = Math.max(...fields.map(({ path }) => path.length));
  return [
    `${type}: ${about[language]}`,
    ...(about.ends ? [words.ends(about.ends.on, about.ends.replacedBy)] : []),
    "",
    `${words.owner}: ${about.owner}`,
    `${words.topic}: ${topic}`,
    `${words.key}: ${about.key}`,
    `${words.versions}: ${versions}`,
    "",
    `${words.fields}:`,
    ...fields.map(
      (field) => `  ${field.path.padEnd(width)}  ${kindOf(field)}, ${field.required ? words.required : words.optional}`,
    ),
    "",
    `${words.example}:`,
    JSON.stringify(contract.exampleOf(version), undefined, 2),
  ];
}

/** What a field holds: its type, its form and its personal-data class. */
function kindOf({ schema }: Field): string {
  const { type, format, const: constant, enum: values, "x-personal-data": personal } = schema;
  const kind = values ? (values as readonly unknown[]).join(" | ") : (constant ?? format ?? type ?? "any");
  return `${String(kind as string)}${personal === undefined ? "" : `, ${String(personal as string)}`}`;
}
