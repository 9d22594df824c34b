import { describe, expect, test } from "@jest/globals";
import type { StoredDocument } from "@gendan/eventing";
import { fiveOfMeridian, meridian, nordwind, plannedForBoth, tenOfNordwind } from "../domain/spec.js";
import { foldShipment, type ShipmentDoc } from "./shipment-doc.js";
import { listOf, ofOrder, pageOfOrder, type ShipmentOrder } from "./shipment-list.js";
import { shipmentFor, shipmentsProjection } from "./shipments.js";

const meta = {
  actor: { kind: "person", id: "li" },
  occurredAt: "2026-03-02T01:00:00.000Z",
  recordedAt: "2026-03-02T01:00:00.000Z",
} as const;
const contents = [
  { orderId: nordwind, lines: tenOfNordwind.lines },
  { orderId: meridian, lines: fiveOfMeridian.lines },
];
const doc: ShipmentDoc = {
  ...foldShipment(
    undefined,
    { ...plannedForBoth, packages: [{ packageId: "1", trackingNumber: "SF1", contents }] },
    { meta },
  )!,
  breaches: [{ code: "DISPATCHED_UNDER_HOLD", orderId: meridian }, { code: "DELIVERED_BEFORE_DISPATCH" }],
};
const row = (id: string, more: Partial<ShipmentDoc> = {}): StoredDocument<ShipmentDoc> => ({
  id,
  sequence: 0,
  doc: { ...doc, ...more },
});

describe("who sees what", () => {
  const seenBy = (...tokens: string[]) => shipmentFor(tokens, doc);
  test("the shipment: whoever sees any of its orders", () => {
    expect(seenBy("d:cn")).toBeDefined();
    expect(seenBy("d:de")).toBeDefined();
    expect(seenBy("u:li")).toBeDefined();
    expect(seenBy("d:fr", "u:wang")).toBeUndefined();
  });
  test("an order's lines, what of it lies in packages, and what broke its rules: whoever sees that order", () => {
    const german = seenBy("d:de");
    expect(german?.orders.map((order) => order.orderId)).toEqual([meridian]);
    expect(german?.packages[0]?.contents).toEqual([contents[1]]);
    expect(german?.breaches).toEqual(doc.breaches);
    const chinese = seenBy("d:cn/east");
    expect(chinese?.orders.map((order) => order.orderId)).toEqual([nordwind]);
    expect(chinese?.breaches).toEqual([{ code: "DELIVERED_BEFORE_DISPATCH" }]);
    expect(seenBy("d:")?.orders).toHaveLength(2);
  });
  test("that a shipment is an order's: whoever sees the order", () => {
    expect(ofOrder(["d:de"], meridian, [row("a")])).toHaveLength(1);
    expect(ofOrder(["d:de"], nordwind, [row("a")])).toEqual([]);
  });
});

describe("how it is found", () => {
  const { columns, keys = {}, tokens } = shipmentsProjection.documents[0]!.collection;
  test("by order, number and tracking number, through its orders' tokens", () => {
    expect(keys["order"]?.(doc)).toEqual([nordwind, meridian]);
    expect(keys["number"]?.(doc)).toEqual(["SH-2026-000001"]);
    expect(keys["trackingNumber"]?.(doc)).toEqual(["SF1"]);
    expect(tokens?.(doc)).toEqual(plannedForBoth.visibleTo);
  });
  test("every path and filter has its column", () => {
    for (const path of shipmentsProjection.documents[0]!.collection.paths) {
      for (const column of [path.sort, ...(path.filters ?? [])]) expect(columns).toHaveProperty(column);
    }
    expect(Object.fromEntries(Object.entries(columns).map(([name, { of }]) => [name, of(doc)]))).toEqual({
      plannedAt: meta.occurredAt,
      plannedShipOn: undefined,
      state: "Planned",
      department: "cn/east",
      carrier: "SF",
      exceptionsOpen: 0,
    });
  });
});

describe("the list", () => {
  const newest: ShipmentOrder = { by: "planned", descending: true };
  test("asks the store by the caller's tokens and every filter", () =>
    expect(
      listOf(["d:cn"], { states: ["Lost"], carrier: "SF", exceptionOpen: true }, { by: "shipDay", descending: false }),
    ).toEqual({
      collection: "shipments",
      path: "byShipDay",
      tokens: ["d:cn"],
      where: [
        { column: "state", op: "in", values: ["Lost"] },
        { column: "carrier", op: "=", value: "SF" },
        { column: "exceptionsOpen", op: ">", value: 0 },
      ],
      descending: false,
    }));
  test("asks for a department with everything below it, and for nothing when that is the company", () => {
    expect(listOf([], { department: "" }, newest).where).toEqual([]);
    expect(listOf([], { department: "cn" }, newest).where).toEqual([
      {
        any: [
          { column: "department", op: "=", value: "cn" },
          { column: "department", op: ">=", value: "cn/" },
        ],
      },
      { column: "department", op: "<", value: "cn0" },
    ]);
  });

  const rows = [
    row("c", { plannedAt: "2026-03-03T00:00:00.000Z", plannedShipOn: "2026-03-04" }),
    row("a", { plannedAt: "2026-03-02T00:00:00.000Z", state: "Lost", exceptionsOpen: 1, department: "cn/eastern" }),
    row("b", { plannedAt: "2026-03-02T00:00:00.000Z", carrier: "DHL" }),
  ];
  const page = (filter: Parameters<typeof pageOfOrder>[1] = {}, order = newest, limit = 10) =>
    pageOfOrder(rows, filter, order, { limit });
  const ids = (given: ReturnType<typeof pageOfOrder>) => given.rows.map(({ id }) => id);
  test("of one order is filtered and sorted the same way", () => {
    expect(ids(page())).toEqual(["c", "b", "a"]);
    expect(ids(page({}, { by: "planned", descending: false }))).toEqual(["a", "b", "c"]);
    expect(ids(page({}, { by: "shipDay", descending: false }))).toEqual(["a", "b", "c"]);
    expect(ids(page({ states: ["Lost"] }))).toEqual(["a"]);
    expect(ids(page({ carrier: "DHL" }))).toEqual(["b"]);
    expect(ids(page({ exceptionOpen: false }))).toEqual(["c", "b"]);
    expect(ids(page({ department: "cn/east" }))).toEqual(["c", "b"]);
    expect(ids(page({ department: "cn" }))).toEqual(["c", "b", "a"]);
    expect(ids(page({ department: "" }))).toEqual(["c", "b", "a"]);
  });
  test("of one order is paged without gap or repetition", () => {
    const first = page({}, newest, 2);
    expect(first).toMatchObject({ more: true, count: 3 });
    const last = first.rows.at(-1)!;
    const second = pageOfOrder(rows, {}, newest, { limit: 2, after: { sort: last.sort, id: last.id } });
    expect(ids(second)).toEqual(["a"]);
    expect(second).toMatchObject({ more: false, count: 3 });
  });
});
