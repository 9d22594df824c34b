// Quotations as their callers find them: offered, ended by the clock, accepted, and the order that they become.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales"], departments: ["cn"] };
const fritz: Identity = { user: "fritz", roles: ["sales"], departments: ["de"] };
const warehouse: Identity = { user: "bo", roles: ["warehouse"], departments: ["cn/east"] };
const admin: Identity = { user: "root", roles: ["admin"] };

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
  readonly quotation: Node | null;
  readonly orderId?: string | null;
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly { code: string; message: string; field: string | null; details: Node | null }[];
}

const shown = "id lifecycle version";
async function send(mutation: string, input: object, as: Identity = li, selected = shown): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const more = mutation === "acceptQuotation" ? "orderId" : "";
  const text = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { quotation { ${selected} } ${more} replayed settleToken userErrors { code field message details } } }`;
  const variables = { input: { commandId: newId(), ...input } };
  return (await orders.data<{ told: Payload }>(as, text, variables)).told;
}
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
async function read(id: string, selected: string, as: Identity = li): Promise<Node | null> {
  const text = `query ($id: ID!) { quotation(id: $id) { ${selected} } }`;
  return (await orders.data<{ quotation: Node | null }>(as, text, { id })).quotation;
}

const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });
const lines = [
  { sku: "A-1", quantity: "10", unitPrice: cny(250), requestedOn: "2026-03-20" },
  { sku: "B-1", quantity: "4", unitPrice: cny(1000), requestedOn: "2026-03-20" },
];
const offer = (more: object = {}) => ({
  customerId: uuidFrom("customer", newId()),
  currency: "CNY",
  lines,
  validUntil: "2026-03-10",
  ...more,
});
async function sent(more: object = {}): Promise<string> {
  const { quotation } = await send("draftQuotation", offer(more));
  const quotationId = quotation!["id"] as string;
  expect(codes(await send("sendQuotation", { quotationId }))).toEqual([]);
  return quotationId;
}

test("a draft has a number, and is whole before the customer gets it", async () => {
  const faulty = await send("draftQuotation", offer({ lines: [], validUntil: "soon" }));
  expect(codes(faulty).sort()).toEqual(["DATE_INVALID", "LINES_MISSING"]);
  const deliveryPoint = { name: "Nord", country: "DE", address: "Am Hafen 4" };
  const drafted = await send("draftQuotation", offer({ deliveryPoint }), li, `${shown} number amount { minor }`);
  expect(drafted.quotation).toMatchObject({ lifecycle: "DRAFT", version: 1, amount: { minor: "6500" } });
  expect(drafted.quotation!["number"]).toMatch(/^QU-2026-\d{6}$/);
  const quotationId = drafted.quotation!["id"] as string;
  const changed = await send(
    "changeQuotation",
    { quotationId, paymentTerms: "NET30" },
    li,
    "paymentTerms validUntil deliveryPoint { address }",
  );
  expect(changed.quotation).toEqual({
    paymentTerms: "NET30",
    validUntil: "2026-03-10",
    deliveryPoint: { address: "Am Hafen 4" },
  });
});

test("what was sent stays readable when it is revised", async () => {
  const quotationId = await sent();
  const cheaper = [{ ...lines[0], unitPrice: cny(200) }];
  await send("reviseQuotation", { quotationId, lines: cheaper, validUntil: "2026-03-15" });
  await send("sendQuotation", { quotationId });
  const versions =
    "versions { version validUntil amount { minor } sentBy answer { outcome } lines { sku unitPrice { minor } } }";
  expect(await read(quotationId, `lifecycle version expiresAt ${versions}`)).toEqual({
    lifecycle: "SENT",
    version: 2,
    expiresAt: "2026-03-15T16:00:00.000Z",
    versions: [
      expect.objectContaining({ version: 1, validUntil: "2026-03-10", amount: { minor: "6500" }, sentBy: "li" }),
      {
        version: 2,
        validUntil: "2026-03-15",
        amount: { minor: "2000" },
        sentBy: "li",
        answer: null,
        lines: [{ sku: "A-1", unitPrice: { minor: "200" } }],
      },
    ],
  });
  expect(codes(await send("acceptQuotation", { quotationId, version: 1 }))).toEqual(["QUOTATION_SUPERSEDED"]);
});

describe("accepted", () => {
  const ORDER = `id number lifecycle enteredBy channel department
    lines { lineId sku quantity amount { minor } schedules { requestedOn } quotation { id number } quotedVersion quotedLineId }`;
  const orderBy = async (id: string, as: Identity = li) =>
    (await orders.data<{ order: Node | null }>(as, `query ($id: ID!) { order(id: $id) { ${ORDER} } }`, { id })).order;

  test("in part, it is an order with its lineage, and knows what was ordered of each line", async () => {
    const quotationId = await sent();
    const part = [{ lineId: "2", quantity: "1", requestedOn: "2026-04-01" }];
    const input = { commandId: newId(), quotationId, version: 1, channel: "MAIL", lines: part };
    const { settleToken, orderId } = await send("acceptQuotation", input);
    await orders.data(li, `query ($token: String!) { orderSettled(token: $token) }`, { token: settleToken });
    expect(await eventually(() => orderBy(orderId!))).toMatchObject({
      lifecycle: "RECEIVED",
      enteredBy: "li",
      channel: "MAIL",
      department: "cn/east",
      lines: [
        {
          lineId: "2",
          sku: "B-1",
          quantity: "1",
          amount: { minor: "1000" },
          schedules: [{ requestedOn: "2026-04-01" }],
          quotation: { id: quotationId },
          quotedVersion: 1,
          quotedLineId: "2",
        },
      ],
    });
    const found = await read(
      quotationId,
      "lifecycle lines { lineId ordered } versions { answer { outcome whole order { id } lines { lineId quantity } } }",
    );
    expect(found).toEqual({
      lifecycle: "ACCEPTED",
      lines: [
        { lineId: "1", ordered: "0" },
        { lineId: "2", ordered: "1" },
      ],
      versions: [
        {
          answer: {
            outcome: "ACCEPTED",
            whole: false,
            order: { id: orderId },
            lines: [{ lineId: "2", quantity: "1" }],
          },
        },
      ],
    });
    expect(await send("acceptQuotation", input)).toMatchObject({ replayed: true, orderId });
    const again = await send("acceptQuotation", { quotationId, version: 1 });
    expect(again.userErrors).toMatchObject([{ code: "QUOTATION_ACCEPTED", details: { orderId } }]);
  });

  test("it is not verified by whoever accepted it", async () => {
    const quotationId = await sent();
    const { orderId } = await send("acceptQuotation", { quotationId, version: 1 });
    await eventually(() => orderBy(orderId!));
    const verify = (as: Identity) =>
      orders.data<{ verifyOrder: Payload }>(
        as,
        `mutation ($input: VerifyOrderInput!) { verifyOrder(input: $input) { userErrors { code } } }`,
        { input: { commandId: newId(), orderId } },
      );
    expect(codes((await verify(li)).verifyOrder)).toEqual(["SAME_PERSON"]);
    expect(codes((await verify(wang)).verifyOrder)).toEqual([]);
  });

  test("never more than was offered", async () => {
    const quotationId = await sent();
    const told = await send("acceptQuotation", { quotationId, version: 1, lines: [{ lineId: "1", quantity: "11" }] });
    expect(told.userErrors).toMatchObject([{ code: "QUOTATION_EXCEEDED", field: "lines.0.quantity" }]);
  });
});

test("declined, with a reason and a note under the customer's key", async () => {
  const quotationId = await sent();
  await send("declineQuotation", { quotationId, reason: "price", note: "The other one is cheaper." });
  const answer = "lifecycle versions { answer { outcome reason note answeredBy order { id } lines { lineId } whole } }";
  expect(await read(quotationId, answer)).toEqual({
    lifecycle: "DECLINED",
    versions: [
      {
        answer: {
          outcome: "DECLINED",
          reason: "price",
          note: "The other one is cheaper.",
          answeredBy: "li",
          order: null,
          lines: null,
          whole: null,
        },
      },
    ],
  });
});

test("the list is filtered, sorted and paged in the query; what is out of scope is not there", async () => {
  const customerId = uuidFrom("customer", newId());
  const ids = [];
  for (const validUntil of ["2026-03-12", "2026-03-11", "2026-03-13"]) ids.push(await sent({ customerId, validUntil }));
  const list = async (as: Identity, more: string) => {
    const text = `query ($customerId: ID!) { quotations(filter: { customerId: $customerId ${more} }, first: 2, orderBy: { field: VALID_UNTIL, direction: ASC }) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
    return (await orders.data<{ quotations: Node }>(as, text, { customerId })).quotations;
  };
  await eventually(async () => (await list(li, ""))["totalCount"] === 3);
  expect(await list(li, "lifecycle: [SENT]")).toMatchObject({
    totalCount: 3,
    nodes: [{ id: ids[1] }, { id: ids[0] }],
    pageInfo: { hasNextPage: true },
  });
  expect(await list(li, `validFrom: "2026-03-12", text: "b-1"`)).toMatchObject({ totalCount: 2 });
  expect(await list(li, "lifecycle: [EXPIRED]")).toMatchObject({ totalCount: 0, nodes: [] });
  expect(await list(fritz, "")).toMatchObject({ totalCount: 0, nodes: [] });
  expect(await read(ids[0]!, "id", fritz)).toBeNull();
  expect(codes(await send("declineQuotation", { quotationId: ids[0], reason: "x" }, fritz))).toEqual(["NOT_FOUND"]);
  expect(await read(ids[0]!, "amount { minor } lines { sku unitPrice { minor } }", warehouse)).toEqual({
    amount: null,
    lines: [
      { sku: "A-1", unitPrice: null },
      { sku: "B-1", unitPrice: null },
    ],
  });
});

