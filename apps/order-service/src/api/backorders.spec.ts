// Backorders through the graph: what time alone makes of them, for whom, and how they are grouped.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales", "finance"], departments: ["cn"] };
const max: Identity = { user: "max", roles: ["merchandiser"], departments: [] };
const eva: Identity = { user: "eva", roles: ["merchandiser"], departments: ["cn/east"] };

let orders: OrdersUnderTest;
let first: string;
let second: string;
const [one, other] = [uuidFrom("customer", "one"), uuidFrom("customer", "other")];

beforeAll(async () => {
  orders = await startOrders();
  // Promised as they were requested.
  first = await confirmedOrder({ customerId: one, department: "cn/east" }, "2026-03-05", "CNY", "10");
  second = await confirmedOrder({ customerId: other, department: "cn/west", assignee: "max" }, "2026-03-10", "EUR", "2.5"); // prettier-ignore
  await confirmedOrder({ customerId: one, department: "cn/east" }, "2026-12-31", "CNY", "1");
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

type Node = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes

async function send(mutation: string, input: object, as = wang): Promise<Node> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { ${mutation}(input: $input) { order { id } userErrors { code field } } }`;
  const data = await orders.data<Record<string, Node>>(as, text, { input: { commandId: newId(), ...input } });
  expect(data[mutation]).toMatchObject({ userErrors: [] });
  return data[mutation]!;
}

async function confirmedOrder(of: object, requestedOn: string, currency: string, quantity: string): Promise<string> {
  const line = { sku: "A-1", quantity, unitPrice: { minor: "250", currency }, requestedOn };
  const orderId = (await send("receiveOrder", { channel: "SALES", currency, lines: [line], ...of }))["order"]["id"];
  await send("verifyOrder", { orderId }, { ...wang, user: "zhao" });
  await send("confirmOrder", { orderId, promiseRequested: true });
  return orderId as string;
}

const today = () => new Date(orders.clock.now()).toISOString().slice(0, 10);
const until = (day: string) => orders.clock.advance(Date.parse(`${day}T08:00:00.000Z`) - orders.clock.now());

const list = async (as: Identity, given = "") => {
  const text = `{ backorders${given} { totalCount nodes { order { id } open daysLate amount { minor currency } } } }`;
  const { backorders } = await orders.data<{ backorders: Node }>(as, text);
  const rows = (backorders["nodes"] as Node[]).map(({ order, open, daysLate }) => [order.id, open, daysLate]);
  expect(backorders["totalCount"]).toBe(rows.length);
  return rows;
};
/** Of each row its key and unit, and of each age how many, how much, and what it is worth. */
const report = async (as: Identity, given = "") => {
  const text = `{ backorderAgeing${given} { key unit ages { fromDays toDays schedules quantity amount { minor currency } } } }`;
  const { backorderAgeing } = await orders.data<{ backorderAgeing: Node[] }>(as, text);
  return backorderAgeing.map(({ key, unit, ages }) => [
    key,
    ...(unit === null ? [] : [unit]),
    ...(ages as Node[]).map(
      ({ schedules, quantity, amount }) =>
      [schedules, quantity, ...amount.map((each: Node) => `${each["minor"]} ${each["currency"]}`)].filter((each) => each !== null).join(" "), // prettier-ignore
    ),
  ]);
};

test("nothing is a backorder before its day is over; time alone makes it older", async () => {
  expect(await list(wang)).toEqual([]);
  expect(await report(wang)).toEqual([[null, "0", "0", "0", "0"]]);
  until("2026-03-05");
  expect(await list(wang)).toEqual([]);
  until("2026-03-06");
  expect(await list(wang)).toEqual([[first, "10", 1]]);
  expect(await report(wang)).toEqual([[null, "1 2500 CNY", "0", "0", "0"]]);
  until("2026-03-12");
  expect(await list(wang)).toEqual([[first, "10", 7], [second, "2.5", 2]]); // prettier-ignore
  expect(await report(wang)).toEqual([[null, "2 2500 CNY 625 EUR", "0", "0", "0"]]);
  until("2026-03-13");
  expect(await report(wang)).toEqual([[null, "1 625 EUR", "1 2500 CNY", "0", "0"]]);
  until("2026-04-05");
  expect([today(), await report(wang)]).toEqual(["2026-04-05", [[null, "0", "1 625 EUR", "1 2500 CNY", "0"]]]);
  expect(await list(wang, "(filter: { fromDays: 31, toDays: 60 })")).toEqual([[first, "10", 31]]);
  expect(await list(wang, "(filter: { toDays: 30 })")).toEqual([[second, "2.5", 26]]);
});

test("goes by department, customer and product", async () => {
  expect(await report(wang, "(groupBy: DEPARTMENT)")).toEqual([
    ["cn/east", "0", "0", "1 2500 CNY", "0"],
    ["cn/west", "0", "1 625 EUR", "0", "0"],
  ]);
  expect((await report(wang, "(groupBy: CUSTOMER)")).map(([key]) => key)).toEqual([one, other].toSorted());
  const named = "{ backorderAgeing(groupBy: CUSTOMER) { key customer { id } } }";
  const { backorderAgeing } = await orders.data<{ backorderAgeing: Node[] }>(wang, named);
  expect(backorderAgeing).toEqual([one, other].toSorted().map((id) => ({ key: id, customer: { id } })));
  expect(await report(wang, "(groupBy: PRODUCT)")).toEqual([
    ["A-1", "pcs", "0 0", "1 2.5 625 EUR", "1 10 2500 CNY", "0 0"],
  ]);
  expect(await report(wang, `(filter: { customerId: "${other}" })`)).toEqual([[null, "0", "1 625 EUR", "0", "0"]]);
  expect(await report(wang, `(filter: { department: "cn/east" })`)).toEqual([[null, "0", "0", "1 2500 CNY", "0"]]);
  const both = `{ backorderAgeing(groupBy: PRODUCT, filter: { customerId: "${one}" }) { key } }`;
  expect((await orders.ask(wang, both)).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
});

test("is of what the caller sees: their departments, and what is assigned to them elsewhere", async () => {
  expect(await list(max)).toEqual([[second, "2.5", 26]]);
  expect(await report(max, "(groupBy: DEPARTMENT)")).toEqual([["cn/west", "0", "1 625 EUR", "0", "0"]]);
  expect(await report(max, `(filter: { department: "cn/east" })`)).toEqual([[null, "0", "0", "0", "0"]]);
  expect(await list(eva)).toEqual([[first, "10", 31]]);
  expect(await report(eva)).toEqual([[null, "0", "0", "1 2500 CNY", "0"]]);
  await send("shareOrder", { orderId: second, person: "eva" });
  expect(await report(eva)).toEqual([[null, "0", "1 625 EUR", "1 2500 CNY", "0"]]);
  expect(await report(eva, "(groupBy: PRODUCT)")).toEqual([
    ["A-1", "pcs", "0 0", "1 2.5 625 EUR", "1 10 2500 CNY", "0 0"],
  ]);
});

test("a later promise is not yet broken, and the requested day is what it was", async () => {
  const later = { lineId: "1", promisedOn: "2026-06-30", reason: "material", askedBy: "SUPPLIER" };
  await send("repromiseSchedule", { orderId: first, ...later });
  expect(await list(li)).toEqual([]);
  expect(await list(li, "(by: REQUESTED)")).toEqual([[first, "10", 31]]);
  expect(await report(wang)).toEqual([[null, "0", "1 625 EUR", "0", "0"]]);
  expect(await report(wang, "(by: REQUESTED)")).toEqual([[null, "0", "1 625 EUR", "1 2500 CNY", "0"]]);
});

test("what is given up is not waited for", async () => {
  await send("cancelOrder", { orderId: second, reason: "no-need", cancelledBy: "CUSTOMER" });
  expect(await report(wang)).toEqual([[null, "0", "0", "0", "0"]]);
  expect(await report(wang, "(groupBy: DEPARTMENT)")).toEqual([]);
});
