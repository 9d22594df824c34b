// Who owns an order and who sees it, through GraphQL: what the old and the new ones find, and what a caller gives away.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales"], departments: ["cn/east"] };
const west: Identity = { user: "xi", roles: ["sales"], departments: ["cn/west"] };
const boss: Identity = { user: "boss", roles: ["manager"], departments: ["cn"] };
const qian: Identity = { user: "qian", roles: ["finance", "sales"], departments: ["cn/finance"] };

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

interface Payload {
  readonly order: Record<string, unknown> | null;
  readonly revision: string | null;
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null }[];
}

async function send(mutation: string, input: object, as: Identity, selected = "id department"): Promise<Payload> {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const text = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) {
    order { ${selected} } revision replayed settleToken userErrors { code field } } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);

async function received(): Promise<string> {
  const lines = [{ sku: "A-1", quantity: "10", unitPrice: { minor: "250", currency: "CNY" } }];
  const input = { channel: "SALES", customerId: uuidFrom("customer", newId()), currency: "CNY", lines };
  return (await send("receiveOrder", input, li)).order!["id"] as string;
}
const sees = async (orderId: string, as: Identity): Promise<boolean> =>
  (await orders.data<{ order: unknown }>(as, `query ($id: ID!) { order(id: $id) { id } }`, { id: orderId })).order !==
  null;
const seeing = async (orderId: string): Promise<string[]> => {
  const all = [li, wang, west, boss, qian];
  const seen = await Promise.all(all.map((each) => sees(orderId, each)));
  return all.flatMap(({ user }, index) => (seen[index] ? [user] : []));
};
const move = (orderId: string) => ({ orderId, department: "cn/west", reason: "reorganisation" });

describe("moved", () => {
  test("the new department sees it, the old one no more, but for who is assigned", async () => {
    const orderId = await received();
    expect(await seeing(orderId)).toEqual(["li", "wang", "boss"]);
    const moved = await send("moveOrder", { ...move(orderId), note: "see mail" }, boss, "department assignee");
    expect(moved).toMatchObject({ order: { department: "cn/west", assignee: "li" }, userErrors: [] });
    expect(await seeing(orderId)).toEqual(["li", "xi", "boss"]);
  });
  test("who gives it away is told so, and nothing of it", async () => {
    const orderId = await received();
    for (const note of [undefined, "to you"]) {
      const input = { commandId: newId(), ...move(orderId), department: note ? "cn/south" : "cn/west", note };
      const as = note ? west : wang;
      const given = await send("moveOrder", input, as);
      expect(given).toMatchObject({ order: null, revision: expect.any(String), replayed: false, userErrors: [] });
      // A lost answer is learnt by sending the same command again; any other one finds nothing.
      const retried = await send("moveOrder", input, as);
      expect(retried).toEqual({ ...given, replayed: true });
      expect(codes(await send("moveOrder", { ...input, reason: "other" }, as))).toEqual(["NOT_FOUND"]);
      expect(codes(await send("moveOrder", { ...input, commandId: newId() }, as))).toEqual(["NOT_FOUND"]);
    }
  });
});

test("assigned to others", async () => {
  const orderId = await received();
  const input = { orderId, assignee: "xi", collaborators: ["qian"] };
  const assigned = await send("assignOrder", input, li, "assignee collaborators availableActions");
  expect(assigned.order).toMatchObject({ assignee: "xi", collaborators: ["qian"] });
  expect(assigned.order!["availableActions"]).toEqual(
    expect.arrayContaining(["moveOrder", "assignOrder", "shareOrder"]),
  );
  expect(await seeing(orderId)).toEqual(["li", "wang", "xi", "boss", "qian"]);
});

