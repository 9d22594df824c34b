import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { feed, meridian, shipmentId } from "../spec.js";
import { orderDecider } from "./order.decider.js";
import type { OrderEvent, OrderNoted, QuantityChange } from "./order.events.js";
import { openQuantity, scheduleKey } from "./order.state.js";

const given = specFor(orderDecider);
const by = { actor: feed };

const schedule = {
  lineId: "1",
  scheduleId: "1",
  quantity: "10",
  kind: "goods",
  sku: "A",
  unit: "pcs",
  promisedOn: "2026-03-20",
} as const;
const noted: OrderNoted = {
  type: "order.noted",
  sequence: 32,
  number: "SO-2026-000001",
  customerId: meridian,
  zone: "Asia/Shanghai",
  department: "cn/east",
  visibleTo: ["d:", "d:cn/east"],
  schedules: [schedule],
  holds: ["credit"],
};
const { type: _, ...order } = noted;
const holds = (sequence: number, ...all: string[]): OrderEvent => ({ type: "order.holds.noted", sequence, holds: all });
const lines = [{ lineId: "1", scheduleId: "1", quantity: "4" }];

describe("a confirmation", () => {
  test("is noted", () =>
    given()
      .when({ type: "NoteOrder", ...order }, by)
      .then(noted));
  test("heard again is no news", () =>
    given(noted)
      .when({ type: "NoteOrder", ...order }, by)
      .unchanged());
  test("of a later version replaces what was known", () =>
    given(noted)
      .when({ type: "NoteOrder", ...order, sequence: 64, schedules: [] }, by)
      .then({ ...noted, sequence: 64, schedules: [] }));
  test("does not undo what was heard of holds after it", () => {
    expect(given(holds(48), noted).state().holds).toEqual([]);
    expect(given(holds(16), noted).state().holds).toEqual(["credit"]);
  });
});

describe("holds", () => {
  test("are noted as they are from then on", () =>
    given(noted)
      .when({ type: "NoteHolds", sequence: 48, holds: ["credit", "stock"] }, by)
      .then(holds(48, "credit", "stock")));
  test("told late change nothing", () =>
    given(noted, holds(64))
      .when({ type: "NoteHolds", sequence: 48, holds: ["credit"] }, by)
      .unchanged());
  test("are noted of an order that is not known yet", () =>
    given()
      .when({ type: "NoteHolds", sequence: 16, holds: ["credit"] }, by)
      .then(holds(16, "credit")));
});

describe("a cancellation", () => {
  const cancelled: OrderEvent = { type: "order.cancellation.noted" };
  test("is noted", () => given(noted).when({ type: "NoteCancellation" }, by).then(cancelled));
  test("is noted once", () => given(noted, cancelled).when({ type: "NoteCancellation" }, by).unchanged());
});

describe("a promise", () => {
  const promise = { lineId: "1", scheduleId: "1", promisedOn: "2026-04-01" };
  const promised: OrderEvent = { type: "order.promise.noted", sequence: 48, ...promise };
  const latest = (...events: OrderEvent[]) => given(...events).state().promises[scheduleKey(schedule)]?.value;
  test("is noted", () =>
    given(noted)
      .when({ type: "NotePromise", sequence: 48, ...promise }, by)
      .then(promised));
  test("told late changes nothing", () =>
    given(noted, promised)
      .when({ type: "NotePromise", sequence: 40, ...promise }, by)
      .unchanged());
  test("is the latest one, in whatever order they are heard", () => {
    expect(latest(noted)).toBe("2026-03-20");
    expect(latest(noted, promised)).toBe("2026-04-01");
    expect(latest(promised, noted)).toBe("2026-04-01");
  });
});

