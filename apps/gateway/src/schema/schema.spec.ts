// The public schema is a contract: what the repository says of it is so, and no release is broken by it.
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readDictionary } from "../compose-descriptions.js";
import { partsBeside } from "../compose.js";
import { breakingChanges } from "./schema-changes.js";
import { publicSchemaOf, readIfThere, releasedFile, schemaFile } from "./schema-files.js";
import { undescribedIn } from "./undescribed.js";

const used = new Set<string>();
const current = publicSchemaOf(partsBeside(join(import.meta.dirname, "../../.."), "src"), (entry) => used.add(entry));

test("schema.graphql is fresh: `npm run schema` writes it", () => {
  expect(readIfThere(schemaFile) === current).toBe(true);
});

test("a client of the released schema can go on", () => {
  const released = readIfThere(releasedFile);
  expect(released).toContain("type Query");
  expect(breakingChanges(released!, current)).toEqual([]);
});

test("every type, field and value has a description", () => {
  expect(undescribedIn(current)).toEqual({ types: [], fields: [] });
});

test("the dictionary of descriptions has no word too many", () => {
  const { types, endings, members } = readDictionary();
  const entries = [types, endings, members].flatMap((each) => Object.keys(each));
  expect(entries.filter((entry) => !used.has(entry))).toEqual([]);
});
