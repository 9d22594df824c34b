// docs/orders tells of every kind of rules, and its examples have the forms that are taken.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse, valueFromASTUntyped, visit } from "graphql";
import { ruleKinds, type RuleKind } from "../domain/rules/rule-kinds.js";
import { ruleSchemas } from "./rule-schemas.js";

const folder = join(import.meta.dirname, "../../../../docs/orders");
const documents = globSync("*.md", { cwd: folder }).map((name) => readFileSync(join(folder, name), "utf8"));
const rulesDocument = readFileSync(join(folder, "rules.md"), "utf8");

interface Example {
  readonly kind: RuleKind;
  readonly rules: unknown;
}

/** What `setOrderRules` is given in the documents, and the JSON in the section of a kind. */
const examples: Example[] = [];
for (const [, text] of documents.flatMap((document) => [...document.matchAll(/^```graphql\n([\s\S]*?)^```$/gm)])) {
  visit(parse(text!), {
    Field({ name, arguments: [input] = [] }) {
      if (name.value === "setOrderRules") examples.push(valueFromASTUntyped(input!.value) as unknown as Example);
    },
  });
}
for (const section of rulesDocument.split(/^## /m)) {
  const [, json] = /^```json\n([\s\S]*?)^```$/m.exec(section) ?? [];
  if (json !== undefined) examples.push({ kind: section.split("\n")[0] as RuleKind, rules: JSON.parse(json) });
}

test("every kind has its section", () =>
  expect(rulesDocument.match(/^## .+$/gm)).toEqual(expect.arrayContaining(ruleKinds.map((kind) => `## ${kind}`))));

test("the documents show how rules are set", () => expect(examples.length).toBeGreaterThan(3));
test.each(examples)("the example of $kind is taken", ({ kind, rules }) =>
  expect(ruleSchemas[kind].safeParse(rules).error?.issues).toBeUndefined(),
);