test("a dry run shows what would happen, and nothing has", async () => {
  const quotationId = await sent();
  const text = `mutation ($input: AcceptQuotationInput!) { told: acceptQuotation(input: $input, dryRun: true) { quotation { lifecycle lines { ordered } } orderId dryRun { changes events } userErrors { code } } }`;
  const variables = { input: { commandId: newId(), quotationId, version: 1 } };
  const { told } = await orders.data<{ told: Node }>(li, text, variables);
  expect(told).toMatchObject({
    quotation: { lifecycle: "ACCEPTED", lines: [{ ordered: "10" }, { ordered: "4" }] },
    orderId: expect.any(String),
    dryRun: { changes: true, events: ["quotation.accepted"] },
  });
  expect(await read(quotationId, "lifecycle availableActions")).toEqual({
    lifecycle: "SENT",
    availableActions: ["reviseQuotation", "acceptQuotation", "declineQuotation"],
  });
});

test("texts are in the caller's language", async () => {
  const quotationId = await sent();
  const text = `mutation ($input: ChangeQuotationInput!) { changeQuotation(input: $input) { userErrors { message } } }`;
  const { data } = await orders.ask(li, text, { input: { commandId: newId(), quotationId } }, "zh-CN");
  expect(data).toMatchObject({
    changeQuotation: { userErrors: [{ message: "报价单状态为已发送，此操作要求状态为草稿。" }] },
  });
});

