import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { dryRunOf } from "./dry-runs.js";

describe("an operation is one", () => {
  const isDry = (text: string, variables = {}) => dryRunOf(parse(text), undefined)(variables);
  test.each([
    ["mutation { close(dryRun: true) { id } }", {}, true],
    ["mutation { close(dryRun: false) { id } }", {}, false],
    ["mutation { close(dryRun: null) { id } }", {}, false],
    ["mutation { close { id } }", {}, false],
    ["query { close(dryRun: true) { id } }", {}, false],
    ["mutation ($dry: Boolean) { close(dryRun: $dry) { id } }", { dry: true }, true],
    ["mutation ($dry: Boolean) { close(dryRun: $dry) { id } }", {}, false],
    ["mutation ($dry: Boolean = true) { close(dryRun: $dry) { id } }", {}, true],
    ["mutation ($dry: Boolean = true) { close(dryRun: $dry) { id } }", { dry: null }, false],
    ["mutation { __typename a: close(dryRun: true) { id } ... { b: close(dryRun: true) { id } } }", {}, true],
    ["mutation { ...F } fragment F on Mutation { close(dryRun: true) { id } }", {}, true],
  ])("%s with %j: %s", (text, variables, expected) => expect(isDry(text, variables)).toBe(expected));

  test("in all of its parts, or in none", () => {
    const mixed = "mutation ($dry: Boolean) { a: close(dryRun: $dry) { id } b: close { id } }";
    expect(isDry(mixed, { dry: false })).toBe(false);
    expect(() => isDry(mixed, { dry: true })).toThrow("all are dry runs or none");
  });
});
