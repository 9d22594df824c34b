import { expect, test } from "@jest/globals";
import type { PublicFact } from "@gendan/eventing";
import type { OrderEvent } from "../domain/order/order.events.js";
import {
  after,
  asks,
  cny,
  confirmed,
  CUSTOMER,
  delivers,
  discrepancy,
  installed,
  isConfirmed,
  ISSUE,
  line,
  loses,
  note,
  ORDER,
  part,
  received,
  RECEIPT,
  scope,
  SHIPMENT,
  ships,
  verified,
} from "../domain/order/spec.js";
import { publishOrder } from "./publish-order.js";
import { publishReceipt } from "./publish-receipt.js";

const told = (event: OrderEvent) => publishOrder(ORDER, event).map(({ type, data }: PublicFact) => [type, data]);
const last = (events: readonly OrderEvent[]) => events.at(-1)!;
const parts = (quantity: string) => [part(quantity)];

test.each([
  [
    received,
    {
      number: "SO-2026-000001",
      channel: "sales",
      customerId: CUSTOMER,
      receivedOn: "2026-03-01",
      amount: cny(2500),
      freight: cny(0),
      ...scope,
    },
  ],
  [
    { ...received, type: "order.corrected", correctedBy: received.enteredBy, changes: [], note } as OrderEvent,
    {
      amount: cny(2500),
      freight: cny(0),
      lines: [
        {
          lineId: "1",
          sku: "A-1",
          amount: cny(2500),
          schedules: [{ scheduleId: "1", quantity: "10", requestedOn: "2026-03-20" }],
        },
      ],
    },
  ],
  [discrepancy, { discrepancyId: "d1", aspect: "price" }],
  [
    { type: "order.discrepancy.resolved", discrepancyId: "d1", outcome: "agreed", open: 0 } as const,
    { discrepancyId: "d1", open: 0 },
  ],
  [verified, { firstPass: true }],
  [
    confirmed,
    {
      number: "SO-2026-000001",
      version: 1,
      zone: "Asia/Shanghai",
      schedules: [{ lineId: "1", scheduleId: "1", promisedOn: "2026-03-20" }],
      holds: [],
      ...scope,
    },
  ],
  [
    last(
      after(isConfirmed, {
        type: "RepromiseSchedule",
        lineId: "1",
        scheduleId: "1",
        promisedOn: "2026-03-28",
        reason: "x",
        askedBy: "us",
        note,
      }),
    ),
    { lineId: "1", scheduleId: "1", from: "2026-03-20", to: "2026-03-28", reason: "x", askedBy: "us" },
  ],
  [last(after(isConfirmed, { type: "PlaceHold", hold: "stock", note })), { hold: "stock", holds: ["stock"] }],
  [
    last(after(isConfirmed, { type: "PlaceHold", hold: "stock" }, { type: "ReleaseHold", hold: "stock", note })),
    { hold: "stock", holds: [] },
  ],
  [
    last(after(isConfirmed, { type: "MoveOrder", department: "cn/west", reason: "x", note })),
    { change: "moved", reason: "x", ...scope, department: "cn/west", visibleTo: ["d:", "d:cn", "d:cn/west", "u:li"] },
  ],
  [
    last(after(isConfirmed, { type: "CancelOrder", reason: "x", cancelledBy: "us", note })),
    { reason: "x", cancelledBy: "us" },
  ],
  [last(after(isConfirmed, asks("4"))), { shipmentId: SHIPMENT, lines: parts("4") }],
  [last(after([received], asks("4"))), { shipmentId: SHIPMENT, reasons: ["NOT_CONFIRMED"] }],
  [
    last(after(isConfirmed, asks("4"), { type: "ReleaseAllocation", shipmentId: SHIPMENT })),
    { shipmentId: SHIPMENT, lines: parts("4") },
  ],
  [
    last(after(isConfirmed, ships("4"))),
    {
      customerId: CUSTOMER,
      zone: "Asia/Shanghai",
      shipping: "Partial",
      breaches: [{ code: "SHIPPED_NOT_ALLOCATED", detail: "1/1: 4" }],
      ...scope,
    },
  ],
  [
    last(after(isConfirmed, asks("10"), ships("10"), delivers("10", "2026-03-22T10:00:00.000Z"))),
    {
      deliveredOn: "2026-03-22",
      delivery: "Full",
      late: true,
      lines: [{ ...part("10"), promisedOn: "2026-03-20", lateDays: 2 }],
      breaches: [],
    },
  ],
  [
    last(after(isConfirmed, asks("4"), ships("4"), loses("4"))),
    { lines: parts("4"), lostAt: "2026-03-12T02:00:00.000Z" },
  ],
  [
    { type: "order.accepted", acceptedBy: "clock", services: [], delivery: "Full", note } as const,
    { acceptedBy: "clock" },
  ],
  [{ type: "order.completed" } as const, {}],
  [{ type: "order.closed" } as const, {}],
  [
    last(after([received], { type: "RecordPayment", receiptId: RECEIPT, amount: cny(5) })),
    { receiptId: RECEIPT, amount: cny(5), received: cny(5) },
  ],
] as readonly (readonly [OrderEvent, object])[])("$type", (event, data) => {
  const published = event.type;
  expect(told(event)).toEqual([[published, expect.objectContaining({ orderId: ORDER })]]);
  expect(told(event)).toMatchObject([[published, data]]);
  // What a person wrote is told to nobody.
  expect(JSON.stringify(told(event))).not.toContain(note.ciphertext);
});