describe("what is open", () => {
  const change = (kind: QuantityChange): OrderEvent => ({
    type: "order.quantities.noted",
    change: kind,
    shipmentId,
    lines,
  });
  const open = (...events: OrderEvent[]) => openQuantity(given(noted, ...events).state(), schedule);
  test("every report counts, since they add up", () =>
    given(noted, change("allocated"))
      .when({ type: "NoteQuantities", change: "allocated", shipmentId, lines }, by)
      .then(change("allocated")));
  test("is what no shipment holds", () => {
    expect(open()).toBe("10");
    expect(open(change("allocated"))).toBe("6");
    expect(open(change("allocated"), change("released"))).toBe("10");
    expect(open(change("allocated"), change("allocated"), change("lost"))).toBe("6");
  });
  test("is never below nothing", () =>
    expect(open(change("allocated"), change("allocated"), change("allocated"))).toBe("0"));
});

describe("what is given up, and what comes later", () => {
  const backorder = { scheduleId: "1.1", quantity: "4", promisedOn: "2026-04-10" };
  const backordered: OrderEvent = {
    type: "order.backorder.noted",
    sequence: 48,
    lineId: "1",
    scheduleId: "1",
    backorder,
  };
  test("given up is open no more, back at the sender is open again", () => {
    const changed = (change: QuantityChange): OrderEvent => ({ type: "order.quantities.noted", change, lines });
    expect(openQuantity(given(noted, changed("givenUp")).state(), schedule)).toBe("6");
    const back = given(noted, changed("allocated"), changed("givenUp"), changed("returnedToSender")).state();
    expect(openQuantity(back, schedule)).toBe("6");
  });
  test("a backorder is a schedule of its own, and the other has so much less", () => {
    given(noted)
      .when({ ...backordered, type: "NoteBackorder" }, by)
      .then(backordered);
    const { schedules, promises } = given(noted, backordered).state();
    expect(schedules).toEqual([
      { ...schedule, quantity: "6" },
      { ...schedule, ...backorder },
    ]);
    expect(promises[scheduleKey({ lineId: "1", scheduleId: "1.1" })]?.value).toBe("2026-04-10");
  });
  test("heard again, or told with a later confirmation, it is no news", () => {
    given(noted, backordered)
      .when({ ...backordered, type: "NoteBackorder" }, by)
      .unchanged();
    expect(given({ ...noted, sequence: 64 }, backordered).state().schedules).toEqual([schedule]);
  });
});

describe("a shipment that names the order", () => {
  const dependant: OrderEvent = { type: "order.dependant.noted", shipmentId };
  test("is remembered, once", () => {
    given(noted).when({ type: "NoteDependant", shipmentId }, by).then(dependant);
    given(noted, dependant).when({ type: "NoteDependant", shipmentId }, by).unchanged();
  });
  test("is forgotten when it drops the order", () => {
    const forgotten: OrderEvent = { type: "order.dependant.forgotten", shipmentId };
    given(noted, dependant).when({ type: "ForgetDependant", shipmentId }, by).then(forgotten);
    given(noted).when({ type: "ForgetDependant", shipmentId }, by).unchanged();
    expect(given(dependant, forgotten).state().dependants).toEqual([]);
  });
});

describe("its scope", () => {
  const moved = { department: "cn/west", visibleTo: ["d:", "d:cn", "d:cn/west"] };
  const changed = (sequence: number) => ({ type: "order.scope.noted", sequence, ...moved }) as const;
  test("is noted as it is from then on", () => {
    given(noted)
      .when({ ...changed(48), type: "NoteScope" }, by)
      .then(changed(48));
    expect(given({ ...noted, assignee: "li" }, changed(48)).state()).toMatchObject({ ...moved, assignee: undefined });
  });
  test("told late changes nothing", () =>
    given(noted, changed(48))
      .when({ ...changed(48), type: "NoteScope" }, by)
      .unchanged());
  test("is not undone by a confirmation that tells of the time before, and replaced by a later one", () => {
    expect(given(changed(48), noted).state()).toMatchObject({ ...moved, known: true });
    expect(given(changed(16), noted).state()).toMatchObject({
      department: noted.department,
      visibleTo: noted.visibleTo,
    });
  });
});
