import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Asked } from "@gendan/eventing";
import { unknownOrder, type KnownOrder } from "../domain/order/order.state.js";
import type { KnownOrders } from "../domain/shipment/plan-orders.js";
import { shipmentDecider, shipmentFacts, type ShipmentCommand } from "../domain/shipment/shipment.decider.js";
import type { ShipmentEvent } from "../domain/shipment/shipment.events.js";
import { noShipment, orderIdsOf, statesOf, type ShipmentState } from "../domain/shipment/shipment.state.js";
import {
  allocated,
  declined,
  fiveOfMeridian,
  knownOrders,
  li,
  meridian,
  nordwind,
  nordwindOrder,
  planned,
  plannedForBoth,
  tenOfNordwind,
} from "../domain/spec.js";
import { availableActions, SHIPMENT_ACTIONS, type ShipmentAction } from "./available-actions.js";

const by: Asked = { actor: li, at: "2026-03-02T08:00:00.000Z" };
const after = (...events: ShipmentEvent[]): ShipmentState => events.reduce(shipmentDecider.evolve, noShipment);
const actions = (known: KnownOrders, ...events: ShipmentEvent[]) => availableActions(after(...events), known, by);
const always: ShipmentAction[] = ["recordCheckpoint", "confirmDelivery", "declareLost", "raiseException"];

describe("a shipment accepts", () => {
  test("nothing before it is planned", () => expect(actions(knownOrders())).toEqual([]));
  test("reports while its order has not answered", () => expect(actions(knownOrders(), planned)).toEqual(always));
  test("booking and dispatch when its order gives its goods", () =>
    expect(actions(knownOrders(), planned, allocated(nordwind))).toEqual([
      "bookShipment",
      "dispatchShipment",
      ...always,
    ]));
  test("no dispatch under a hold", () => {
    const held = knownOrders({ [nordwind]: { ...nordwindOrder, holds: ["credit"] } });
    expect(actions(held, planned, allocated(nordwind))).toEqual(["bookShipment", ...always]);
  });
  test("that an order stays behind", () =>
    expect(actions(knownOrders(), plannedForBoth, declined(meridian))).toEqual(["dropOrderFromShipment", ...always]));
});

// ---- what is listed is accepted, what is not listed is refused: on any shipment that commands can lead to ----

const packageId = fc.constantFrom("1", "2");
const orderId = fc.constantFrom(nordwind, meridian);
const commands: fc.Arbitrary<ShipmentCommand> = fc.oneof(
  fc.record({
    type: fc.constant("RecordAllocation" as const),
    orderId,
    answer: fc.constantFrom("allocated", "declined"),
    reasons: fc.constant([]),
  }),
  fc.record({ type: fc.constant("DropOrder" as const), orderId }),
  fc.constant({ type: "BookShipment", packages: [] } as const),
  fc.constant({ type: "DispatchShipment", known: knownOrders() } as const),
  fc.constant({ type: "RecordDispatch", known: knownOrders() } as const),
  fc.record({
    type: fc.constant("RecordCheckpoint" as const),
    packageId,
    code: fc.constantFrom("PICKED_UP", "IN_TRANSIT", "RETURNED", "DELIVERED"),
  }),
  fc.record({ type: fc.constant("ConfirmDelivery" as const), packageIds: packageId.map((id) => [id]) }),
  fc.record({
    type: fc.constant("DeclareLost" as const),
    packageIds: packageId.map((id) => [id]),
    exceptionId: fc.constant("loss"),
  }),
  fc.record({ type: fc.constant("InterceptShipment" as const), reason: fc.constant("x") }),
  fc.record({
    type: fc.constant("RecordIntercept" as const),
    outcome: fc.constantFrom("succeeded" as const, "failed" as const),
  }),
  fc.record({
    type: fc.constant("RaiseException" as const),
    exceptionId: fc.constantFrom("e1", "e2"),
    kind: fc.constant("delay" as const),
  }),
  fc.record({ type: fc.constant("ResolveException" as const), exceptionId: fc.constantFrom("e1", "e2", "loss") }),
);
const knowledge: fc.Arbitrary<KnownOrders> = fc
  .tuple(fc.boolean(), fc.boolean(), fc.boolean())
  .map(([held, cancelled, unknown]) => {
    const order: KnownOrder = { ...nordwindOrder, holds: held ? ["credit"] : [], cancelled };
    return knownOrders({ [nordwind]: unknown ? unknownOrder : order });
  });