test.each([
  { type: "order.acceptance.elapsed", dueAt: "2026-03-27T10:00:00.000Z" },
  { type: "order.issue.noted", issueId: ISSUE },
  { type: "order.issue.cleared", issueId: ISSUE },
  {
    type: "order.payment.recorded",
    receiptId: RECEIPT,
    amount: cny(5),
    received: cny(0),
    breaches: [{ code: "CURRENCY_DIFFERS" }],
  },
] as const)("$type is nobody's business", (event) => expect(told(event)).toEqual([]));

test("what leads to a person is not told with the order", () => {
  const event = { ...installed, deliveryPoint: { country: "CN", phone: note }, lines: [line] };
  expect(JSON.stringify(told(event))).not.toContain("deliveryPoint");
});

test("a receipt is told, and what of it pays which order", () => {
  const recorded = {
    type: "receipt.recorded",
    number: "RC-1",
    customerId: CUSTOMER,
    amount: cny(5),
    method: "cash",
    reference: "B-77",
    receivedAt: "2026-03-02T08:00:00.000Z",
    ...scope,
  } as const;
  expect(publishReceipt(RECEIPT, recorded)).toMatchObject([
    { type: "receipt.recorded", topic: "gendan.receipts", data: { receiptId: RECEIPT, amount: cny(5) } },
  ]);
  const allocations = [{ orderId: ORDER, amount: cny(5) }];
  expect(
    publishReceipt(RECEIPT, {
      type: "receipt.allocated",
      allocations,
      unallocated: cny(0),
      visibleTo: ["d:"],
      orders: [{ orderId: ORDER, visibleTo: ["d:"] }],
    }),
  ).toMatchObject([
    {
      type: "receipt.allocated",
      data: { receiptId: RECEIPT, allocations, orderIds: [ORDER], unallocated: cny(0), visibleTo: ["d:"] },
    },
  ]);
  const order = { orderId: ORDER, revision: 3, visibleTo: ["d:us"] };
  expect(publishReceipt(RECEIPT, { type: "receipt.scope.followed", order, visibleTo: ["d:", "d:us"] })).toMatchObject([
    { type: "receipt.scope.changed", data: { receiptId: RECEIPT, orderIds: [ORDER], visibleTo: ["d:", "d:us"] } },
  ]);
});
