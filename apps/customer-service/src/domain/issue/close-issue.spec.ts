import { describe, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { issueLife as life, li, orderId, slotId } from "../spec.js";
import { issueDecider } from "./issue.decider.js";

const given = specFor(issueDecider);
const { opened, minor, triaged, confirmed, added, completed, resolved, effective, closed } = life;
const close = { type: "CloseIssue" } as const;
const severe = [opened, triaged, confirmed, added, completed, resolved] as const;

describe("a severe issue", () => {
  test("is closed with its confirmed cause once it was verified", () => {
    given(...severe, effective)
      .when(close, { actor: li })
      .then(closed);
    given(...severe, effective)
      .when({ ...close, cause: "packing" }, { actor: li })
      .then(closed);
  });
  test("is not closed before that", () =>
    given(...severe)
      .when(close, { actor: li })
      .refused("ISSUE_STATE"));
  test("is not closed with another cause", () =>
    given(...severe, effective)
      .when({ ...close, cause: "weather" }, { actor: li })
      .refused("CAUSE_DIFFERS"));
});

describe("a minor issue", () => {
  test("is closed from resolved, with a cause", () =>
    given(opened, minor, resolved)
      .when({ ...close, cause: "weather" }, { actor: li })
      .then({ ...closed, cause: "weather" }));
  test("needs a cause where none was confirmed", () => {
    given(opened, minor, resolved).when(close, { actor: li }).refused("CAUSE_MISSING");
    given(opened, minor, resolved)
      .when({ ...close, cause: " " }, { actor: li })
      .refused("CAUSE_MISSING");
    given(opened, minor, confirmed, resolved).when(close, { actor: li }).then(closed);
  });
  test("may have been verified as well", () =>
    given(opened, minor, resolved, effective)
      .when({ ...close, cause: "weather" }, { actor: li })
      .then({ ...closed, cause: "weather" }));
  test("names the slot that it held", () => {
    const finding = { rule: "late-delivery", source: orderId, slotId };
    given({ ...opened, finding }, minor, resolved)
      .when({ ...close, cause: "weather" }, { actor: li })
      .then({ ...closed, cause: "weather", slotId });
  });
});

test("a closed issue takes nothing more", () =>
  given(opened, minor, resolved, closed).when(close, { actor: li }).refused("ISSUE_STATE"));
test("an issue that was never opened is not found", () => given().when(close, { actor: li }).refused("NOT_FOUND"));
