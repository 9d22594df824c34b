// Dry runs through the graph: they answer what would happen, and change nothing.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { startOrders, type OrdersUnderTest } from "./spec.js";

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const li = { user: "li", roles: ["sales"], departments: ["cn/east"] };
const wang = { user: "wang", roles: ["sales"], departments: ["cn/east"] };
const told = `revision replayed settleToken userErrors { code field } dryRun { changes events }`;
const order = `order { id number lifecycle revision enteredBy deliveryPoint { contactName } verification { verifiedBy }
  lines { schedules { promisedOn } } availableActions }`;
const received = (commandId: string, more = {}) => ({
  commandId,
  channel: "SALES",
  customerId: newId(),
  currency: "CNY",
  deliveryPoint: { name: "warehouse", contactName: "Zhao" },
  lines: [{ sku: "A", quantity: "1", unitPrice: { minor: "100", currency: "CNY" }, requestedOn: "2030-01-01" }],
  ...more,
});
const receiving = `mutation ($input: ReceiveOrderInput!, $dry: Boolean) {
  receiveOrder(input: $input, dryRun: $dry) { ${order} ${told} } }`;
const receive = async (input: object, dry: boolean) =>
  (await orders.data<{ receiveOrder: Told }>(li, receiving, { input, dry })).receiveOrder;
interface Told {
  readonly order: Record<string, unknown> & { readonly id: string; readonly number: string };
  readonly revision: string;
  readonly userErrors: readonly object[];
}
const head = () => orders.service.engines.eventStore.head();

test("a new order is shown as it would be; no event, no key and no number is there after", async () => {
  const before = await head();
  const input = received(newId());
  const would = await receive(input, true);
  expect(would).toMatchObject({
    order: {
      number: "SO-2026-000000",
      lifecycle: "RECEIVED",
      enteredBy: "li",
      deliveryPoint: { contactName: "Zhao" },
    },
    revision: "0",
    replayed: false,
    settleToken: null,
    userErrors: [],
    dryRun: { changes: true, events: ["order.received"] },
  });
  expect(would.order["availableActions"]).toContain("correctOrder");
  expect(await head()).toEqual(before);
  expect(await orders.keys.find(input.customerId)).toBeUndefined();
  expect(await orders.data(li, "query ($id: ID!) { order(id: $id) { id } }", { id: would.order.id })).toEqual({
    order: null,
  });
  const done = await receive(input, false);
  expect(done).toMatchObject({ order: { number: "SO-2026-000001", lifecycle: "RECEIVED" }, dryRun: null });
  expect(done.order.id).toBe(would.order.id);
  // What was done is replayed in a dry run too, and nothing more would happen.
  expect(await receive(input, true)).toMatchObject({ replayed: true, dryRun: { changes: false, events: [] } });
});

test("it is refused as the command itself would be", async () => {
  const lacking = await receive(received(newId(), { currency: "", lines: [] }), true);
  expect(lacking).toMatchObject({ order: null, dryRun: { changes: false, events: [] } });
  expect(lacking.userErrors).toEqual((await receive(received(newId(), { currency: "", lines: [] }), false)).userErrors);
});

test("a later mutation of the operation sees what the earlier ones would do", async () => {
  const { order: made } = await receive(received(newId()), false);
  const before = await head();
  const operation = `mutation ($verify: VerifyOrderInput!, $confirm: ConfirmOrderInput!, $dry: Boolean) {
    verifyOrder(input: $verify, dryRun: $dry) { ${order} ${told} }
    confirmOrder(input: $confirm, dryRun: $dry) { ${order} ${told} }
  }`;
  const variables = {
    verify: { commandId: newId(), orderId: made.id },
    confirm: { commandId: newId(), orderId: made.id, promiseRequested: true },
  };
  const would = await orders.data<Record<string, Told>>(wang, operation, { ...variables, dry: true });
  expect(would).toMatchObject({
    verifyOrder: {
      order: { lifecycle: "VERIFIED", verification: { verifiedBy: "wang" }, revision: "1" },
      dryRun: { changes: true, events: ["order.verified"] },
    },
    confirmOrder: {
      order: { lifecycle: "CONFIRMED", lines: [{ schedules: [{ promisedOn: "2030-01-01" }] }], revision: "2" },
      dryRun: { changes: true, events: ["order.confirmed"] },
    },
  });
  expect(await head()).toEqual(before);
  const done = await orders.data<Record<string, Told>>(wang, operation, { ...variables, dry: false });
  for (const each of ["verifyOrder", "confirmOrder"]) {
    expect(done[each]).toMatchObject({ order: would[each]!.order, revision: would[each]!.revision, replayed: false });
  }
});

test("all of an operation is one, or nothing", async () => {
  const input = received(newId());
  const text = `mutation ($input: ReceiveOrderInput!) { a: receiveOrder(input: $input, dryRun: true) { revision }
    b: receiveOrder(input: $input) { revision } }`;
  const before = await head();
  const answer = await orders.ask(li, text, { input });
  expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: "DRY_RUN_MIXED" } }] });
  expect(await head()).toEqual(before);
});

test("of a person who was erased it says so", async () => {
  const input = received(newId());
  await orders.keys.obtain(input.customerId);
  await orders.keys.erase(input.customerId, "2026-03-02T08:00:00.000Z");
  expect(await receive(input, true)).toMatchObject({ userErrors: [{ code: "SUBJECT_ERASED" }], order: null });
});
