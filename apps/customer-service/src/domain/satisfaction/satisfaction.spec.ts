import { describe, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { customerId, importer, orderId, scope, sealed } from "../spec.js";
import { satisfactionDecider, type RecordSatisfaction } from "./satisfaction.decider.js";
import type { SatisfactionRecorded } from "./satisfaction.events.js";

const given = specFor(satisfactionDecider);
const answer = {
  customerId,
  score: 2,
  comment: sealed("veio tarde"),
  about: { orderId },
  externalReference: { system: "olist", number: "r1" },
  ...scope,
};
const record: RecordSatisfaction = { type: "RecordSatisfaction", ...answer, zone: "America/Sao_Paulo" };
const recorded: SatisfactionRecorded = { type: "satisfaction.recorded", ...answer, recordedOn: "2018-03-01" };
// One in the morning of 2 March in Greenwich is still the evening of the 1st in São Paulo.
const by = { actor: importer, at: "2018-03-02T01:00:00.000Z" };

describe("an answer is recorded", () => {
  test("on the calendar day where the order counts its days", () => given().when(record, by).then(recorded));
  test("also before anything was delivered or even ordered", () =>
    given()
      .when({ ...record, about: {} }, by)
      .then({ ...recorded, about: {} }));
  test("at the time it was recorded, where it claims to come from the future", () =>
    given()
      .when(record, { ...by, claimedAt: "2199-01-01T00:00:00.000Z" })
      .then(recorded));
});

describe("it is none", () => {
  test.each([0, 6, 4.5])("with %s stars", (score) =>
    given()
      .when({ ...record, score }, by)
      .refused("SCORE_OUT_OF_RANGE"),
  );
  test("in a zone that nobody knows, and every fault is named", () =>
    given()
      .when({ ...record, zone: "Mars/Olympus", score: 9 }, by)
      .refused("ZONE_UNKNOWN", "SCORE_OUT_OF_RANGE"));
});

test("the same answer again changes nothing, whenever it is sent again", () =>
  given(recorded)
    .when({ ...record, comment: sealed("veio tarde", 2) }, { actor: importer, at: "2026-01-01T00:00:00.000Z" })
    .unchanged());
test("another answer under the same id is refused", () =>
  given(recorded)
    .when({ ...record, score: 5 }, by)
    .refused("SATISFACTION_EXISTS"));