describe("shared", () => {
  const shares = "shares { person department until givenBy givenAt }";
  test("with a person and with a department, by whom, until it is taken back", async () => {
    const orderId = await received();
    await send("shareOrder", { orderId, person: "qian" }, wang);
    const shared = await send("shareOrder", { orderId, department: "cn/west" }, boss, shares);
    expect(shared.order).toEqual({
      shares: [
        { person: "qian", department: null, until: null, givenBy: "wang", givenAt: expect.any(String) },
        { person: null, department: "cn/west", until: null, givenBy: "boss", givenAt: expect.any(String) },
      ],
    });
    expect(await seeing(orderId)).toEqual(["li", "wang", "xi", "boss", "qian"]);
    // Who sees it by a share may give it on; who takes their own share back has said goodbye.
    const left = await send("unshareOrder", { orderId, person: "qian" }, qian, shares);
    expect([left.order, codes(left)]).toEqual([null, []]);
    expect(await seeing(orderId)).toEqual(["li", "wang", "xi", "boss"]);
    expect(codes(await send("unshareOrder", { orderId, person: "qian" }, li))).toEqual(["SHARE_NOT_FOUND"]);
  });
  test("until a day: then the clock takes it back", async () => {
    const orderId = await received();
    const until = new Date(orders.clock.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await send("shareOrder", { orderId, person: "qian", until }, li);
    orders.clock.advance(86_400_000);
    expect(await sees(orderId, qian)).toBe(true);
    orders.clock.advance(3 * 86_400_000);
    await eventually(async () => !(await sees(orderId, qian)));
    const text = `{ order(id: "${orderId}") { ${shares} } }`;
    expect(await orders.data(li, text)).toEqual({ order: { shares: [] } });
  });
  test("with nobody, or for a day that is over: refused with the field", async () => {
    const orderId = await received();
    const { userErrors } = await send("shareOrder", { orderId, until: "2020-01-01" }, li);
    expect(userErrors).toEqual([
      { code: "SHARE_WITH_ONE", field: "person" },
      { code: "DATE_PAST", field: "until" },
    ]);
  });
});

test("a receipt goes with the order that it pays for, and shows who sees it for that what pays for it", async () => {
  const customerId = uuidFrom("customer", newId());
  const amount = { minor: "100", currency: "CNY" };
  const text = `mutation ($input: RecordReceiptInput!) { recordReceipt(input: $input) { receipt { id } } }`;
  const input = { commandId: newId(), customerId, amount, method: "cash", department: "cn/finance" };
  const recorded = await orders.data<{ recordReceipt: { receipt: { id: string } } }>(
    { ...qian, departments: ["cn/finance", "cn/east"] },
    text,
    { input },
  );
  const receiptId = recorded.recordReceipt.receipt.id;
  const [one, other] = [await received(), await received()];
  const allocate = `mutation ($input: AllocateReceiptInput!) { allocateReceipt(input: $input) { settleToken userErrors { code } } }`;
  const half = { minor: "50", currency: "CNY" };
  const allocations = [one, other].map((orderId) => ({ orderId, amount: half }));
  const allocated = await orders.data<{ allocateReceipt: { settleToken: string } }>(boss, allocate, {
    input: { commandId: newId(), receiptId, allocations },
  });
  const receiptOf = async (as: Identity) => {
    const asked = `{ receipt(id: "${receiptId}") { allocations { order { id } amount { minor } } } }`;
    return (await orders.data<{ receipt: { allocations: object[] } | null }>(as, asked)).receipt?.allocations;
  };
  await eventually(() => orders.service.settled(allocated.allocateReceipt.settleToken, 1_000));
  await eventually(async () => (await receiptOf(wang)) !== undefined);
  const shown = (...ids: string[]) => ids.map((id) => ({ order: { id }, amount: { minor: "50" } }));
  expect([await receiptOf(wang), await receiptOf(west)]).toEqual([shown(one, other), undefined]);
  const moved = await send("moveOrder", move(one), boss);
  await eventually(() => orders.service.settled(moved.settleToken!, 1_000));
  await eventually(async () => (await receiptOf(west)) !== undefined);
  expect([await receiptOf(wang), await receiptOf(west)]).toEqual([shown(other), shown(one)]);
  // Its owners see all of it, but not the orders.
  expect(await receiptOf(qian)).toEqual([
    { order: null, amount: { minor: "50" } },
    { order: null, amount: { minor: "50" } },
  ]);
});
