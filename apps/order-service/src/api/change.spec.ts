// What becomes of a binding order through the graph: holds, dates, amendments.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales", "finance"], departments: ["cn"] };
const ma: Identity = { user: "ma", roles: ["manager"], departments: [""] };

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

type Node = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes
interface Payload {
  readonly order: Node | null;
  readonly userErrors: readonly { code: string; details: Node | null }[];
}

async function send(mutation: string, input: object, as: Identity = li, selected = "id"): Promise<Payload> {
  const named = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const text = `mutation ($input: ${named}!) { ${mutation}(input: $input) { order { ${selected} } userErrors { code details } } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);

async function order(id: string, selected: string, as: Identity = li): Promise<Node> {
  return (await orders.data<{ order: Node }>(as, `query ($id: ID!) { order(id: $id) { ${selected} } }`, { id })).order;
}

async function ruling(kind: string, rules: object): Promise<void> {
  const text = `mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }`;
  await orders.data(ma, text, { input: { commandId: newId(), kind, rules } });
}

const line = { sku: "A-1", quantity: "10", unitPrice: { minor: "250", currency: "CNY" }, requestedOn: "2026-03-20" };
async function confirmedOrder(more: object = {}): Promise<string> {
  const request = { channel: "SALES", customerId: newId(), currency: "CNY", lines: [line], ...more };
  const orderId = (await send("receiveOrder", request)).order!["id"] as string;
  expect(codes(await send("verifyOrder", { orderId }, wang))).toEqual([]);
  expect(codes(await send("confirmOrder", { orderId, promiseRequested: true }))).toEqual([]);
  return orderId;
}

describe("holds", () => {
  const selected = "holds { holdId hold source reason blocks expiresAt placedBy } blocked";

  test("several of one type, each released by its id", async () => {
    const orderId = await confirmedOrder();
    const place = (source: string) =>
      send("placeHold", { orderId, hold: "QUALITY", source, reason: "aql" }, li, selected);
    await place("lot-1");
    expect((await place("lot-2")).order).toMatchObject({
      holds: [
        {
          holdId: "quality:lot-1",
          hold: "QUALITY",
          source: "lot-1",
          reason: "aql",
          blocks: ["DISPATCH"],
          placedBy: "li",
        },
        { holdId: "quality:lot-2" },
      ],
      blocked: ["DISPATCH"],
    });
    expect(codes(await send("releaseHold", { orderId, hold: "QUALITY" }))).toEqual(["HOLD_AMBIGUOUS"]);
    const released = await send("releaseHold", { orderId, hold: "QUALITY", holdId: "quality:lot-1" }, li, selected);
    expect(released.order).toMatchObject({ holds: [{ holdId: "quality:lot-2" }] });
  });

  test("block what the rules say, placed and released by whom they say, until their time is over", async () => {
    await ruling("holds", {
      credit: { blocks: ["production", "invoice"], placedBy: ["finance"], releasedBy: ["manager"] },
      stock: { blocks: ["dispatch"], expiresAfterHours: 48 },
    });
    const orderId = await confirmedOrder();
    expect(codes(await send("placeHold", { orderId, hold: "CREDIT" }))).toEqual(["HOLD_ROLE_NEEDED"]);
    const held = await send("placeHold", { orderId, hold: "CREDIT" }, wang, selected);
    expect(held.order).toMatchObject({ blocked: ["PRODUCTION", "INVOICE"] });
    expect(codes(await send("releaseHold", { orderId, hold: "CREDIT" }, wang))).toEqual(["HOLD_ROLE_NEEDED"]);
    const now = orders.clock.now();
    const stock = await send("placeHold", { orderId, hold: "STOCK" }, li, selected);
    expect(stock.order!["holds"][1]["expiresAt"]).toBe(new Date(now + 48 * 3_600_000).toISOString());
    orders.clock.advance(48 * 3_600_000);
    await eventually(async () => (await order(orderId, selected))["holds"].length === 1);
    expect(codes(await send("releaseHold", { orderId, hold: "STOCK" }))).toEqual(["HOLD_NOT_FOUND"]);
    expect((await send("releaseHold", { orderId, hold: "CREDIT" }, ma, selected)).order).toEqual({
      holds: [],
      blocked: [],
    });
    await ruling("holds", {});
  });

  test("rules of a type that there is not, or that say nothing, are no rules", async () => {
    const text = `mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }`;
    const rules = { weather: { blocks: ["dispatch"] } };
    const answer = await orders.ask(ma, text, { input: { commandId: newId(), kind: "holds", rules } });
    expect(answer.errors).toHaveLength(1);
  });
});
