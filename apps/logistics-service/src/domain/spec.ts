// What the specs tell their stories with: persons, orders as they are known here, a planned shipment.
import type { Actor, Sealed } from "@gendan/eventing";
import { unknownOrder, type KnownOrder } from "./order/order.state.js";
import type { AllocationRecorded, ShipmentPlanned, ShippedOrder } from "./shipment/shipment.events.js";

export const li: Actor = { kind: "person", id: "li" };
export const feed: Actor = { kind: "service", id: "carrier-feed" };

export const shipmentId = "00000000-0000-4000-8000-0000000000b1";
export const customerId = "00000000-0000-4000-8000-0000000000c1";
export const nordwind = "00000000-0000-4000-8000-0000000000a1";
export const meridian = "00000000-0000-4000-8000-0000000000a2";

/** A sealed text: the mac is the same for the same text. */
export const sealed = (text: string): Sealed => ({
  subject: shipmentId,
  keyVersion: 1,
  ciphertext: `sealed:${text}`,
  mac: `mac:${text}`,
});

const goods = { kind: "goods", sku: "A", unit: "pcs", promisedOn: "2026-03-20" } as const;

/** Ten of line 1 in one schedule, six and four of line 2 in two, and a service as line 3. */
export const nordwindOrder: KnownOrder = {
  ...unknownOrder,
  known: true,
  number: "SO-2026-000001",
  customerId,
  zone: "Asia/Shanghai",
  department: "cn/east",
  assignee: "li",
  visibleTo: ["d:", "d:cn", "d:cn/east", "u:li"],
  schedules: [
    { ...goods, lineId: "1", scheduleId: "1", quantity: "10" },
    { ...goods, lineId: "2", scheduleId: "1", quantity: "6" },
    { ...goods, lineId: "2", scheduleId: "2", quantity: "4" },
    { ...goods, lineId: "3", scheduleId: "1", quantity: "1", kind: "service" },
  ],
};

/** Five of line 1. */
export const meridianOrder: KnownOrder = {
  ...unknownOrder,
  known: true,
  number: "SO-2026-000002",
  customerId,
  zone: "Europe/Berlin",
  department: "de",
  visibleTo: ["d:", "d:de"],
  schedules: [{ ...goods, lineId: "1", scheduleId: "1", quantity: "5" }],
};

export const knownOrders = (orders: Readonly<Record<string, KnownOrder>> = {}): ReadonlyMap<string, KnownOrder> =>
  new Map(Object.entries({ [nordwind]: nordwindOrder, [meridian]: meridianOrder, ...orders }));

export const tenOfNordwind: ShippedOrder = {
  orderId: nordwind,
  number: "SO-2026-000001",
  lines: [{ lineId: "1", scheduleId: "1", quantity: "10" }],
  customerId,
  zone: "Asia/Shanghai",
  department: "cn/east",
  assignee: "li",
  visibleTo: ["d:", "d:cn", "d:cn/east", "u:li"],
};

export const fiveOfMeridian: ShippedOrder = {
  orderId: meridian,
  number: "SO-2026-000002",
  lines: [{ lineId: "1", scheduleId: "1", quantity: "5" }],
  customerId,
  zone: "Europe/Berlin",
  department: "de",
  visibleTo: ["d:", "d:de"],
};

export const nordwindScope = {
  department: "cn/east",
  assignee: "li",
  visibleTo: ["d:", "d:cn", "d:cn/east", "u:li"],
  zone: "Asia/Shanghai",
  customerId,
};

const plan = {
  type: "shipment.planned",
  number: "SH-2026-000001",
  mode: "parcel",
  carrier: "SF",
} as const;

/** One order, one package. */
export const planned: ShipmentPlanned = {
  ...plan,
  orders: [tenOfNordwind],
  packages: [{ packageId: "1", trackingNumber: "SF1" }],
  ...nordwindScope,
};

/** Two orders of one customer in two zones, two packages that hold them together. */
export const plannedForBoth: ShipmentPlanned = {
  ...plan,
  orders: [tenOfNordwind, fiveOfMeridian],
  packages: [{ packageId: "1", trackingNumber: "SF1" }, { packageId: "2" }],
  department: "cn/east",
  assignee: "li",
  visibleTo: ["d:", "d:cn", "d:cn/east", "u:li", "d:de"],
  customerId,
};

export const allocated = (orderId: string): AllocationRecorded => ({
  type: "shipment.allocation.recorded",
  orderId,
  answer: "allocated",
  reasons: [],
});

export const declined = (orderId: string): AllocationRecorded => ({
  type: "shipment.allocation.recorded",
  orderId,
  answer: "declined",
  reasons: ["HELD"],
});
