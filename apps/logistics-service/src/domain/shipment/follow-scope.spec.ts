import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { feed, meridian, nordwind, planned, shipmentId } from "../spec.js";
import { scopeOf } from "./scope.js";
import { shipmentDecider } from "./shipment.decider.js";
import type { ShipmentEvent } from "./shipment.events.js";

const given = specFor(shipmentDecider);
const by = { actor: feed };
const west = { department: "cn/west", visibleTo: ["d:", "d:cn", "d:cn/west"] };
const order = (orderId: string, revision = 7) => ({ orderId, revision, ...west });
const follow = (...orders: ReturnType<typeof order>[]) => ({ type: "FollowScope", orders }) as const;
const eventsOf = (...orders: ReturnType<typeof order>[]): readonly ShipmentEvent[] => {
  const { decision } = given(planned).when(follow(...orders), by);
  return "events" in decision ? decision.events : [];
};

describe("an order of the shipment is seen by others", () => {
  test("so is the shipment, as far as that order goes", () => {
    const [event] = eventsOf(order(nordwind));
    const others = planned.orders.filter(({ orderId }) => orderId !== nordwind);
    expect(event).toMatchObject({
      type: "shipment.scope.followed",
      orderIds: planned.orders.map(({ orderId }) => orderId),
      followed: [order(nordwind)],
      department: planned.orders[0]!.orderId === nordwind ? "cn/west" : planned.department,
      visibleTo: expect.arrayContaining([...west.visibleTo, ...others.flatMap(({ visibleTo }) => visibleTo)]),
    });
    const { orders } = given(planned, event!).state();
    expect(orders.find(({ orderId }) => orderId === nordwind)).toMatchObject({ ...west, number: "SO-2026-000001" });
    expect(scopeOf(orders).visibleTo).not.toContain("d:cn/east");
  });
  test("told late or twice changes nothing", () => {
    const events = eventsOf(order(nordwind));
    given(planned, ...events)
      .when(follow(order(nordwind)), by)
      .unchanged();
    given(planned, ...events)
      .when(follow(order(nordwind, 6)), by)
      .unchanged();
  });
  test("an order that it does not have, or no shipment at all: nothing follows", () => {
    given(planned)
      .when(follow(order(shipmentId)), by)
      .unchanged();
    given()
      .when(follow(order(nordwind)), by)
      .unchanged();
    expect(meridian).not.toBe(nordwind);
  });
});