const plans = fc.constantFrom(planned, plannedForBoth, {
  ...plannedForBoth,
  packages: [
    { packageId: "1", contents: [tenOfNordwind] },
    { packageId: "2", contents: [fiveOfMeridian] },
  ],
});

const reached = (plan: ShipmentEvent, story: readonly ShipmentCommand[]): ShipmentState =>
  story.reduce((shipment, command) => {
    const decision = shipmentDecider.decide(shipment, command, by);
    if ("events" in decision) return decision.events.reduce(shipmentDecider.evolve, shipment);
    expect(shipmentFacts.has(command.type)).toBe(false);
    return shipment;
  }, after(plan));

/** What a client can send for an action, on this shipment. */
const sent = (
  shipment: ShipmentState,
  known: KnownOrders,
): Readonly<Record<ShipmentAction, readonly ShipmentCommand[]>> => ({
  bookShipment: [{ type: "BookShipment", carrier: "SF", packages: [] }],
  dispatchShipment: [{ type: "DispatchShipment", known }],
  dropOrderFromShipment: [...orderIdsOf(shipment), "another"].map((each) => ({ type: "DropOrder", orderId: each })),
  recordCheckpoint: [],
  confirmDelivery: [{ type: "ConfirmDelivery" }],
  declareLost: [],
  interceptShipment: [undefined, ["1"], ["2"]].map((packageIds) => {
    return { type: "InterceptShipment", reason: "x", ...(packageIds && { packageIds }) };
  }),
  recordIntercept: [],
  raiseException: [],
  resolveException: [...Object.keys(shipment.exceptions), "another"].map((exceptionId) => ({
    type: "ResolveException",
    exceptionId,
  })),
});

const changes = (shipment: ShipmentState, command: ShipmentCommand): boolean => {
  const decision = shipmentDecider.decide(shipment, command, by);
  return "events" in decision && decision.events.length > 0;
};

test("what is listed is accepted, what is not listed is refused or changes nothing", () =>
  fc.assert(
    fc.property(plans, fc.array(commands, { maxLength: 12 }), knowledge, (plan, story, known) => {
      const shipment = reached(plan, story);
      const listed = availableActions(shipment, known, by);
      for (const action of SHIPMENT_ACTIONS) {
        const some = sent(shipment, known)[action];
        if (some.length > 0)
          expect([action, some.some((each) => changes(shipment, each))]).toEqual([action, listed.includes(action)]);
      }
    }),
    { numRuns: 500 },
  ));

test("a report is listed as long as it would say something new", () =>
  fc.assert(
    fc.property(plans, fc.array(commands, { maxLength: 12 }), (plan, story) => {
      const shipment = reached(plan, story);
      const listed = availableActions(shipment, knownOrders(), by);
      const { packages } = statesOf(shipment);
      const travels = packages.map(({ state }) => state).filter((state) => state !== "Cancelled");
      expect(listed.includes("raiseException")).toBe(true);
      expect(listed.includes("recordCheckpoint")).toBe(travels.some((state) => state !== "Delivered"));
      expect(listed.includes("declareLost")).toBe(travels.some((state) => state !== "Delivered" && state !== "Lost"));
    }),
    { numRuns: 300 },
  ));

test("whatever happens, the goods of an order are delivered or lost at most once while nothing is found again", () =>
  fc.assert(
    fc.property(plans, fc.array(commands, { maxLength: 15 }), (plan, story) => {
      const ended = new Map<string, string[]>();
      let shipment = after(plan);
      for (const command of story) {
        const decision = shipmentDecider.decide(shipment, command, by);
        if ("refusals" in decision) continue;
        for (const event of decision.events) {
          if (event.type !== "shipment.delivered" && event.type !== "shipment.lost") continue;
          for (const { orderId: id } of event.orders) ended.set(id, [...(ended.get(id) ?? []), event.type]);
        }
        shipment = decision.events.reduce(shipmentDecider.evolve, shipment);
      }
      // Found again: lost first, delivered then. Any other sequence would count the same goods twice.
      const allowed = [["shipment.delivered"], ["shipment.lost"], ["shipment.lost", "shipment.delivered"]];
      for (const ends of ended.values()) expect(allowed).toContainEqual(ends);
    }),
    { numRuns: 500 },
  ));
