import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import {
  fiveOfMeridian,
  knownOrders,
  li,
  meridian,
  nordwind,
  nordwindOrder,
  planned,
  plannedForBoth,
  tenOfNordwind,
} from "../spec.js";
import { unknownOrder } from "../order/order.state.js";
import type { PlanShipment } from "./plan-shipment.js";
import { shipmentDecider } from "./shipment.decider.js";
import type { ShipmentPlanned } from "./shipment.events.js";

const given = specFor(shipmentDecider);
const by = { actor: li };
const ten = { orderId: nordwind, lines: [{ lineId: "1", quantity: "10" }] };
const five = { orderId: meridian, lines: [{ lineId: "1", scheduleId: "1", quantity: "5" }] };

const plan = (command: Partial<PlanShipment> = {}): PlanShipment => ({
  type: "PlanShipment",
  number: "SH-2026-000001",
  mode: "parcel",
  carrier: "SF",
  orders: [ten],
  packages: [{ trackingNumber: "SF1" }],
  known: knownOrders(),
  ...command,
});
const planOf = (command: Partial<PlanShipment>): ShipmentPlanned => {
  const { decision } = given().when(plan(command), by);
  if (!("events" in decision)) throw new Error(JSON.stringify(decision));
  return decision.events[0] as ShipmentPlanned;
};
const refusedLines = (...lines: { lineId: string; scheduleId?: string; quantity: string }[]) =>
  given().when(plan({ orders: [{ orderId: nordwind, lines }] }), by);

describe("a shipment is planned", () => {
  test("for one order, visible to whom the order is", () => given().when(plan(), by).then(planned));
  test("for several orders, owned by the first one's department, visible to all of theirs", () =>
    given()
      .when(plan({ orders: [ten, five], packages: [{ trackingNumber: "SF1" }, {}] }), by)
      .then(plannedForBoth));
  test("with everything that is still open, when no lines are named; services are not shipped", () => {
    const taken = { "1\u00001": "10", "2\u00001": "1.5" };
    const known = knownOrders({ [nordwind]: { ...nordwindOrder, taken } });
    expect(planOf({ orders: [{ orderId: nordwind }], known }).orders[0]?.lines).toEqual([
      { lineId: "2", scheduleId: "1", quantity: "4.5" },
      { lineId: "2", scheduleId: "2", quantity: "4" },
    ]);
  });
  test("with a schedule that is named twice as one part", () =>
    expect(
      planOf({ orders: [{ orderId: nordwind, lines: [...ten.lines, { lineId: "1", quantity: "0.5" }] }] }).orders[0]
        ?.lines,
    ).toEqual([{ lineId: "1", scheduleId: "1", quantity: "10.5" }]));
  test("in one package that holds everything, when none is named", () =>
    expect(planOf({ packages: [] }).packages).toEqual([{ packageId: "1" }]));
  test("under a hold, because the order answers for itself", () => {
    const known = knownOrders({ [nordwind]: { ...nordwindOrder, holds: ["credit"] } });
    given().when(plan({ known }), by).then(planned);
  });
});

