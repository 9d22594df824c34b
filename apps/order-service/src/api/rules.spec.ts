// Rules through the graph: set, kept by version, and in force for what is decided after.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { startOrders, type OrdersUnderTest } from "./spec.js";

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const ma = { user: "ma", roles: ["manager"], departments: [] };
const li = { user: "li", roles: ["sales"], departments: ["cn/east"] };
const setting = `mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) {
  orderRules { kind version rules reason setBy } replayed userErrors { code message } } }`;
const set = (given: object) => {
  const input = { commandId: newId(), kind: "acceptance", rules: { days: 10 }, ...given };
  return orders.data<{ setOrderRules: object }>(ma, setting, { input });
};
const asked = (version: number | null) =>
  orders.data(
    li,
    `query ($version: Int) { orderRules(kind: "acceptance", version: $version) { version rules setBy } }`,
    {
      version,
    },
  );
const receiving = `mutation ($input: ReceiveOrderInput!) { receiveOrder(input: $input) {
  order { id } userErrors { code field } replayed } }`;

test("hold as the program has them until somebody sets them", async () => {
  expect(await asked(null)).toEqual({ orderRules: { version: 0, rules: { days: 7 }, setBy: null } });
  expect(await asked(1)).toEqual({ orderRules: null });
  expect(
    (await orders.data<{ allOrderRules: object[] }>(li, "{ allOrderRules { kind } }")).allOrderRules,
  ).toContainEqual({ kind: "acceptance" });
});

test("a retry of an order's receiving is the same command though rules have changed meanwhile", async () => {
  const input = {
    commandId: newId(),
    channel: "SALES",
    customerId: newId(),
    currency: "CNY",
    lines: [{ sku: "A", quantity: "1", unitPrice: { minor: "100", currency: "CNY" }, requestedOn: "2030-01-01" }],
  };
  const before = await orders.data<{ receiveOrder: object }>(li, receiving, { input });
  expect(before.receiveOrder).toMatchObject({ replayed: false, userErrors: [] });
  expect((await set({ reason: "contract" })).setOrderRules).toMatchObject({
    orderRules: { kind: "acceptance", version: 1, rules: { days: 10 }, reason: "contract", setBy: "ma" },
    userErrors: [],
  });
  const again = await orders.data<{ receiveOrder: object }>(li, receiving, { input });
  expect(again.receiveOrder).toMatchObject({ replayed: true, userErrors: [] });
  const { id } = (again.receiveOrder as { order: { id: string } }).order;
  const days = async (orderId: string) =>
    (await orders.service.documents("orders").get<{ acceptanceDays: number }>("orders", orderId))!.doc.acceptanceDays;
  expect(await days(id)).toBe(7);
  const later = await orders.data<{ receiveOrder: { order: { id: string } } }>(li, receiving, {
    input: { ...input, commandId: newId() },
  });
  expect(await days(later.receiveOrder.order.id)).toBe(10);
  expect(await asked(0)).toEqual({ orderRules: { version: 0, rules: { days: 7 }, setBy: null } });
  expect(await asked(1)).toEqual({ orderRules: { version: 1, rules: { days: 10 }, setBy: "ma" } });
});

test("are refused in another form, for another kind, on another version", async () => {
  const faulty = await orders.ask(ma, setting, {
    input: { commandId: newId(), kind: "acceptance", rules: { days: -1 } },
  });
  expect(faulty.errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  expect(faulty.errors?.[0]?.message).toContain("rules.days");
  const unknown = await orders.ask(ma, setting, { input: { commandId: newId(), kind: "weather", rules: {} } });
  expect(unknown.errors?.[0]?.message).toContain("kind");
  expect((await set({ rules: { days: 3 }, expectedVersion: 0 })).setOrderRules).toMatchObject({
    userErrors: [{ code: "RULES_CHANGED" }],
  });
});
