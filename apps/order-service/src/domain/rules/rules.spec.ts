import { expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { li } from "../order/spec.js";
import { ruleDefaults, ruleKinds, rulesId } from "./rule-kinds.js";
import { rulesDecider, rulesIn } from "./rules.decider.js";

const given = specFor(rulesDecider);
const by = { actor: li };
const set = { type: "SetRules", kind: "acceptance", rules: { days: 10 }, reason: "contract" } as const;
const first = { type: "rules.set", kind: "acceptance", version: 1, rules: { days: 10 }, reason: "contract" } as const;

test("are set as the next version", () => {
  given().when(set, by).then(first);
  const { reason: _, ...second } = { ...first, version: 2, rules: { days: 3 } };
  given(first)
    .when({ type: "SetRules", kind: "acceptance", rules: { days: 3 } }, by)
    .then(second);
});
test("nothing happens where they say what holds already, be it the defaults", () => {
  given(first).when(set, by).unchanged();
  given()
    .when({ ...set, rules: ruleDefaults.acceptance }, by)
    .unchanged();
});
test("are refused to who has not seen the last change", () => {
  given(first)
    .when({ ...set, rules: { days: 5 }, expectedVersion: 0 }, by)
    .refused("RULES_CHANGED");
  given(first)
    .when({ ...set, rules: { days: 5 }, expectedVersion: 1 }, by)
    .then({ ...first, version: 2, rules: { days: 5 } });
});
test("hold from then on; before, the program's own", () => {
  expect(rulesIn(given().state(), "acceptance")).toEqual({ version: 0, rules: { days: 7 } });
  expect(rulesIn(undefined, "acceptance")).toEqual({ version: 0, rules: { days: 7 } });
  expect(rulesIn(given(first).state(), "acceptance")).toEqual({ version: 1, rules: { days: 10 } });
});
test("each kind has a stream of its own", () => expect(new Set(ruleKinds.map(rulesId)).size).toBe(ruleKinds.length));
