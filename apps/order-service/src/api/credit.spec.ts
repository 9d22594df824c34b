// Credit through the graph: a limit, an order over it that is held, and a payment that frees it.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["lead", "finance"], departments: ["cn"] };
const ma: Identity = { user: "ma", roles: ["manager"], departments: [] };
const fritz: Identity = { user: "fritz", roles: ["finance"], departments: ["de"] };

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

const setRules = (kind: string, rules: object) =>
  orders.data(ma, "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }", {
    input: { commandId: newId(), kind, rules },
  });
const rule = (over: string, more: object = {}) => setRules("credit", { over, ...more });
interface Payload {
  readonly order?: Readonly<Record<string, unknown>> | null;
  readonly receipt?: { readonly id: string };
  readonly userErrors: readonly { readonly code: string }[];
}
async function send(
  mutation: string,
  input: object,
  as: Identity,
  selected = "order { id lifecycle }",
): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selected} userErrors { code } } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });
const limit = (customerId: string, minor: number) =>
  send("setCreditLimit", { customerId, limit: cny(minor) }, wang, "credit { lines { currency } }");

async function verifiedOrder(customerId: string, price: number, currency = "CNY"): Promise<string> {
  const unitPrice = { minor: `${price}`, currency };
  const lines = [{ sku: "A-1", quantity: "1", unitPrice, requestedOn: "2030-03-20" }];
  const received = await send("receiveOrder", { channel: "SALES", customerId, currency, lines }, li);
  const orderId = received.order!["id"] as string;
  await send("verifyOrder", { orderId }, wang);
  return orderId;
}
const confirm = (orderId: string) => send("confirmOrder", { orderId, promiseRequested: true }, li);

interface Credit {
  readonly lines: readonly {
    readonly open: object;
    readonly available: object | null;
    readonly orders: readonly object[];
  }[];
}
const credit = async (customerId: string, as = wang) =>
  (
    await orders.data<{ credit: Credit | null }>(
      as,
      `{ credit(customerId: "${customerId}") { lines { limit { minor } open { minor } available { minor } orders { order { id } open { minor } held } } } }`,
    )
  ).credit;
const holds = async (id: string) =>
  (
    await orders.data<{ order: { holds: { hold: string }[] } }>(li, `{ order(id: "${id}") { holds { hold } } }`)
  ).order.holds.map(({ hold }) => hold);

test("an order over the limit is held by rule, and freed by the payment of another one", async () => {
  await rule("hold");
  const customerId = newId();
  expect(codes(await limit(customerId, 1000))).toEqual([]);
  const first = await verifiedOrder(customerId, 800);
  const second = await verifiedOrder(customerId, 300);
  expect(codes(await confirm(first))).toEqual([]);
  await eventually(async () => (await credit(customerId))!.lines[0]!.orders.length === 1);
  expect(codes(await confirm(second))).toEqual([]);
  expect(await holds(first)).toEqual([]);
  expect(await holds(second)).toEqual(["CREDIT"]);
  await eventually(async () => (await credit(customerId))!.lines[0]!.orders.length === 2);
  expect(await credit(customerId)).toEqual({
    lines: [
      {
        limit: { minor: "1000" },
        open: { minor: "1100" },
        available: { minor: "-100" },
        orders: [
          { order: { id: first }, open: { minor: "800" }, held: false },
          { order: { id: second }, open: { minor: "300" }, held: true },
        ],
      },
    ],
  });
  expect(await credit(customerId, fritz)).toBeNull();

  const paid = await send(
    "recordReceipt",
    { customerId, amount: cny(100), method: "transfer" },
    wang,
    "receipt { id }",
  );
  const allocations = [{ orderId: first, amount: cny(100) }];
  await send("allocateReceipt", { receiptId: paid.receipt!.id, allocations }, wang, "receipt { id }");
  await eventually(async () => (await holds(second)).length === 0);
  await eventually(async () => JSON.stringify((await credit(customerId))!.lines[0]!.available) === '{"minor":"0"}');
});

test("a hold that somebody placed by hand is theirs: room under the limit does not release it", async () => {
  await rule("hold");
  const customerId = newId();
  await limit(customerId, 100);
  const orderId = await verifiedOrder(customerId, 300);
  await send("placeHold", { orderId, hold: "CREDIT" }, li);
  await confirm(orderId);
  expect(await holds(orderId)).toEqual(["CREDIT", "CREDIT"]);
  await eventually(async () => (await credit(customerId))!.lines[0]!.orders.length === 1);
  await limit(customerId, 300);
  await eventually(async () => (await holds(orderId)).length === 1);
  expect(await holds(orderId)).toEqual(["CREDIT"]);
});

test("refused by rule, and confirmed once the limit is higher; a limit that is none is refused with the field", async () => {
  await rule("refuse");
  const customerId = newId();
  await limit(customerId, 100);
  const orderId = await verifiedOrder(customerId, 300);
  expect(codes(await confirm(orderId))).toEqual(["CREDIT_EXCEEDED"]);
  const actions = await orders.data<{ order: { availableActions: string[] } }>(
    li,
    `{ order(id: "${orderId}") { availableActions } }`,
  );
  expect(actions.order.availableActions).not.toContain("confirmOrder");
  await limit(customerId, 300);
  expect(codes(await confirm(orderId))).toEqual([]);
  expect(codes(await limit("x", 1))).toEqual(["ID_INVALID"]);
  await rule("allow");
});

test("where the rules convert currencies, an order in another one counts by the day's rate, and is over without one", async () => {
  await rule("refuse", { convert: true });
  await setRules("rates", { rates: [{ from: "USD", to: "CNY", on: "2026-01-01", rate: "7" }] });
  const customerId = newId();
  await limit(customerId, 1000);
  const dollars = await verifiedOrder(customerId, 100, "USD");
  expect(codes(await confirm(dollars))).toEqual([]);
  const lines = async () =>
    (
      await orders.data<{ credit: { lines: readonly { readonly currency: string }[] } }>(
        wang,
        `{ credit(customerId: "${customerId}") { lines {
          currency open { minor } converted { minor } rates { from to on rate } unrated available { minor } } } }`,
      )
    ).credit.lines;
  await eventually(async () => (await lines()).length === 2);
  const rates = [{ from: "USD", to: "CNY", on: "2026-01-01", rate: "7" }];
  expect((await lines())[0]).toEqual({
    currency: "CNY",
    open: { minor: "0" },
    converted: { minor: "700" },
    rates,
    unrated: [],
    available: { minor: "300" },
  });
  const [over, fits] = [await verifiedOrder(customerId, 43, "USD"), await verifiedOrder(customerId, 300)];
  expect(codes(await confirm(over))).toEqual(["CREDIT_EXCEEDED"]);
  expect(codes(await confirm(fits))).toEqual([]);
  await setRules("rates", { rates: [] });
  expect(codes(await confirm(over))).toEqual(["CREDIT_RATE_MISSING"]);
  expect((await lines())[0]).toMatchObject({ converted: { minor: "0" }, unrated: ["USD"], available: null });
  await rule("allow");
});
