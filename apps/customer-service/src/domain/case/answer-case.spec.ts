import { describe, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { caseOpened, importer, li, orderId, sealed } from "../spec.js";
import { caseDecider } from "./case.decider.js";

const given = specFor(caseDecider);
const answer = { type: "AnswerCase", text: sealed("we look into it") } as const;
const answered = {
  type: "case.answered",
  text: answer.text,
  human: true,
  first: true,
  answeredAt: SPEC_TIME,
  about: { orderId },
} as const;

describe("the first human reply is marked", () => {
  test("when a person replies", () => given(caseOpened).when(answer, { actor: li }).then(answered));
  test("when a service replies on a person's behalf", () =>
    given(caseOpened)
      .when(answer, { actor: { kind: "service", id: "chat", onBehalfOf: "li" } })
      .then(answered));
  test("when history tells of a reply", () =>
    given(caseOpened).when(answer, { actor: importer, historical: true }).then(answered));
  test("a machine's own message is none, and the next person's is the first", () => {
    const byMachine = { ...answered, human: false, first: false };
    given(caseOpened)
      .when(answer, { actor: { kind: "ruleSet", id: "auto-reply", version: "1" } })
      .then(byMachine);
    given(caseOpened, byMachine).when(answer, { actor: li }).then(answered);
  });
  test("a second reply is not the first", () =>
    given(caseOpened, answered)
      .when(answer, { actor: li })
      .then({ ...answered, first: false }));
});

test("a closed case is not answered", () =>
  given(caseOpened, { type: "case.closed", outcome: "resolved", about: {} })
    .when(answer, { actor: li })
    .refused("CASE_STATE"));
test("a case that was never opened is not found", () => given().when(answer, { actor: li }).refused("NOT_FOUND"));
