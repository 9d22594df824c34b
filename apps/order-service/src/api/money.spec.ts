// An order's money through GraphQL, on real engines: terms, holds, invoices, receipts, reminders, and the customer's statement.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const DAY_MS = 86_400_000;
const li: Identity = { user: "li", roles: ["manager", "finance"], departments: ["cn"] };
const wang: Identity = { user: "wang", roles: ["sales"], departments: ["cn"] };
const fritz: Identity = { user: "fritz", roles: ["finance"], departments: ["de"] };

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
  const kinds = {
    payment: { holdBeforeShipment: true, writeOff: { CNY: "10" }, writeOffWithoutLimit: [] },
    dunning: {
      levels: [
        { level: 1, days: 1 },
        { level: 2, days: 5, holds: true },
      ],
    },
    rates: { rates: [{ from: "EUR", to: "CNY", on: "2026-01-01", rate: "8" }] },
  };
  for (const [kind, rules] of Object.entries(kinds)) await send("setOrderRules", { kind, rules }, "replayed");
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

type Node = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes
const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });
const customerId = uuidFrom("customer", "of the money spec");

async function send(mutation: string, input: object, selected: string, as = li): Promise<Node> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selected} settleToken userErrors { code } } }`;
  const told = (await orders.data<Node>(as, text, { input: { commandId: newId(), ...input } }))[mutation] as Node;
  if (told["settleToken"]) await eventually(() => orders.service.settled(told["settleToken"] as string, 1_000));
  return told;
}
const query = (text: string, variables: object = {}, as = li) => orders.data<Node>(as, text, variables);
const ofOrder = async (id: string, selected: string): Promise<Node> =>
  (await query(`query ($id: ID!) { order(id: $id) { ${selected} } }`, { id }))["order"] as Node;
/** Reactions to what a reaction has caused come a little later. */
const until = (id: string, selected: string, expected: object) =>
  eventually(async () => {
    expect(await ofOrder(id, selected)).toMatchObject(expected);
    return true;
  });

async function order(): Promise<string> {
  const lines = [{ sku: "A-1", quantity: "10", unitPrice: cny(250), requestedOn: "2026-03-20" }];
  const input = { channel: "SALES", customerId, currency: "CNY", department: "cn/east", lines };
  const orderId = (await send("receiveOrder", input, "order { id }"))["order"]["id"] as string;
  await send("verifyOrder", { orderId }, "revision", wang);
  const milestones = [
    { milestoneId: "deposit", percent: "30", due: "BEFORE_SHIPMENT", days: 7 },
    { milestoneId: "rest", due: "INVOICE", days: 10 },
  ];
  expect((await send("agreePaymentTerms", { orderId, milestones }, "revision"))["userErrors"]).toEqual([]);
  await send("confirmOrder", { orderId, promiseRequested: true }, "revision");
  return orderId;
}

function shipped(orderId: string, quantity: string) {
  const of = [{ orderId, lines: [{ lineId: "1", scheduleId: "1", quantity }] }];
  const scope = { department: "cn/east", visibleTo: ["d:cn/east"] };
  return { shipmentId: newId(), orderIds: [orderId], orders: of, ...scope };
}
const dispatch = (orderId: string, quantity: string): Promise<void> =>
  orders.told({
    type: "shipment.dispatched",
    ...shipped(orderId, quantity),
    dispatchedAt: "2026-03-02T09:00:00.000Z",
    breaches: [],
  } as PublicEvent);
const deliver = (orderId: string, quantity: string): Promise<void> =>
  orders.told({
    type: "shipment.delivered",
    ...shipped(orderId, quantity),
    packageIds: ["1"],
    deliveredAt: new Date(orders.clock.now()).toISOString(),
    complete: true,
    breaches: [],
  } as PublicEvent);

let orderId: string;
let invoiceId: string;
let invoiceNumber: string;
test("what is to be paid before the shipment holds the order by rule, until it has come", async () => {
  orderId = await order();
  await until(
    orderId,
    "payment holds { hold } paymentMilestones { milestoneId amount { minor } dueOn open { minor } }",
    {
      payment: "DUE",
      holds: [{ hold: "PAYMENT" }],
      paymentMilestones: [
        { milestoneId: "deposit", amount: { minor: "750" }, dueOn: "2026-03-13", open: { minor: "750" } },
        { milestoneId: "rest", amount: { minor: "1750" }, dueOn: null },
      ],
    },
  );
  const receipt = { customerId, amount: cny(800), method: "transfer", department: "cn/east" };
  const receiptId = (await send("recordReceipt", receipt, "receipt { id }"))["receipt"]["id"] as string;
  const allocated = await send(
    "allocateReceiptByRule",
    { receiptId, rule: "OLDEST_DUE" },
    "receipt { unallocated { minor } allocations { amount { minor } } }",
  );
  expect(allocated).toMatchObject({
    receipt: { unallocated: { minor: "0" }, allocations: [{ amount: { minor: "800" } }] },
  });
  await until(orderId, "payment holds { hold } received { minor }", {
    payment: "PARTLY_PAID",
    holds: [],
    received: { minor: "800" },
  });
  await send("deallocateReceipt", { receiptId, orderId, amount: cny(50), reason: "mistake" }, "revision");
  await send("refundReceipt", { receiptId, amount: cny(50), reason: "overpaid" }, "revision");
  await until(orderId, "received { minor }", { received: { minor: "750" } });
});

test("what has left is listed until it is invoiced, and never more than that", async () => {
  await dispatch(orderId, "4");
  const listed = async () =>
    (
      await query(
        "query ($id: ID!) { shippedNotInvoiced(customerId: $id) { nodes { id notInvoiced { quantity amount { minor } } } } }",
        { id: customerId },
      )
    )["shippedNotInvoiced"]["nodes"] as Node[];
  await eventually(async () => (await listed()).length === 1);
  expect(await listed()).toEqual([{ id: orderId, notInvoiced: [{ quantity: "4", amount: { minor: "1000" } }] }]);
  const above = await send("issueInvoice", { orderId, lines: [{ lineId: "1", quantity: "5" }] }, "revision");
  expect(above["userErrors"]).toEqual([{ code: "ABOVE_INVOICEABLE" }]);
  const issued = await send(
    "issueInvoice",
    { orderId },
    "order { invoicing invoices { invoiceId number amount { minor } } }",
  );
  expect(issued).toMatchObject({
    order: {
      invoicing: "PARTIAL",
      invoices: [{ number: expect.stringMatching(/^IN-2026-/), amount: { minor: "1000" } }],
    },
  });
  invoiceId = issued["order"]["invoices"][0]["invoiceId"] as string;
  invoiceNumber = issued["order"]["invoices"][0]["number"] as string;
  expect(await listed()).toEqual([]);
});

const ofInvoice = async (selected: string, as = li): Promise<Node | null> =>
  (await query(`query ($id: ID!) { invoice(id: $id) { ${selected} } }`, { id: invoiceId }, as))[
    "invoice"
  ] as Node | null;

test("the invoice lives on: what came in settles it, the clock reminds of the rest, and holds the order", async () => {
  await eventually(async () => (await ofInvoice("open { minor }"))?.["open"]["minor"] === "250");
  expect(await ofInvoice("dueOn overdue department")).toEqual({
    dueOn: "2026-03-12",
    overdue: false,
    department: "cn/east",
  });
  expect(await ofInvoice("id", fritz)).toBeNull();
  orders.clock.advance(11 * DAY_MS);
  await eventually(async () => (await ofInvoice("reminders { level }"))?.["reminders"].length === 1);
  expect(await ofInvoice("overdue reminders { level daysOverdue asked { minor } }")).toEqual({
    overdue: true,
    reminders: [{ level: 1, daysOverdue: 1, asked: { minor: "250" } }],
  });
  const promised = async (promise: string, as = li) => {
    const text = "query ($filter: InvoiceFilter) { invoices(filter: $filter) { nodes { id } } }";
    return (await query(text, { filter: { promise } }, as))["invoices"]["nodes"] as Node[];
  };
  await send("promisePayment", { invoiceId, until: "2026-03-14" }, "revision");
  await send("promisePayment", { invoiceId, until: "2026-03-15" }, "revision");
  await eventually(async () => (await ofInvoice("promises { until }"))?.["promises"].length === 2);
  const each = [
    await promised("OPEN"),
    await promised("BROKEN"),
    await promised("KEPT"),
    await promised("OPEN", fritz),
  ];
  expect(each).toEqual([[{ id: invoiceId }], [], [], []]);
  orders.clock.advance(3 * DAY_MS);
  expect([await promised("OPEN"), await promised("BROKEN")]).toEqual([[], [{ id: invoiceId }]]);
  expect(await ofInvoice("promises { until status recordedBy keptAt }")).toEqual({
    promises: [
      { until: "2026-03-14", status: "REPLACED", recordedBy: "li", keptAt: null },
      { until: "2026-03-15", status: "BROKEN", recordedBy: "li", keptAt: null },
    ],
  });
  await until(orderId, "holds { hold }", { holds: [{ hold: "OVERDUE" }] });
  expect(await ofInvoice("reminders { level brokenPromise }")).toMatchObject({
    reminders: [{}, { level: 2, brokenPromise: "2026-03-15" }],
  });
  const ages = `{ receivablesAgeing(currency: "CNY") { fromDays invoices open { minor } } }`;
  expect((await query(ages))["receivablesAgeing"]).toMatchObject([
    { fromDays: 0, invoices: 0 },
    { fromDays: 1, invoices: 1, open: { minor: "250" } },
    {},
    {},
    {},
  ]);
  expect((await query(ages, {}, fritz))["receivablesAgeing"]).toMatchObject([{}, { invoices: 0 }, {}, {}, {}]);
});

test("money of another currency settles it by the day's rate, and lets the order go", async () => {
  const receipt = { customerId, amount: { minor: "31", currency: "EUR" }, method: "transfer", department: "cn/east" };
  const receiptId = (await send("recordReceipt", receipt, "receipt { id }"))["receipt"]["id"] as string;
  const allocations = [{ orderId, amount: { minor: "31", currency: "EUR" } }];
  const told = await send(
    "allocateReceipt",
    { receiptId, allocations },
    "receipt { allocations { settles { minor currency } rate { rate } gain { minor } } }",
  );
  expect(told["receipt"]["allocations"]).toEqual([{ settles: cny(248), rate: { rate: "8" }, gain: { minor: "0" } }]);
  expect((await send("writeOff", { orderId, amount: cny(11), reason: "small" }, "revision"))["userErrors"]).toEqual([
    { code: "ABOVE_AUTHORITY" },
  ]);
  await send("promisePayment", { invoiceId, until: "2026-03-30" }, "revision");
  await send("writeOff", { orderId, amount: cny(2), reason: "small" }, "revision");
  await until(orderId, "holds { hold } writtenOff { minor }", { holds: [], writtenOff: { minor: "2" } });
  await eventually(async () => (await ofInvoice("open { minor }"))?.["open"]["minor"] === "0");
  expect(await ofInvoice("open { minor } promises { status }")).toEqual({
    open: { minor: "0" },
    promises: [{ status: "REPLACED" }, { status: "BROKEN" }, { status: "KEPT" }],
  });
  const kept = "{ invoices(filter: { promise: KEPT }) { nodes { id } } }";
  expect((await query(kept))["invoices"]["nodes"]).toEqual([{ id: invoiceId }]);
});

test("the month's statement sums, explains the customer's sheet, and never changes once it is confirmed", async () => {
  const sums =
    "opening { minor } invoiced { minor } received { minor } refunded { minor } writtenOff { minor } exchanged { minor } closing { minor }";
  const statement = async (selected = sums, as = li) =>
    (
      await query(
        `query ($id: ID!) { statement(customerId: $id, currency: "CNY", month: "2026-03") { ${selected} } }`,
        { id: customerId },
        as,
      )
    )["statement"] as Node;
  const minors = (node: Node) =>
    Object.fromEntries(Object.entries(node).map(([name, each]) => [name, (each as Node)["minor"]]));
  const expected = {
    opening: "0",
    invoiced: "1000",
    received: "800",
    refunded: "50",
    writtenOff: "2",
    exchanged: "-248",
    closing: "0",
  };
  await eventually(async () => minors(await statement())["closing"] === "0");
  expect(minors(await statement())).toEqual(expected);
  expect(await statement("month", fritz)).toBeNull();
  const postings = (await statement("postings(first: 2) { nodes { kind number } pageInfo { hasNextPage } }"))[
    "postings"
  ] as Node;
  expect(postings).toMatchObject({ nodes: [{}, {}], pageInfo: { hasNextPage: true } });
  const lines = [
    { number: invoiceNumber, date: "2026-03-02", amount: cny(1100) },
    { number: "IN-2026-000077", date: "2026-03-02", amount: cny(1) },
  ];
  const text = `query ($id: ID!, $lines: [StatementLineInput!]!) { reconcileStatement(customerId: $id, currency: "CNY", month: "2026-03", lines: $lines) {
    kind number ours { minor } theirs { minor } eventIds } }`;
  const differences = (await query(text, { id: customerId, lines }))["reconcileStatement"] as Node[];
  expect(differences.find(({ number }) => number === invoiceNumber)).toMatchObject({
    kind: "AMOUNT_DIFFERS",
    ours: { minor: "1000" },
    theirs: { minor: "1100" },
    eventIds: [expect.any(String)],
  });
  expect(differences.find(({ number }) => number === "IN-2026-000077")).toMatchObject({
    kind: "MISSING_HERE",
    eventIds: [],
  });
  expect(differences.some(({ kind }) => kind === "MISSING_THERE")).toBe(true);
  const month = { customerId, currency: "CNY", month: "2026-03" };
  expect((await send("confirmStatement", month, "revision"))["userErrors"]).toEqual([{ code: "MONTH_NOT_OVER" }]);
  orders.clock.advance(31 * DAY_MS);
  const confirmed = await send("confirmStatement", month, `statement { confirmedBy ${sums} }`);
  expect(confirmed).toMatchObject({ statement: { confirmedBy: "li" }, userErrors: [] });
  expect(minors(await statement())).toEqual(expected);
});

test("a credit note takes back what was charged, also in a month that was confirmed since", async () => {
  const lines = [{ lineId: "1", quantity: "1" }];
  const told = await send(
    "issueCreditNote",
    { orderId, cause: "RETURN", ofInvoice: invoiceId, lines },
    "order { invoicing credited { minor } owed { minor } }",
  );
  expect(told).toMatchObject({ order: { credited: { minor: "250" }, owed: { minor: "2248" } }, userErrors: [] });
});

test("what came back for a refund is listed until it is paid back, and never more than is open of it", async () => {
  const id = await order();
  const receipt = { customerId, amount: cny(2500), method: "transfer", department: "cn/east" };
  const receiptId = (await send("recordReceipt", receipt, "receipt { id }"))["receipt"]["id"] as string;
  await send("allocateReceipt", { receiptId, allocations: [{ orderId: id, amount: cny(2500) }] }, "revision");
  await deliver(id, "10");
  const lines = [{ lineId: "1", quantity: "4" }];
  const asked = { orderId: id, lines, reason: "damaged", remedy: "REFUND" };
  const authorised = await send("authoriseReturn", asked, "order { returns { returnId } }");
  const returnId = authorised["order"]["returns"][0]["returnId"] as string;
  await send("receiveReturn", { orderId: id, returnId, lines }, "revision");
  await send("inspectReturn", { orderId: id, returnId, lines: [{ lineId: "1", restock: "4" }] }, "revision");
  const money = "refundDue { minor } refunded { minor } refundOpen { minor }";
  const ofReturn = { refundDue: { minor: "1000" }, refunded: { minor: "0" }, refundOpen: { minor: "1000" } };
  await until(id, `payment returns { ${money} }`, { payment: "OVERPAID", returns: [ofReturn] });
  const listed = async (as = li) => {
    const text = "query ($filter: OrderFilter!) { orders(filter: $filter) { nodes { id } } }";
    return (await query(text, { filter: { refundOpen: true } }, as))["orders"]["nodes"] as Node[];
  };
  expect([await listed(), await listed(fritz)]).toEqual([[{ id }], []]);
  const refund = (minor: number, more: object = {}) =>
    send(
      "refundReceipt",
      { receiptId, amount: cny(minor), reason: "return", orderId: id, returnId, ...more },
      "revision",
    );
  expect((await refund(1001))["userErrors"]).toEqual([{ code: "REFUND_EXCEEDED" }]);
  expect((await refund(1, { returnId: newId() }))["userErrors"]).toEqual([{ code: "RETURN_NOT_FOUND" }]);
  expect((await refund(400))["userErrors"]).toEqual([]);
  const half = { refunded: { minor: "400" }, refundOpen: { minor: "600" } };
  await until(id, `received { minor } returns { ${money} }`, { received: { minor: "2100" }, returns: [half] });
  await refund(600);
  await until(id, `payment returns { ${money} }`, {
    payment: "PAID",
    returns: [{ refunded: { minor: "1000" }, refundOpen: { minor: "0" } }],
  });
  expect(await listed()).toEqual([]);
  const ofReceipt = "query ($id: ID!) { receipt(id: $id) { refunds { amount { minor } returnId } } }";
  expect((await query(ofReceipt, { id: receiptId }))["receipt"]["refunds"]).toEqual([
    { amount: { minor: "400" }, returnId },
    { amount: { minor: "600" }, returnId },
  ]);
});
