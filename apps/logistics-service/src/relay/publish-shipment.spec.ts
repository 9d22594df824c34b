import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { contractOf } from "@gendan/contracts";
import {
  allocated,
  declined,
  meridian,
  nordwind,
  planned,
  plannedForBoth,
  sealed,
  shipmentId,
  nordwindScope,
  tenOfNordwind,
} from "../domain/spec.js";
import type { ShipmentEvent } from "../domain/shipment/shipment.events.js";
import { shipmentCodec } from "../stored/codecs.js";
import { publishShipment } from "./publish-shipment.js";

const stored = JSON.parse(readFileSync(new URL("../stored/golden/shipment.json", import.meta.url), "utf8")) as {
  type: string;
  version: number;
  data: object;
}[];
const after = { state: "Delivered", packages: [] } as const;
const told = (event: ShipmentEvent) => publishShipment(shipmentId, event);

describe("what is told", () => {
  test.each(stored.map((sample) => [sample.type, sample] as const))("of %s keeps its contract", (_, sample) => {
    for (const { type, version, data } of told(shipmentCodec.decode(sample))) {
      const onTheWire = JSON.parse(JSON.stringify(data)) as unknown;
      expect(contractOf(type)?.read(version, onTheWire)).toEqual(onTheWire);
    }
  });
  test("names the orders that it concerns, in every message", () => {
    for (const sample of stored) {
      for (const { data } of told(shipmentCodec.decode(sample)))
        expect(data).toMatchObject({ shipmentId, orderIds: expect.arrayContaining([nordwind]) });
    }
  });
  test("of a plan is what each order is asked for", () =>
    expect(told(plannedForBoth)).toMatchObject([
      {
        type: "shipment.planned",
        topic: "gendan.shipments",
        data: {
          orderIds: [nordwind, meridian],
          orders: [
            { orderId: nordwind, lines: [{ lineId: "1", scheduleId: "1", quantity: "10" }] },
            { orderId: meridian, lines: [{ lineId: "1", scheduleId: "1", quantity: "5" }] },
          ],
          visibleTo: plannedForBoth.visibleTo,
        },
      },
    ]));
  test("of a dispatch includes the rules it breaks", () => {
    const breaches = [{ code: "DISPATCHED_UNDER_HOLD", detail: "credit", orderId: nordwind }] as const;
    const dispatched = {
      type: "shipment.dispatched",
      orderIds: [nordwind],
      orders: [{ orderId: nordwind, lines: tenOfNordwind.lines }],
      dispatchedAt: "2026-03-02T08:00:00.000Z",
      reported: true,
      breaches,
      ...nordwindScope,
      after,
    } as const;
    expect(told(dispatched)).toMatchObject([
      { type: "shipment.dispatched", data: { breaches, zone: "Asia/Shanghai" } },
    ]);
  });
  test("of a delivery leaves out who received it", () => {
    const delivered = {
      type: "shipment.delivered",
      orderIds: [nordwind],
      orders: [],
      packageIds: ["1"],
      deliveredAt: "2026-03-02T08:00:00.000Z",
      complete: true,
      receivedBy: sealed("Wang Fang"),
      breaches: [],
      after,
    } as const;
    expect(told(delivered)).toHaveLength(1);
    expect(JSON.stringify(told(delivered))).not.toContain("ciphertext");
  });
});

describe("what stays in the house", () => {
  test("is an order's answer, which the order has told itself", () => {
    expect(told(allocated(nordwind))).toEqual([]);
    expect(told(declined(nordwind))).toEqual([]);
  });
  test("is a disputed report", () =>
    expect(
      told({
        type: "shipment.report.disputed",
        report: "loss",
        reason: "IN_FUTURE",
        claimedAt: "2027-01-01T00:00:00.000Z",
        packageIds: [],
      }),
    ).toEqual([]));
  test("is every sealed value", () => {
    for (const sample of stored) expect(JSON.stringify(told(shipmentCodec.decode(sample)))).not.toContain("ciphertext");
    expect(JSON.stringify(stored)).toContain("ciphertext");
    expect(told(planned)).toHaveLength(1);
  });
});
