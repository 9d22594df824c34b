// What becomes of an order's quantities, as callers find it: tails, backorders, cancelled lines, goods that come back.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales", "finance"], departments: ["cn"] };

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
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null }[];
}

const typeOf = (mutation: string) => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
async function send(mutation: string, input: object, selected = "id", as = li): Promise<Payload> {
  const text = `mutation ($input: ${typeOf(mutation)}) { ${mutation}(input: $input) {
    order { ${selected} } replayed settleToken userErrors { code field } } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const order = async (id: string, selected: string, as = li): Promise<Node> =>
  (await orders.data<{ order: Node }>(as, `query ($id: ID!) { order(id: $id) { ${selected} } }`, { id })).order;

const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });
async function confirmedOrder(more: object = {}): Promise<string> {
  const line = { sku: "A-1", quantity: "10", unitPrice: cny(250), requestedOn: "2026-03-20", ...more };
  const given = { channel: "SALES", customerId: uuidFrom("customer", newId()), currency: "CNY", lines: [line] };
  const { order: received } = await send("receiveOrder", given);
  const orderId = received!["id"] as string;
  await send("verifyOrder", { orderId }, "id", wang);
  await send("confirmOrder", { orderId, promiseRequested: true });
  return orderId;
}

const scope = { department: "cn/east", visibleTo: ["d:cn/east"] };
const of = (orderId: string, shipmentId: string, quantity: string) => ({
  shipmentId,
  orderIds: [orderId],
  orders: [{ orderId, lines: [{ lineId: "1", scheduleId: "1", quantity }] }],
});
const planned = (orderId: string, shipmentId: string, quantity: string): PublicEvent => ({
  type: "shipment.planned",
  ...of(orderId, shipmentId, quantity),
  number: "SH-1",
  mode: "parcel",
  packages: [],
  ...scope,
});
const dispatched = (orderId: string, shipmentId: string, quantity: string): PublicEvent => ({
  type: "shipment.dispatched",
  ...of(orderId, shipmentId, quantity),
  dispatchedAt: "2026-03-02T09:00:00.000Z",
  breaches: [],
  ...scope,
});
const delivered = (orderId: string, shipmentId: string, quantity: string): PublicEvent => ({
  type: "shipment.delivered",
  ...of(orderId, shipmentId, quantity),
  packageIds: ["1"],
  deliveredAt: "2026-03-19T09:00:00.000Z",
  complete: true,
  breaches: [],
});
async function come(orderId: string, quantity: string): Promise<string> {
  const shipmentId = uuidFrom("shipment", orderId);
  await orders.told(
    planned(orderId, shipmentId, quantity),
    dispatched(orderId, shipmentId, quantity),
    delivered(orderId, shipmentId, quantity),
  );
  await eventually(async () => (await order(orderId, "delivery"))["delivery"] !== "NONE");
  return shipmentId;
}

const schedules = `amount { minor } lines { amount { minor } schedules {
  scheduleId quantity delivered tail full backorderOf promisedOn firstPromisedOn cancelled
  shortClose { quantity reason note closedBy } } }`;

test("a tail is listed until it is backordered or short-closed", async () => {
  const orderId = await confirmedOrder();
  await come(orderId, "6");
  const customerId = ((await order(orderId, "customer { id }"))["customer"] as Node)["id"] as string;
  const listed = async (openTail: boolean) =>
    (
      await orders.data<{ orders: { nodes: Node[] } }>(
        li,
        "query ($filter: OrderFilter) { orders(filter: $filter) { nodes { id } } }",
        { filter: { openTail, customerId } },
      )
    ).orders.nodes.length;
  expect((await order(orderId, schedules))["lines"]).toMatchObject([{ schedules: [{ tail: "4", full: false }] }]);
  expect([await listed(true), await listed(false)]).toEqual([1, 0]);
  const at = { orderId, lineId: "1", reason: "material-late" };
  const later = await send("backorderSchedule", { ...at, quantity: "3", promisedOn: "2026-04-10" }, schedules);
  expect(later.order!["lines"]).toMatchObject([
    {
      schedules: [
        { scheduleId: "1", quantity: "7", tail: "1", full: false, backorderOf: null },
        {
          scheduleId: "1.1",
          quantity: "3",
          tail: null,
          backorderOf: "1",
          promisedOn: "2026-04-10",
          firstPromisedOn: "2026-04-10",
        },
      ],
    },
  ]);
  const short = await send("shortCloseSchedule", { ...at, reason: "sold-out", note: "the last one broke" }, schedules);
  expect(short.order!["amount"]).toEqual({ minor: "2250" });
  expect(short.order!["lines"]).toMatchObject([
    {
      amount: { minor: "2500" },
      schedules: [
        {
          quantity: "7",
          tail: null,
          full: true,
          shortClose: { quantity: "1", reason: "sold-out", note: "the last one broke", closedBy: "li" },
        },
        { quantity: "3", full: false },
      ],
    },
  ]);
  expect([await listed(true), await listed(false)]).toEqual([0, 1]);
});

test("a line is cancelled in part: the order is worth less, and says who wanted it", async () => {
  const orderId = await confirmedOrder();
  const cancelled = await send(
    "cancelLine",
    { orderId, lineId: "1", quantity: "4", reason: "no-need", cancelledBy: "CUSTOMER", note: "by phone" },
    `total { minor } ${schedules} partCancellations { lines { lineId scheduleId quantity } reason cancelledBy note enteredBy }`,
  );
  expect(cancelled.order).toMatchObject({
    total: { minor: "1500" },
    lines: [{ amount: { minor: "2500" }, schedules: [{ quantity: "10", cancelled: "4" }] }],
    partCancellations: [
      {
        lines: [{ lineId: "1", scheduleId: "1", quantity: "4" }],
        reason: "no-need",
        cancelledBy: "CUSTOMER",
        note: "by phone",
        enteredBy: "li",
      },
    ],
  });
  const more = { orderId, lineId: "1", reason: "no-need", cancelledBy: "US" };
  expect((await send("cancelLine", { ...more, quantity: "7" })).userErrors).toEqual([
    { code: "OVER_OPEN_QUANTITY", field: "quantity" },
  ]);
  expect((await send("cancelLine", more)).userErrors).toEqual([{ code: "LAST_QUANTITY", field: null }]);
});

test("goods come back: authorised, received, inspected, refunded or exchanged; the order is closed by its checklist", async () => {
  const orderId = await confirmedOrder();
  await come(orderId, "10");
  const wu: Identity = { user: "wu", roles: ["warehouse"], departments: ["cn"] };
  const lines = (quantity: string) => [{ lineId: "1", quantity }];
  const asked = { orderId, lines: lines("4"), reason: "damaged", note: "two are scratched" };
  const authorised = await send(
    "authoriseReturn",
    { ...asked, remedy: "EXCHANGE" },
    "returns { returnId remedy authorisation { reason note authorisedBy } }",
  );
  expect(authorised.order!["returns"]).toMatchObject([
    { remedy: "EXCHANGE", authorisation: { reason: "damaged", note: "two are scratched", authorisedBy: "li" } },
  ]);
  const returnId = (authorised.order!["returns"] as Node[])[0]!["returnId"] as string;
  const list = "closingChecklist { item done blocking detail }";
  const open = async () =>
    ((await order(orderId, list))["closingChecklist"] as Node[])
      .filter(({ done }) => !done)
      .map(({ item }) => item as string);
  expect(await open()).toEqual(["ACCEPTED", "INVOICED", "SETTLED", "RETURNS"]);
  await send("receiveReturn", { orderId, returnId, lines: lines("4") }, "id", wu);
  const inspected = await send(
    "inspectReturn",
    { orderId, returnId, lines: [{ lineId: "1", restock: "3", backToCustomer: "1" }] },
    "returned returns { lines { received restocked backToCustomer } } lines { schedules { returned } }",
    wu,
  );
  expect(inspected.order).toEqual({
    returned: "PARTIAL",
    returns: [{ lines: [{ received: "4", restocked: "3", backToCustomer: "1" }] }],
    lines: [{ schedules: [{ returned: "3" }] }],
  });
  const other = await confirmedOrder();
  const link = { orderId, returnId, exchangeOrderId: other };
  expect((await send("linkExchange", link)).userErrors).toEqual([{ code: "NOT_FOUND", field: null }]);
  expect(await open()).toEqual(["ACCEPTED", "INVOICED", "SETTLED"]);
  const unasked = await send(
    "receiveReturn",
    { orderId, lines: lines("1") },
    "returns { remedy breaches authorisation { reason } }",
  );
  expect(unasked.order!["returns"]).toMatchObject([
    {},
    { remedy: "NONE", breaches: ["RETURN_NOT_AUTHORISED"], authorisation: null },
  ]);
  const rejected = await send(
    "rejectDelivery",
    { orderId, reason: "wrong-colour" },
    "acceptanceDueAt rejection { reason rejectedBy }",
  );
  expect(rejected.order).toEqual({ acceptanceDueAt: null, rejection: { reason: "wrong-colour", rejectedBy: "li" } });
  expect((await send("reopenOrder", { orderId, reason: "x" }, "id", { ...li, roles: ["lead"] })).userErrors).toEqual([
    { code: "ORDER_STATE", field: null },
  ]);
});

test("an exchange is an order of the same customer, and a small tail is short-closed by the rules", async () => {
  const rules = { percent: "5" };
  const ma: Identity = { user: "ma", roles: ["manager"], departments: [] };
  const setting = "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }";
  const input = { commandId: newId(), kind: "tolerance", rules: { shortCloseUpTo: rules } };
  expect(await orders.data(ma, setting, { input })).toEqual({ setOrderRules: { userErrors: [] } });
  const orderId = await confirmedOrder();
  await come(orderId, "9.5");
  const short = (await order(orderId, `delivery ${schedules}`)) as { delivery: string; lines: { schedules: Node[] }[] };
  expect(short.delivery).toBe("FULL");
  const asked = `query ($id: ID!) { promises(orderId: $id) { nodes { status kept daysLate deliveredOn } } }`;
  const ledger = await orders.data<{ promises: { nodes: Node[] } }>(li, asked, { id: orderId });
  expect(ledger.promises.nodes).toMatchObject([{ status: "BROKEN", kept: false, daysLate: 0 }]);
  expect(short.lines[0]!.schedules[0]!["shortClose"]).toMatchObject({ quantity: "0.5", reason: "tolerance" });
  const { returns } = (
    await send(
      "authoriseReturn",
      { orderId, lines: [{ lineId: "1", quantity: "1" }], reason: "damaged", remedy: "EXCHANGE" },
      "returns { returnId }",
    )
  ).order as { returns: Node[] };
  const customerId = ((await order(orderId, "customer { id }"))["customer"] as Node)["id"] as string;
  const line = { sku: "A-1", quantity: "1", unitPrice: cny(0), requestedOn: "2026-04-20" };
  const given = { channel: "SALES", customerId, currency: "CNY", lines: [line] };
  const exchangeOrderId = (await send("receiveOrder", given)).order!["id"] as string;
  const link = { orderId, returnId: returns[0]!["returnId"] as string, exchangeOrderId };
  const linked = await send("linkExchange", link, "returns { exchangeOrder { id } }");
  expect(linked.order).toEqual({ returns: [{ exchangeOrder: { id: exchangeOrderId } }] });
  const returnId = link.returnId;
  const exchangeOf = async (as = li) =>
    (await order(exchangeOrderId, "exchangeOf { returnId order { id } }", as))["exchangeOf"] as Node | null;
  await eventually(async () => (await exchangeOf()) !== null);
  expect(await exchangeOf()).toEqual({ returnId, order: { id: orderId } });
  const more = { orderId, lines: [{ lineId: "1", quantity: "2" }], reason: "damaged", remedy: "EXCHANGE" };
  const again = (await send("authoriseReturn", more, "returns { returnId }")).order!["returns"] as Node[];
  const { settleToken } = await send("linkExchange", { ...link, returnId: again[1]!["returnId"] as string });
  await eventually(() => orders.service.settled(settleToken!, 1_000));
  expect(await exchangeOf()).toEqual({ returnId, order: { id: orderId } });
  // Who sees one of the two alone is told of no other.
  const [eva, max] = ["eva", "max"].map((user): Identity => ({ user, roles: ["merchandiser"], departments: [] }));
  await send("shareOrder", { orderId: exchangeOrderId, person: "eva" });
  await send("shareOrder", { orderId, person: "max" });
  expect(await exchangeOf(eva)).toBeNull();
  expect(await order(orderId, "returns { returnId exchangeOrder { id } }", max)).toMatchObject({
    returns: [{ returnId, exchangeOrder: null }, { exchangeOrder: null }],
  });
});

test("goods that come back to the sender are open again, and may go another way", async () => {
  const orderId = await confirmedOrder();
  const shipmentId = uuidFrom("shipment", orderId);
  await orders.told(planned(orderId, shipmentId, "10"), dispatched(orderId, shipmentId, "10"), {
    type: "shipment.returned",
    ...of(orderId, shipmentId, "10"),
    packageIds: ["1"],
    returnedAt: "2026-03-02T10:00:00.000Z",
  });
  const read = async () => (await order(orderId, "shipping lines { schedules { shipped returnedToSender } }")) as Node;
  const back = async () =>
    ((await read())["lines"] as { schedules: Node[] }[])[0]!.schedules[0]!["returnedToSender"] as string;
  await eventually(async () => (await back()) === "10");
  expect(await read()).toEqual({
    shipping: "NONE",
    lines: [{ schedules: [{ shipped: "10", returnedToSender: "10" }] }],
  });
  expect(
    (await send("cancelOrder", { orderId, reason: "refused", cancelledBy: "CUSTOMER" }, "lifecycle")).order,
  ).toEqual({
    lifecycle: "CANCELLED",
  });
});
