// Nothing of what a caller does not see is answered, and nothing of what they see is missing: over every way through the graph.
import "reflect-metadata";
import { beforeAll, expect, test } from "@jest/globals";
import { runScope } from "../chaos/run-scope.js";
import { nameOf, takenAsTold, targetsIn } from "./commands.js";
import { openGraph } from "./graph.js";
import type { ScopeReport } from "./prove.js";
import { holdsNoRow, roots } from "./roots.js";

/** `npm run chaos -- --scenario scope` asks more. */
const COUNT = 1_500;
const SEED = 5_021;
const LONG_MS = 180_000;

let report: ScopeReport;
beforeAll(async () => {
  report = await runScope({ count: COUNT, seed: SEED });
}, LONG_MS);

test(`${COUNT} questions and commands of seed ${SEED}: 0 rows leaked, none missing`, () => {
  expect(report.violations.slice(0, 3).join("\n")).toBe("");
  expect(report.queries).toBeGreaterThan(COUNT / 2);
  expect(report.commands).toBeGreaterThan(COUNT / 8);
});

test("what a query can begin with is all asked for; a new field needs a line in roots.ts", () => {
  const fields = Object.keys(openGraph().schema.getQueryType()!.getFields());
  expect(fields.filter((field) => !(field in roots) && !holdsNoRow.has(field))).toEqual([]);
});

test("every way that leads to rows was gone; a new one needs a line in expect.ts", () => {
  const ways = [...openGraph().allWays()];
  expect(ways.length).toBeGreaterThan(50);
  expect(ways.filter((way) => !report.gone.has(way))).toEqual([]);
});

test("every field of a mutation that names a row was given one that is hidden", () => {
  const targets = targetsIn(openGraph().schema).map(nameOf);
  expect(targets.length).toBeGreaterThan(40);
  expect(targets.filter((target) => !report.gone.has(target) && !takenAsTold.has(target))).toEqual([]);
  expect([...takenAsTold].filter((target) => !targets.includes(target))).toEqual([]);
});

test("what tells by itself checks each time it does: live/ has its own specs", () => {
  expect(Object.keys(openGraph().schema.getSubscriptionType()!.getFields())).toEqual([
    "myWork",
    "notifications",
    "orderChanged",
  ]);
});
