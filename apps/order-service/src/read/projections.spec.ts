import { expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import type { OrderEvent } from "../domain/order/order.events.js";
import {
  after,
  cny,
  isCompleted,
  isConfirmed,
  isDelivered,
  ofServices,
  ORDER,
  received,
} from "../domain/order/spec.js";
import { foldOrder } from "./fold-order.js";
import type { OrderDocument } from "./order.document.js";
import { ordersQuery } from "./orders-query.js";
import { ordersProjection } from "./orders.projection.js";
import { isLate, paymentOf, totalOf } from "./payment.js";
import { foldReceipt, receiptFor, receiptsProjection, type ReceiptDocument } from "./receipts.projection.js";

const fold = (events: readonly OrderEvent[]): OrderDocument =>
  events.reduce<OrderDocument | undefined>(
    (doc, event) =>
      foldOrder(doc, event, {
        event,
        meta: { actor: received.enteredBy, occurredAt: received.receivedAt },
      } as Happened<OrderEvent>),
    undefined,
  )!;
const [orders] = ordersProjection.documents;
const [receipts] = receiptsProjection.documents;
const columns = (doc: OrderDocument) =>
  Object.fromEntries(Object.entries(orders!.collection.columns).map(([name, { of }]) => [name, of(doc as never)]));
const now = "2026-03-20T16:00:00.000Z";

test("an order's columns, keys, words and tokens", () => {
  const doc = fold([
    {
      ...received,
      sourceReference: "PO-77",
      references: [{ system: "erp", number: "4500" }],
      customFields: [{ name: "season", value: "S27" }],
    },
  ]);
  expect(columns(doc)).toEqual({
    receivedAt: "2026-03-01T01:00:00.000Z",
    dueOn: "2026-03-20",
    amount: 2500,
    currency: "CNY",
    lifecycle: "received",
    shipping: "None",
    delivery: "None",
    department: "cn/east/",
    assignee: "li",
    customerId: received.customerId,
    lateFrom: "2026-03-20T16:00:00.000Z",
    tail: 0,
    refundOpen: 0,
    held: 0,
  });
  const { keys, words, tokens } = orders!.collection;
  expect(Object.entries(keys!).map(([name, of]) => [name, of(doc as never)])).toEqual([
    ["number", ["SO-2026-000001"]],
    ["sourceReference", ["PO-77"]],
    ["reference", ["erp\u00004500"]],
    ["customer", [received.customerId]],
  ]);
  expect(words!(doc as never)).toEqual(["so", "2026", "000001", "po", "77", "4500", "a", "1", "season=s27", "@erp"]);
  expect(tokens!(doc as never)).toEqual(received.visibleTo);
});
test("a held order, and one that nothing is due of", () => {
  expect(columns(fold(after(isConfirmed, { type: "PlaceHold", hold: "stock" })))).toMatchObject({ held: 1 });
  expect(columns(fold(isCompleted()))).toMatchObject({ dueOn: undefined, lateFrom: undefined });
  expect(orders!.collection.keys!["sourceReference"]!(fold([received]) as never)).toEqual([]);
});
test("the customer's time to answer is a deadline while it runs", () => {
  expect(orders!.deadlines!(fold(isDelivered()))).toEqual([{ kind: "acceptance", dueAt: "2026-03-27T10:00:00.000Z" }]);
  expect(orders!.deadlines!(fold(isConfirmed))).toEqual([]);
  expect(orders!.deadlines!(fold(isCompleted()))).toEqual([]);
});

test.each([
  ["nothing owed yet", {}, "NotDue"],
  ["due", { payment: {} }, "Due"],
  ["due, in its days", { payment: { dueOn: "2026-03-20", overdueFrom: "2026-03-20T16:00:00.001Z" } }, "Due"],
  ["overdue", { payment: { dueOn: "2026-03-20", overdueFrom: now } }, "Overdue"],
  ["paid in part", { payment: {}, received: cny(1) }, "PartlyPaid"],
  ["paid in part, overdue", { payment: { overdueFrom: now }, received: cny(1) }, "Overdue"],
  ["paid", { received: cny(2600), payment: { overdueFrom: now } }, "Paid"],
  ["worth nothing", { lines: [] }, "Paid"],
  ["paid too much", { received: cny(2601) }, "Overpaid"],
  ["cancelled", { lifecycle: "cancelled", payment: { overdueFrom: now } }, "NotDue"],
  ["cancelled after a payment", { lifecycle: "cancelled", received: cny(1) }, "Overpaid"],
] as const)("payment: %s", (_, more, expected) => {
  const [ordered] = fold([received]).lines;
  const lines = [{ ...ordered!, freight: cny(100) }];
  expect(paymentOf({ lines, received: cny(0), lifecycle: "confirmed", ...more }, now)).toBe(expected);
  expect(totalOf({ amount: cny(2500), freight: cny(100) })).toEqual(cny(2600));
});
test("late begins with the instant after the day", () => {
  const lateFrom = "2026-03-20T16:00:00.000Z";
  expect([
    isLate({ lateFrom }, "2026-03-20T15:59:59.999Z"),
    isLate({ lateFrom }, lateFrom),
    isLate({}, lateFrom),
  ]).toEqual([false, true, false]);
});

test("what is asked for becomes filters along a path", () => {
  expect(ordersQuery({ sort: "due", descending: false }, now)).toEqual({
    collection: "orders",
    path: "byDue",
    descending: false,
    where: [],
  });
  expect(ordersQuery({ sort: "amount", descending: true }, now)).toBeUndefined();
  expect(ordersQuery({ sort: "amount", descending: true, currency: "CNY", held: true }, now)).toEqual({
    collection: "orders",
    path: "byAmount",
    within: "CNY",
    descending: true,
    where: [{ column: "held", op: "=", value: 1 }],
  });
  expect(
    ordersQuery({ sort: "received", descending: true, department: "cn/east", late: true, currency: "CNY" }, now)?.where,
  ).toEqual([
    { column: "department", op: ">=", value: "cn/east/" },
    { column: "department", op: "<", value: "cn/east0" },
    { column: "lateFrom", op: "<=", value: now },
    { column: "currency", op: "=", value: "CNY" },
  ]);
  expect(ordersQuery({ sort: "received", descending: true, department: "" }, now)?.where).toEqual([]);
});

test("a receipt: recorded, then allocated bit by bit", () => {
  const happened = { meta: { actor: received.enteredBy, occurredAt: now } } as Happened<never>;
  const recorded = {
    type: "receipt.recorded",
    number: "RC-1",
    customerId: received.customerId,
    amount: cny(5),
    method: "cash",
    receivedAt: now,
    department: "cn",
    visibleTo: ["d:"],
  } as const;
  const doc = foldReceipt(undefined, recorded, happened)!;
  const { type: _, ...known } = recorded;
  expect(doc).toEqual({
    ...known,
    recordedBy: received.enteredBy,
    allocations: [],
    unallocated: cny(5),
    owners: ["d:"],
    orders: {},
  });
  const allocated = {
    type: "receipt.allocated",
    allocations: [{ orderId: ORDER, amount: cny(2) }],
    unallocated: cny(3),
    visibleTo: ["d:", "d:cn"],
    orders: [{ orderId: ORDER, visibleTo: ["d:cn"] }],
  } as const;
  const twice = foldReceipt(foldReceipt(doc, allocated, happened), { ...allocated, unallocated: cny(1) }, happened)!;
  expect(twice).toMatchObject({
    unallocated: cny(1),
    visibleTo: ["d:", "d:cn"],
    allocations: [{ orderId: ORDER, at: now }, { orderId: ORDER }],
  });
  expect(foldReceipt(undefined, allocated, happened)).toBeUndefined();
  const { columns: of, keys } = receipts!.collection;
  expect([of["receivedAt"]!.of(twice as never), of["customerId"]!.of(twice as never)]).toEqual([
    now,
    received.customerId,
  ]);
  expect(Object.values(keys!).map((key) => key(twice as never))).toEqual([["RC-1"], [ORDER], [received.customerId]]);
  expect(receipts!.collection.tokens!(twice as never)).toEqual(["d:", "d:cn"]);
});

test("a receipt is whole to its owners, and to others for the sake of the orders that they see", () => {
  const [mine, other] = [ORDER, "other"].map((orderId) => ({ orderId, amount: cny(1), at: now }));
  const doc = {
    visibleTo: ["d:", "u:li", "u:x"],
    owners: ["d:"],
    allocations: [mine, other],
    orders: { [ORDER]: ["u:li"] },
    refunds: [ORDER, "other"].map((orderId) => ({ refundId: "f", orderId, returnId: "r" })),
  };
  const as = (token: string) => receiptFor([token], doc as unknown as ReceiptDocument);
  expect(as("d:").allocations).toEqual([mine, other]);
  expect(as("u:li").allocations).toEqual([mine]);
  const returns = (token: string) => as(token).refunds!.map(({ returnId }) => returnId);
  expect([returns("d:"), returns("u:li")]).toEqual([
    ["r", "r"],
    ["r", undefined],
  ]);
});

test("an order of services alone is folded like any other", () =>
  expect(fold([ofServices])).toMatchObject({ delivery: "None" }));
