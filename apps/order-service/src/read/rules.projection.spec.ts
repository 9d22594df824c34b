import { expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import { li } from "../domain/order/spec.js";
import type { RulesEvent } from "../domain/rules/rules.events.js";
import { foldRules, type RulesDocument } from "./rules.projection.js";

const at = "2026-03-02T08:00:00.000Z";
const fold = (doc: RulesDocument | undefined, version: number): RulesDocument => {
  const event: RulesEvent = { type: "rules.set", kind: "acceptance", version, rules: { days: version } };
  return foldRules(doc, event, { event, meta: { actor: li, occurredAt: at } } as Happened<RulesEvent>);
};

test("every version stays with who set it", () => {
  expect(fold(fold(undefined, 1), 2)).toEqual({
    kind: "acceptance",
    versions: [1, 2].map((version) => ({ version, rules: { days: version }, setAt: at, setBy: li })),
  });
});
test("the last hundred of them", () => {
  let doc: RulesDocument | undefined;
  for (let version = 1; version <= 130; version++) doc = fold(doc, version);
  expect([doc?.versions.length, doc?.versions[0]?.version, doc?.versions.at(-1)?.version]).toEqual([100, 31, 130]);
});
