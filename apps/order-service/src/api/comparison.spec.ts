// An order beside its quotation and the customer's purchase order, through the graph: found, settled, waived, verified.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales"], departments: ["cn"] };
const chief: Identity = { user: "zhao", roles: ["lead"], departments: ["cn"] };
const fritz: Identity = { user: "fritz", roles: ["sales"], departments: ["de"] };
const maker: Identity = { user: "bo", roles: ["production"], departments: ["cn/east"] };
const manager: Identity = { user: "boss", roles: ["manager"] };

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
  readonly userErrors: readonly { code: string; message: string; field: string | null }[];
}

const DISCREPANCIES =
  "discrepancies { discrepancyId lineId aspect comparedWith document ours theirs resolution { outcome agreedWith } waiver { reason waivedBy authority } }";
async function send(mutation: string, input: object, as: Identity = li, selected = "id lifecycle"): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { order { ${selected} } userErrors { code field message } } }`;
  return (await orders.data<{ told: Payload }>(as, text, { input: { commandId: newId(), ...input } })).told;
}
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
async function orderBy(id: string, selected: string, as: Identity = li): Promise<Node> {
  return (await orders.data<{ order: Node }>(as, `query ($id: ID!) { order(id: $id) { ${selected} } }`, { id })).order;
}
async function rule(rules: object): Promise<void> {
  const text = `mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }`;
  const all = {
    aspects: ["item", "quantity", "price", "date"],
    priceTolerance: "0",
    quantityTolerance: "0",
    dateTolerance: 0,
    needed: [],
    waivers: [],
    agreedWithNeeded: false,
  };
  await orders.data(manager, text, { input: { commandId: newId(), kind: "comparison", rules: { ...all, ...rules } } });
}

const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });
const lines = [
  { sku: "A-1", customerSku: "C-1", quantity: "10", unitPrice: cny(250), requestedOn: "2026-03-20" },
  { sku: "B-1", quantity: "4", unitPrice: cny(1000), requestedOn: "2026-03-20" },
];
const customer = () => uuidFrom("customer", newId());
async function receivedOrder(): Promise<string> {
  const told = await send("receiveOrder", { channel: "SALES", customerId: customer(), currency: "CNY", lines });
  return told.order!["id"] as string;
}
async function quotedOrder(): Promise<string> {
  const input = { commandId: newId(), customerId: customer(), currency: "CNY", lines, validUntil: "2026-03-10" };
  const mutate = async (mutation: string, given: object, selected: string) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const text = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { ${selected} } }`;
    return (await orders.data<{ told: Node }>(li, text, { input: { commandId: newId(), ...given } })).told;
  };
  const quotationId = (await mutate("draftQuotation", input, "quotation { id }"))["quotation"].id as string;
  await mutate("sendQuotation", { quotationId }, "revision");
  const { orderId } = await mutate("acceptQuotation", { quotationId, version: 1 }, "orderId");
  await eventually(() => orderBy(orderId as string, "id"));
  return orderId as string;
}
const purchase = [
  { customerSku: "C-1", quantity: "10", unitPrice: cny(240), requestedOn: "2026-03-20" },
  { sku: "B-1", quantity: "5", unit: "pcs", unitPrice: cny(1000) },
];