describe("a shipment is not planned", () => {
  test("twice", () => given(planned).when(plan(), by).refused("SHIPMENT_EXISTS"));
  test("for no order", () =>
    given()
      .when(plan({ orders: [] }), by)
      .refused("NO_LINES"));
  test("for an order that was not heard of as confirmed, or that the caller does not see", () => {
    given()
      .when(plan({ known: new Map() }), by)
      .refused("ORDER_UNKNOWN");
    given()
      .when(plan({ known: knownOrders({ [nordwind]: unknownOrder }) }), by)
      .refused("ORDER_UNKNOWN");
  });
  test("for a cancelled order", () => {
    const known = knownOrders({ [nordwind]: { ...nordwindOrder, cancelled: true } });
    given().when(plan({ known }), by).refused("ORDER_CANCELLED");
  });
  test("for an order that is named twice", () =>
    given()
      .when(plan({ orders: [ten, ten] }), by)
      .refused("ORDER_REPEATED"));
  test("when nothing is left of the order", () => {
    const known = knownOrders({ [nordwind]: { ...nordwindOrder, schedules: [] } });
    given()
      .when(plan({ orders: [{ orderId: nordwind }], known }), by)
      .refused("NO_LINES");
    refusedLines().refused("NO_LINES");
  });
  test("for a schedule that the order does not have", () => {
    refusedLines({ lineId: "9", quantity: "1" }).refused("SCHEDULE_UNKNOWN");
    refusedLines({ lineId: "1", scheduleId: "9", quantity: "1" }).refused("SCHEDULE_UNKNOWN");
  });
  test("for a line of several schedules without saying which", () =>
    refusedLines({ lineId: "2", quantity: "1" }).refused("SCHEDULE_NEEDED"));
  test("for a service", () => refusedLines({ lineId: "3", quantity: "1" }).refused("SERVICE_LINE"));
  test.each(["0", "-1", "1.1234567", "ten"])("for the quantity %s", (quantity) =>
    refusedLines({ lineId: "1", quantity }).refused("QUANTITY_INVALID"),
  );
  test("and every fault is named at once", () =>
    given()
      .when(
        plan({
          orders: [{ orderId: nordwind, lines: [{ lineId: "9", quantity: "0" }] }, five],
          known: new Map([[nordwind, nordwindOrder]]),
        }),
        by,
      )
      .refused("SCHEDULE_UNKNOWN", "QUANTITY_INVALID", "ORDER_UNKNOWN"));
});

describe("packages", () => {
  const line = (orderId: string, quantity: string) => ({ orderId, lineId: "1", quantity });
  const packed = (...packages: PlanShipment["packages"]) => given().when(plan({ orders: [ten, five], packages }), by);
  test("name what they hold", () =>
    expect(
      planOf({
        orders: [ten, five],
        packages: [
          { packageId: "A", weight: "2.5", lines: [line(nordwind, "4"), line(nordwind, "2")] },
          { packageId: "B", lines: [line(nordwind, "4"), line(meridian, "5.0")] },
        ],
      }).packages,
    ).toEqual([
      {
        packageId: "A",
        weight: "2.5",
        contents: [{ orderId: nordwind, lines: [{ lineId: "1", scheduleId: "1", quantity: "6" }] }],
      },
      {
        packageId: "B",
        contents: [
          { orderId: nordwind, lines: [{ lineId: "1", scheduleId: "1", quantity: "4" }] },
          { orderId: meridian, lines: [{ lineId: "1", scheduleId: "1", quantity: "5.0" }] },
        ],
      },
    ]));
  test("hold together exactly what is shipped", () => {
    packed({ lines: [line(nordwind, "9"), line(meridian, "5")] }).refused("CONTENTS_DIFFER");
    packed({ lines: [line(nordwind, "10")] }).refused("CONTENTS_DIFFER");
  });
  test("name their contents all or none of them", () =>
    packed({ lines: [line(nordwind, "10"), line(meridian, "5")] }, {}).refused("CONTENTS_INCOMPLETE"));
  test("hold nothing that is not shipped", () => {
    packed({ lines: [{ ...line(nordwind, "10"), lineId: "2" }] }).refused("SCHEDULE_UNKNOWN");
    packed({ lines: [line("00000000-0000-4000-8000-0000000000a9", "1")] }).refused("SCHEDULE_UNKNOWN");
    packed({ lines: [line(nordwind, "0")] }).refused("QUANTITY_INVALID");
  });
  test("have names and tracking numbers of their own", () => {
    packed({ packageId: "2" }, {}).refused("PACKAGE_REPEATED");
    packed({ trackingNumber: "SF1" }, { trackingNumber: "SF1" }).refused("TRACKING_REPEATED");
  });
  test("weigh something", () => packed({ weight: "0" }).refused("WEIGHT_INVALID"));
  test("say which schedule where a line has several", () => {
    const all = { orderId: nordwind };
    given()
      .when(plan({ orders: [all], packages: [{ lines: [{ ...line(nordwind, "10"), lineId: "2" }] }] }), by)
      .refused("SCHEDULE_NEEDED");
  });
});

test("orders in one zone tell it; orders in several do not", () => {
  expect(planned.zone).toBe(tenOfNordwind.zone);
  expect(fiveOfMeridian.zone).not.toBe(tenOfNordwind.zone);
  expect(planOf({ orders: [ten, five], packages: [] })).not.toHaveProperty("zone");
});
