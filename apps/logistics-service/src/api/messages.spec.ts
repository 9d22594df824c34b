import { expect, test } from "@jest/globals";
import { meridian, nordwind } from "../domain/spec.js";
import type { ShipmentRefusal } from "../domain/shipment/shipment.refusals.js";
import type { BackdateRefusal, ErasedRefusal } from "@gendan/security";
import { shipmentMessages } from "./messages.js";

type Refusal = ShipmentRefusal | BackdateRefusal | ErasedRefusal;

/** One of each; a code that is missing here does not compile. */
const samples: { readonly [Code in Refusal["code"]]: Extract<Refusal, { readonly code: Code }> } = {
  BACKDATE_RIGHT_NEEDED: { code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" },
  SUBJECT_ERASED: { code: "SUBJECT_ERASED", subject: nordwind },
  NOT_FOUND: { code: "NOT_FOUND" },
  SHIPMENT_EXISTS: { code: "SHIPMENT_EXISTS" },
  SHIPMENT_STATE: { code: "SHIPMENT_STATE", state: "PickedUp", allowed: ["Planned", "Booked"] },
  ORDER_UNKNOWN: { code: "ORDER_UNKNOWN", orderId: nordwind },
  ORDER_CANCELLED: { code: "ORDER_CANCELLED", orderId: nordwind, number: "SO-1" },
  ORDER_REPEATED: { code: "ORDER_REPEATED", orderId: nordwind },
  NO_LINES: { code: "NO_LINES", orderId: nordwind },
  SCHEDULE_UNKNOWN: { code: "SCHEDULE_UNKNOWN", orderId: nordwind, lineId: "1" },
  SCHEDULE_NEEDED: { code: "SCHEDULE_NEEDED", orderId: nordwind, lineId: "1" },
  SERVICE_LINE: { code: "SERVICE_LINE", orderId: nordwind, lineId: "3" },
  QUANTITY_INVALID: { code: "QUANTITY_INVALID", orderId: nordwind, lineId: "1", quantity: "0" },
  WEIGHT_INVALID: { code: "WEIGHT_INVALID", packageId: "1", weight: "0" },
  PACKAGE_REPEATED: { code: "PACKAGE_REPEATED", packageId: "1" },
  PACKAGE_UNKNOWN: { code: "PACKAGE_UNKNOWN", packageId: "9" },
  TRACKING_REPEATED: { code: "TRACKING_REPEATED", trackingNumber: "SF1" },
  NOT_UNDER_WAY: { code: "NOT_UNDER_WAY", packageIds: ["1", "2"] },
  CONTENTS_INCOMPLETE: { code: "CONTENTS_INCOMPLETE", packageId: "2" },
  CONTENTS_DIFFER: { code: "CONTENTS_DIFFER", orderId: meridian },
  ALLOCATION_PENDING: { code: "ALLOCATION_PENDING", orderId: nordwind, number: "SO-1" },
  ALLOCATION_DECLINED: { code: "ALLOCATION_DECLINED", orderId: nordwind, number: "SO-1", reasons: ["HOLD_CREDIT"] },
  ORDER_HELD: { code: "ORDER_HELD", orderId: nordwind, number: "SO-1", holds: ["credit", "stock"] },
  ORDER_OF_OTHERS: { code: "ORDER_OF_OTHERS", because: "ORDER_HELD" },
  ORDER_NOT_IN_SHIPMENT: { code: "ORDER_NOT_IN_SHIPMENT", orderId: meridian },
  LAST_ORDER: { code: "LAST_ORDER", orderId: nordwind },
  CARRIER_NEEDED: { code: "CARRIER_NEEDED" },
  EXCEPTION_NOT_FOUND: { code: "EXCEPTION_NOT_FOUND", exceptionId: "e9" },
};

test.each(Object.values(samples))("$code is told in both languages", (refusal) => {
  const texts = shipmentMessages[refusal.code];
  const english = texts.en(refusal as never);
  const chinese = texts.zh(refusal as never);
  expect(english).toMatch(/^[A-Z0-9][^\u4e00-\u9fff]+\.$/);
  expect(chinese).toMatch(/[\u4e00-\u9fff].*。$/);
  for (const text of [english, chinese]) expect(text).not.toMatch(/undefined|\[object/);
});