test("all differences are found at once, with both values, and resolved by comparing the corrected order again", async () => {
  const orderId = await receivedOrder();
  expect(codes(await send("compareOrder", { orderId }))).toEqual(["NOTHING_TO_COMPARE"]);
  const told = await send(
    "recordPurchaseOrder",
    { orderId, number: "PO-1", revision: "A", lines: purchase },
    li,
    "purchaseOrders { number revision recordedBy lines { sku customerSku quantity unitPrice { minor } requestedOn } } availableActions",
  );
  expect(told.order).toMatchObject({
    purchaseOrders: [
      {
        number: "PO-1",
        revision: "A",
        recordedBy: "li",
        lines: [
          { sku: null, customerSku: "C-1", unitPrice: { minor: "240" } },
          { sku: "B-1", requestedOn: null },
        ],
      },
    ],
    availableActions: expect.arrayContaining(["compareOrder"]),
  });
  const found = await send(
    "compareOrder",
    { orderId },
    li,
    `lifecycle ${DISCREPANCIES} comparisons { comparedBy found settled open rules documents { comparedWith document } }`,
  );
  expect(found.order).toMatchObject({
    lifecycle: "DISCREPANT",
    discrepancies: [
      {
        lineId: "1",
        aspect: "PRICE",
        comparedWith: "PURCHASE_ORDER",
        document: "PO-1/A",
        ours: "250 CNY",
        theirs: "240 CNY",
      },
      { lineId: "2", aspect: "QUANTITY", ours: "4 pcs", theirs: "5 pcs", resolution: null, waiver: null },
    ],
    comparisons: [
      {
        comparedBy: "li",
        found: 2,
        settled: 0,
        open: 2,
        rules: 0,
        documents: [{ comparedWith: "PURCHASE_ORDER", document: "PO-1/A" }],
      },
    ],
  });
  expect(codes(await send("verifyOrder", { orderId }, wang))).toEqual(["DISCREPANCY_OPEN"]);
  const corrected = [
    { ...lines[0], unitPrice: cny(240) },
    { ...lines[1], quantity: "5" },
  ];
  await send("correctOrder", { orderId, lines: corrected });
  const again = await send("compareOrder", { orderId }, li, `lifecycle ${DISCREPANCIES}`);
  expect(again.order).toMatchObject({
    lifecycle: "RECEIVED",
    discrepancies: [{ resolution: { outcome: "CORRECTED" } }, { resolution: { outcome: "CORRECTED" } }],
  });
  // Whoever has corrected it does not verify it.
  expect(codes(await send("verifyOrder", { orderId }, li))).toEqual(["SAME_PERSON"]);
  expect((await send("verifyOrder", { orderId }, wang)).order).toMatchObject({ lifecycle: "VERIFIED" });
});

test("an order is held against what was accepted of its quotation", async () => {
  const orderId = await quotedOrder();
  const same = await send(
    "compareOrder",
    { orderId },
    li,
    "lifecycle comparisons { found documents { comparedWith document } }",
  );
  expect(same.order).toMatchObject({
    lifecycle: "RECEIVED",
    comparisons: [{ found: 0, documents: [{ comparedWith: "QUOTATION" }] }],
  });
  expect(same.order!["comparisons"][0].documents[0].document).toMatch(/^QU-2026-\d{6}\/1$/);
  await send("correctOrder", {
    orderId,
    lines: [{ ...lines[0], sku: "A-9", customerSku: "C-9", unitPrice: cny(260) }],
  });
  const found = await send("compareOrder", { orderId }, li, `lifecycle ${DISCREPANCIES}`);
  expect(found.order).toMatchObject({
    lifecycle: "DISCREPANT",
    discrepancies: [
      // Its lineage says which line it is, whatever its item has become.
      { lineId: "1", aspect: "ITEM", ours: "A-9", theirs: "A-1" },
      { lineId: "1", aspect: "ITEM", ours: "C-9", theirs: "C-1" },
      { lineId: "1", aspect: "PRICE", comparedWith: "QUOTATION", ours: "260 CNY", theirs: "250 CNY" },
      { lineId: null, aspect: "ITEM", ours: null, theirs: "B-1 × 4" },
    ],
  });
});

