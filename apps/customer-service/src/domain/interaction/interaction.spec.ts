import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { customerId, li, orderId, scope, sealed } from "../spec.js";
import { interactionDecider, type LogInteraction } from "./interaction.decider.js";

const given = specFor(interactionDecider);
const call = {
  customerId,
  channel: "call",
  direction: "inbound",
  summary: sealed("asks where the order is"),
  about: { orderId },
  ...scope,
} as const;
const log: LogInteraction = { type: "LogInteraction", ...call };

test("an interaction is logged", () =>
  given()
    .when(log, { actor: li })
    .then({ type: "interaction.logged", ...call }));
test("the same interaction again changes nothing", () =>
  given({ type: "interaction.logged", ...call })
    .when({ ...log, summary: sealed("asks where the order is", 2) }, { actor: li })
    .unchanged());
test("another one under the same id is refused", () =>
  given({ type: "interaction.logged", ...call })
    .when({ ...log, direction: "outbound" }, { actor: li })
    .refused("INTERACTION_EXISTS"));