test("the clock ends it after its last day, and history arms no clock", async () => {
  const quotationId = await sent();
  const customerId = uuidFrom("customer", newId());
  const past = { historical: true, occurredAt: "2026-01-05T08:00:00.000Z" };
  const old = await send("draftQuotation", { ...offer({ customerId, validUntil: "2026-01-31" }), ...past }, admin);
  const oldId = old.quotation!["id"] as string;
  await send("sendQuotation", { quotationId: oldId, ...past }, admin);
  await eventually(async () => (await read(quotationId, "expiresAt"))!["expiresAt"] !== null);
  orders.clock.advance(9 * 86_400_000);
  await eventually(async () => (await read(quotationId, "lifecycle"))!["lifecycle"] === "EXPIRED");
  expect(await read(quotationId, "expiresAt versions { answer { outcome answeredAt } }")).toEqual({
    expiresAt: null,
    versions: [{ answer: { outcome: "EXPIRED", answeredAt: "2026-03-10T16:00:00.000Z" } }],
  });
  expect(await read(oldId, "lifecycle expiresAt", admin)).toEqual({ lifecycle: "SENT", expiresAt: null });
  expect(codes(await send("acceptQuotation", { quotationId, version: 1 }))).toEqual(["QUOTATION_EXPIRED"]);
});
