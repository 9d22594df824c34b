import { expect, test } from "@jest/globals";
import { discrepancy, feed, given, imported, li, received, rules, verified, wang } from "./spec.js";

const verify = { type: "VerifyOrder" } as const;

test("another person verifies", () => given(received).when(verify, { actor: wang }).then(verified));
test("nobody verifies what they entered", () => given(received).when(verify, { actor: li }).refused("SAME_PERSON"));
test("nor through a program of theirs", () =>
  given(received)
    .when(verify, { actor: { kind: "service", id: "bot", onBehalfOf: "li" } })
    .refused("SAME_PERSON"));
test("nor what a program entered for them", () =>
  given({ ...received, enteredBy: { kind: "service", id: "portal", onBehalfOf: "li" } })
    .when(verify, { actor: li })
    .refused("SAME_PERSON"));
test("a person verifies what a machine entered", () =>
  given(imported)
    .when(verify, { actor: li })
    .then({ ...verified, verifiedBy: li }));

test("a rule set verifies what a machine entered for nobody, and what it found is kept", () =>
  given(imported)
    .when(verify, { actor: rules })
    .then({
      type: "order.verified",
      verifiedBy: rules,
      firstPass: true,
      rules: [
        { rule: "LINES_PRESENT", passed: true },
        { rule: "REQUESTED_DATES_GIVEN", passed: true },
        { rule: "FROM_AN_IMPORT", passed: true },
        { rule: "SOURCE_REFERENCE_GIVEN", passed: true },
        { rule: "REQUESTED_AFTER_RECEIVED", passed: true },
      ],
    }));
test("a rule set does not verify what a person entered", () =>
  given(received).when(verify, { actor: rules }).refused("PERSON_NEEDED"));
test("nor what a program entered for a person", () =>
  given({ ...imported, enteredBy: { ...feed, onBehalfOf: "li" } })
    .when(verify, { actor: rules })
    .refused("PERSON_NEEDED"));
test("nor what a person has corrected", () => {
  const corrected = { ...imported, type: "order.corrected", correctedBy: wang, changes: [] } as never;
  given(imported, corrected).when(verify, { actor: rules }).refused("PERSON_NEEDED");
});
test("every rule must pass; those that do not are named", () => {
  const { sourceReference: _, ...anonymous } = imported;
  const { decision } = given({ ...anonymous, receivedOn: "2026-03-21" }).when(verify, { actor: rules });
  expect(decision).toEqual({
    refusals: [
      { code: "RULES_NOT_PASSED", ruleSet: "import@1", failed: ["SOURCE_REFERENCE_GIVEN", "REQUESTED_AFTER_RECEIVED"] },
    ],
  });
});
test("a rule set that there is not verifies nothing", () =>
  given(imported)
    .when(verify, { actor: { ...rules, version: "99" } })
    .refused("RULE_SET_UNKNOWN"));
test("a machine alone verifies nothing", () =>
  given(imported).when(verify, { actor: feed }).refused("RULE_SET_NEEDED"));

test("not with an open discrepancy", () =>
  given(received, discrepancy).when(verify, { actor: wang }).refused("DISCREPANCY_OPEN"));
test("after one it is no first pass", () =>
  given(received, discrepancy, { type: "order.discrepancy.resolved", discrepancyId: "d1", outcome: "agreed", open: 0 })
    .when(verify, { actor: wang })
    .then({ ...verified, firstPass: false }));
test("not twice", () => given(received, verified).when(verify, { actor: wang }).refused("ORDER_STATE"));
test("not where there is none", () => given().when(verify, { actor: wang }).refused("NOT_FOUND"));
