import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { caseOpened, issueId, li, sealed } from "../spec.js";
import { caseDecider } from "./case.decider.js";
import type { OpenCase } from "./open-case.js";

const given = specFor(caseDecider);
const { type: _, openedAt: __, ...complaint } = caseOpened;
const open: OpenCase = { type: "OpenCase", ...complaint };

test("a case is opened", () => given().when(open, { actor: li }).then(caseOpened));
test("also where an issue named it before", () =>
  given({ type: "case.issue.linked", issueId, about: {}, breaches: [] }).when(open, { actor: li }).then(caseOpened));
test("the same case again changes nothing, with another number and later too", () =>
  given(caseOpened)
    .when(
      { ...open, number: "CS-2026-000002", text: sealed("two of them are broken", 2) },
      { actor: li, at: "2026-03-03T08:00:00.000Z" },
    )
    .unchanged());
test("another case under the same id is refused", () =>
  given(caseOpened)
    .when({ ...open, subject: "delay" }, { actor: li })
    .refused("CASE_EXISTS"));