test("an order that came by itself is held against the quotation that it answers", async () => {
  const customerId = customer();
  const mutate = async (mutation: string, given: object, selected: string, as: Identity = li) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const text = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { ${selected} userErrors { code } } }`;
    return (await orders.data<{ told: Node }>(as, text, { input: { commandId: newId(), ...given } })).told;
  };
  const offer = { customerId, currency: "CNY", lines, validUntil: "2026-03-10" };
  const quotationId = (await mutate("draftQuotation", offer, "quotation { id }"))["quotation"].id as string;
  await mutate("sendQuotation", { quotationId }, "revision");
  const mine = [
    { ...lines[1], lineId: "7" },
    { ...lines[0], unitPrice: cny(240) },
  ];
  const mail = { channel: "MAIL", sourceReference: "PO-77", customerId, currency: "CNY", lines: mine };
  const orderId = (await send("receiveOrder", mail)).order!["id"] as string;
  const answer = { quotationId, version: 1, orderId };
  const elsewhere = (await send("receiveOrder", { ...mail, sourceReference: "PO-78", department: "de" }, fritz)).order!;
  for (const hidden of [newId(), elsewhere["id"] as string]) {
    const told = await mutate("acceptQuotation", { ...answer, orderId: hidden }, "orderId");
    expect(told["userErrors"]).toEqual([{ code: "QUOTATION_ORDER_NOT_FOUND" }]);
  }
  expect(await mutate("acceptQuotation", answer, "orderId quotation { lifecycle }")).toMatchObject({
    orderId,
    quotation: { lifecycle: "ACCEPTED" },
  });
  const seen = "lines { lineId quotedLineId quotation { id } }";
  await eventually(async () => (await orderBy(orderId, seen))["lines"][0].quotation !== null);
  expect(await orderBy(orderId, seen)).toEqual({
    lines: [
      { lineId: "7", quotedLineId: "2", quotation: { id: quotationId } },
      { lineId: "2", quotedLineId: "1", quotation: { id: quotationId } },
    ],
  });
  const found = await send("compareOrder", { orderId }, li, DISCREPANCIES);
  expect(found.order).toMatchObject({
    discrepancies: [{ lineId: "2", aspect: "PRICE", comparedWith: "QUOTATION", ours: "240 CNY", theirs: "250 CNY" }],
  });
});

describe("what is left is settled", () => {
  async function discrepant(): Promise<{ orderId: string; discrepancyId: string }> {
    const orderId = await receivedOrder();
    await send("recordPurchaseOrder", {
      orderId,
      number: "PO-2",
      lines: [purchase[0], { ...purchase[1], quantity: "4" }],
    });
    const { order } = await send("compareOrder", { orderId }, li, DISCREPANCIES);
    const [{ discrepancyId }] = order!["discrepancies"] as [{ discrepancyId: string }];
    return { orderId, discrepancyId };
  }

  test("by agreement, with whom and on what", async () => {
    const of = await discrepant();
    expect(codes(await send("resolveDiscrepancy", { ...of, outcome: "CORRECTED" }))).toEqual(["COMPARE_AGAIN"]);
    const agreed = { ...of, outcome: "AGREED", agreedWith: "Ms Petersen", note: "2.50 it is." };
    const told = await send(
      "resolveDiscrepancy",
      agreed,
      li,
      "lifecycle discrepancies { resolution { outcome agreedWith note resolvedBy } }",
    );
    expect(told.order).toEqual({
      lifecycle: "RECEIVED",
      discrepancies: [
        { resolution: { outcome: "AGREED", agreedWith: "Ms Petersen", note: "2.50 it is.", resolvedBy: "li" } },
      ],
    });
    const answer = await orders.ask(
      li,
      `mutation ($input: ResolveDiscrepancyInput!) { resolveDiscrepancy(input: $input) { revision } }`,
      { input: { commandId: newId(), ...of, outcome: "TOLERATED" } },
    );
    expect(answer.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  test("by a waiver of somebody with the authority, who has not entered it", async () => {
    await rule({ waivers: [{ aspects: ["price"], roles: ["manager"] }] });
    const of = await discrepant();
    const waive = { ...of, reason: "goodwill", note: "An old customer." };
    expect(codes(await send("waiveDiscrepancy", waive, wang))).toEqual(["COMMAND_NOT_GRANTED"]);
    expect(codes(await send("waiveDiscrepancy", waive, chief))).toEqual(["WAIVER_ROLE_NEEDED"]);
    expect(await orderBy(of.orderId, "availableActions", chief)).toEqual({
      availableActions: expect.not.arrayContaining(["waiveDiscrepancy"]),
    });
    const told = await send("waiveDiscrepancy", waive, manager, `lifecycle ${DISCREPANCIES}`);
    expect(told.order).toMatchObject({
      lifecycle: "RECEIVED",
      discrepancies: [{ resolution: null, waiver: { reason: "goodwill", waivedBy: "boss", authority: ["manager"] } }],
    });
    await rule({});
  });
});

test("by rule an order is verified only when it was compared with the customer's purchase order as it stands", async () => {
  await rule({
    needed: [{ comparedWith: "purchaseOrder", channels: ["sales"] }],
    priceTolerance: "5",
    aspects: ["price"],
  });
  const orderId = await receivedOrder();
  const verify = async () => codes(await send("verifyOrder", { orderId }, wang));
  expect(await verify()).toEqual(["COMPARISON_NEEDED"]);
  expect((await orderBy(orderId, "availableActions", wang))["availableActions"]).not.toContain("verifyOrder");
  await send("recordPurchaseOrder", { orderId, number: "PO-3", lines: purchase });
  expect(await verify()).toEqual(["COMPARISON_NEEDED"]);
  // 4 percent of the price are within the tolerance, and quantities are not asked for.
  expect((await send("compareOrder", { orderId }, li, "lifecycle discrepancies { aspect }")).order).toEqual({
    lifecycle: "RECEIVED",
    discrepancies: [],
  });
  expect(await verify()).toEqual([]);
  await rule({});
});

describe("as CSV", () => {
  const record = (orderId: string, csv: string, more: object = {}) =>
    orders.ask(
      li,
      `mutation ($input: RecordPurchaseOrderInput!) { told: recordPurchaseOrder(input: $input) { order { purchaseOrders { lines { lineId sku customerSku quantity unit unitPrice { minor currency } requestedOn packaging } } } userErrors { code field } } }`,
      {
        input: { commandId: newId(), orderId, number: newId(), csv, ...more },
      },
    );

  test("with headings in either language, amounts in the currency's unit", async () => {
    const orderId = await receivedOrder();
    const csv =
      '\uFEFFCustomer item;Quantity;Unit;Price;Currency;Date;Packaging\r\nC-1;10;pcs;2.5;CNY;2026-03-20;"10; in a carton"\r\nC-2;1;;;;;\r\n';
    const { data } = await record(orderId, csv);
    expect((data as Node)["told"].order.purchaseOrders[0].lines).toEqual([
      {
        lineId: null,
        sku: null,
        customerSku: "C-1",
        quantity: "10",
        unit: "pcs",
        unitPrice: { minor: "250", currency: "CNY" },
        requestedOn: "2026-03-20",
        packaging: "10; in a carton",
      },
      {
        lineId: null,
        sku: null,
        customerSku: "C-2",
        quantity: "1",
        unit: null,
        unitPrice: null,
        requestedOn: null,
        packaging: null,
      },
    ]);
    const zh = await record(
      orderId,
      "行号,物料号,数量,单价,币种\n2,B-1,4,1000,JPY\n3,B-2,4,2.500,HUF\n4,B-3,4,1.125,IQD\n",
    );
    const read = (zh.data as Node)["told"].order.purchaseOrders[1].lines as { readonly unitPrice: unknown }[];
    expect(read[0]).toMatchObject({ lineId: "2", sku: "B-1", unitPrice: { minor: "1000", currency: "JPY" } });
    expect(read.slice(1).map(({ unitPrice }) => unitPrice)).toEqual([
      { minor: "250", currency: "HUF" },
      { minor: "1125", currency: "IQD" },
    ]);
  });
  test.each([
    ["item,colour\nA-1,red", 'there is no column "colour"'],
    ["item,quantity\nA-1", "row 2 has 1 cells, not 2"],
    ["item,quantity,price\nA-1,1,2.50", "row 2 has a price without a currency"],
    ["item,quantity,price,currency\nA-1,1,2.505,EUR", 'row 2: "2.505 EUR" is no amount'],
    ["item,quantity,price,currency\nA-1,1,x,EUR", 'row 2: "x EUR" is no amount'],
    ["", "there is no heading row"],
  ])("%j is none", async (csv, what) => {
    const { errors } = await record(await receivedOrder(), csv);
    expect(errors).toMatchObject([
      { message: expect.stringContaining(what), extensions: { code: "BAD_USER_INPUT", field: "csv" } },
    ]);
  });
  test("and not beside lines", async () => {
    const { errors } = await record(await receivedOrder(), "item,quantity\nA-1,1", { lines: purchase });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
  test("its lines are checked as others are", async () => {
    const { data } = await record(await receivedOrder(), "item,quantity\nA-1,none\n");
    expect((data as Node)["told"].userErrors).toEqual([{ code: "QUANTITY_NOT_POSITIVE", field: "lines.0.quantity" }]);
  });
});

test("of what is out of scope nothing is said, and prices are for who sees them", async () => {
  const orderId = await receivedOrder();
  for (const [mutation, more] of [
    ["compareOrder", {}],
    ["recordPurchaseOrder", { number: "PO-1", lines: purchase }],
  ] as const) {
    expect(codes(await send(mutation, { orderId, ...more }, fritz))).toEqual(["NOT_FOUND"]);
  }
  await send("recordPurchaseOrder", { orderId, number: "PO-1", lines: purchase });
  await send("compareOrder", { orderId });
  const seen = "purchaseOrders { lines { quantity unitPrice { minor } } } discrepancies { aspect ours theirs }";
  await eventually(async () => (await orderBy(orderId, seen))["discrepancies"].length === 2);
  expect(await orderBy(orderId, seen, maker)).toMatchObject({
    purchaseOrders: [
      {
        lines: [
          { quantity: "10", unitPrice: null },
          { quantity: "5", unitPrice: null },
        ],
      },
    ],
    discrepancies: [
      { aspect: "PRICE", ours: null, theirs: null },
      { aspect: "QUANTITY", ours: "4 pcs", theirs: "5 pcs" },
    ],
  });
});

test("what is open over all orders is a list of its own", async () => {
  const orderId = await receivedOrder();
  await send("recordPurchaseOrder", { orderId, number: "PO-9", lines: purchase });
  await send("compareOrder", { orderId });
  const list = async (as: Identity, filter: string) => {
    const text = `query ($id: ID!) { discrepancies(filter: { orderId: $id ${filter} }, first: 1, direction: ASC) { totalCount nodes { id status sku order { number } discrepancy { aspect ours theirs } } pageInfo { hasNextPage } } }`;
    return (await orders.data<{ discrepancies: Node }>(as, text, { id: orderId })).discrepancies;
  };
  await eventually(async () => (await list(li, ""))["totalCount"] === 2);
  expect(await list(li, "status: [OPEN] aspect: [PRICE]")).toMatchObject({
    totalCount: 1,
    nodes: [{ status: "OPEN", sku: "A-1", discrepancy: { aspect: "PRICE", ours: "250 CNY", theirs: "240 CNY" } }],
    pageInfo: { hasNextPage: false },
  });
  expect(await list(maker, "aspect: [PRICE]")).toMatchObject({
    nodes: [{ discrepancy: { ours: null, theirs: null } }],
  });
  expect(await list(li, "comparedWith: QUOTATION")).toMatchObject({ totalCount: 0 });
  expect(await list(fritz, "")).toMatchObject({ totalCount: 0, nodes: [] });
  await send("correctOrder", { orderId, lines: [{ ...lines[0], unitPrice: cny(240) }, lines[1]] });
  await send("compareOrder", { orderId });
  await eventually(async () => (await list(li, "status: [OPEN]"))["totalCount"] === 1);
  expect(await list(li, "status: [RESOLVED]")).toMatchObject({
    totalCount: 1,
    nodes: [{ discrepancy: { aspect: "PRICE" } }],
  });
});
