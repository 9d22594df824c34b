// What the documents show of the graph is what the graph takes: whole examples are valid, and what is called by its name is there.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { buildSchema, Kind, parse, validate, type DocumentNode } from "graphql";

const root = join(import.meta.dirname, "..");
const schema = buildSchema(readFileSync(join(root, "apps/gateway/schema.graphql"), "utf8"));
const documents = globSync(["*.md", "docs/**/*.md", "examples/*/*.md"], { cwd: root }).sort();
const textOf = (document: string): string => readFileSync(join(root, document), "utf8");

const FENCED = /^```graphql\n([\s\S]*?)^```$/gm;
const examples = documents.flatMap((document) =>
  [...textOf(document).matchAll(FENCED)].map((found) => {
    const line = textOf(document).slice(0, found.index).split("\n").length;
    return [`${document}:${line}`, found[1]!] as const;
  }),
);

/** An example may show several operations, one after the other. */
function operationsOf(example: string): readonly DocumentNode[] {
  const { definitions } = parse(example);
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }));
}

test("the documents show how to ask", () => {
  expect(examples.length).toBeGreaterThan(15);
  expect(examples.every(([, example]) => operationsOf(example).length > 0)).toBe(true);
});
test.each(examples)("the example at %s is one that the graph takes", (_, example) =>
  expect(operationsOf(example).flatMap((each) => validate(schema, each).map(({ message }) => message))).toEqual([]),
);

test.each(["README.md", "README.zh-CN.md"])(
  "%s names everything that can be asked, changed and followed",
  (document) => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const asked = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
    const named = new Set([...textOf(document).matchAll(/`([a-z]\w*)[`(]/g)].map(([, name]) => name));
    expect(asked.filter((name) => !named.has(name))).toEqual([]);
  },
);

/** Every field that anything of the graph has. */
const fields = new Set(
  Object.values(schema.getTypeMap()).flatMap((type) => ("getFields" in type ? Object.keys(type.getFields()) : [])),
);
test.each(documents.filter((document) => document.startsWith("docs/orders/")))(
  "%s calls fields by names that they have",
  (document) => {
    const called = [
      ...textOf(document)
        .replaceAll(FENCED, "")
        .matchAll(/`([a-z]\w*)\(/g),
    ].map(([, name]) => name!);
    expect(called.filter((name) => !fields.has(name))).toEqual([]);
  },
);
