// Orders and receipts as their callers find them: an order's whole life through GraphQL, on real engines.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales", "finance"], departments: ["cn"] };
const fritz: Identity = { user: "fritz", roles: ["sales", "finance"], departments: ["de"] };
const auditor: Identity = { user: "aud", roles: ["auditor"], departments: ["cn"] };
const importer: Identity = { user: "import:olist", roles: ["importer"] };

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
  readonly receipt: Node | null;
  readonly revision: string | null;
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly { code: string; message: string; field: string | null; details: Node | null }[];
}

const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const fields = "revision replayed settleToken userErrors { code field message details }";

/** Sends a mutation; the aggregate's fields are read at the revision that it leads to. */
async function send(mutation: string, input: object, as: Identity = li, selected = "id lifecycle"): Promise<Payload> {
  const aggregate = mutation.endsWith("Receipt") ? "receipt" : "order";
  const chosen = aggregate === "receipt" && selected === "id lifecycle" ? "id" : selected;
  const text = `mutation ($input: ${upperFirst(mutation)}Input!) { ${mutation}(input: $input) { ${aggregate} { ${chosen} } ${fields} } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
const lifecycle = ({ order, userErrors }: Payload) => order?.["lifecycle"] ?? userErrors;

async function order(id: string, selected: string, as: Identity = li): Promise<Node> {
  const text = `query ($id: ID!) { order(id: $id) { ${selected} } }`;
  return (await orders.data<{ order: Node }>(as, text, { id })).order;
}

const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });
const someone = () => uuidFrom("customer", newId());
const line = { sku: "A-1", quantity: "10", unitPrice: cny(250), requestedOn: "2026-03-20" };
const request = (more: object = {}) => ({
  channel: "SALES",
  customerId: someone(),
  currency: "CNY",
  lines: [line],
  ...more,
});

async function receivedOrder(more: object = {}, as: Identity = li): Promise<string> {
  const payload = await send("receiveOrder", request(more), as);
  expect(codes(payload)).toEqual([]);
  return payload.order!["id"] as string;
}
async function confirmedOrder(more: object = {}): Promise<string> {
  const orderId = await receivedOrder(more);
  expect(lifecycle(await send("verifyOrder", { orderId }, wang))).toBe("VERIFIED");
  expect(lifecycle(await send("confirmOrder", { orderId, promiseRequested: true }))).toBe("CONFIRMED");
  return orderId;
}

const scope = { department: "cn/east", visibleTo: ["d:cn/east"] };
const parts = (orderId: string) => [{ orderId, lines: [{ lineId: "1", scheduleId: "1", quantity: "10" }] }];
const planned = (orderId: string, shipmentId: string): PublicEvent => ({
  type: "shipment.planned",
  shipmentId,
  orderIds: [orderId],
  number: "SH-1",
  orders: parts(orderId),
  mode: "parcel",
  packages: [],
  ...scope,
});
const dispatched = (orderId: string, shipmentId: string): PublicEvent => ({
  type: "shipment.dispatched",
  shipmentId,
  orderIds: [orderId],
  orders: parts(orderId),
  dispatchedAt: "2026-03-02T09:00:00.000Z",
  breaches: [],
  ...scope,
});
const delivered = (orderId: string, shipmentId: string, deliveredAt: string): PublicEvent => ({
  type: "shipment.delivered",
  shipmentId,
  orderIds: [orderId],
  orders: parts(orderId),
  packageIds: ["1"],
  deliveredAt,
  complete: true,
  breaches: [],
});

async function deliveredOrder(more: object = {}): Promise<string> {
  const orderId = await confirmedOrder(more);
  const shipmentId = uuidFrom("shipment", orderId);
  await orders.told(planned(orderId, shipmentId), dispatched(orderId, shipmentId));
  await orders.told(delivered(orderId, shipmentId, new Date(orders.clock.now()).toISOString()));
  return orderId;
}

describe("an order's life", () => {
  test("from the request to the closed order", async () => {
    const received = await send(
      "receiveOrder",
      request({ paymentTerms: "NET30" }),
      li,
      "id number amount { minor } late dueOn",
    );
    expect(received).toMatchObject({
      order: {
        number: expect.stringMatching(/^SO-2026-\d{6}$/),
        amount: { minor: "2500" },
        late: false,
        dueOn: "2026-03-20",
      },
      revision: "0",
      replayed: false,
      userErrors: [],
    });
    const orderId = received.order!["id"] as string;
    expect(lifecycle(await send("verifyOrder", { orderId }, wang))).toBe("VERIFIED");
    const promises = [{ lineId: "1", promisedOn: "2026-03-22" }];
    expect(lifecycle(await send("confirmOrder", { orderId, promises }))).toBe("CONFIRMED");
    const repromised = await send(
      "repromiseSchedule",
      { orderId, lineId: "1", promisedOn: "2026-03-25", reason: "material", askedBy: "FORCE_MAJEURE", note: "台风" },
      li,
      "dueOn lines { schedules { firstPromisedOn promisedOn promises { promisedOn askedBy note } } }",
    );
    expect(repromised.order).toMatchObject({
      dueOn: "2026-03-25",
      lines: [
        {
          schedules: [
            {
              firstPromisedOn: "2026-03-22",
              promisedOn: "2026-03-25",
              promises: [
                { promisedOn: "2026-03-22", askedBy: null, note: null },
                { promisedOn: "2026-03-25", askedBy: "FORCE_MAJEURE", note: "台风" },
              ],
            },
          ],
        },
      ],
    });

    const shipmentId = uuidFrom("shipment", orderId);
    await orders.told(planned(orderId, shipmentId));
    expect(await eventually(async () => (await order(orderId, "lifecycle"))["lifecycle"] === "IN_EXECUTION")).toBe(
      true,
    );
    await orders.told(dispatched(orderId, shipmentId), delivered(orderId, shipmentId, "2026-03-02T10:00:00.000Z"));
    const arrived = await eventually(async () => {
      const found = await order(
        orderId,
        "shipping delivery deliveredOn deliveredLate payment paymentDueOn acceptanceDueAt availableActions",
      );
      return found["delivery"] === "FULL" && found;
    });
    expect(arrived).toEqual({
      shipping: "FULL",
      delivery: "FULL",
      deliveredOn: "2026-03-02",
      deliveredLate: false,
      payment: "DUE",
      paymentDueOn: "2026-04-01",
      acceptanceDueAt: "2026-03-09T10:00:00.000Z",
      availableActions: [
        "recordCountersignature",
        "proposeAmendment",
        "placeHold",
        "moveOrder",
        "assignOrder",
        "shareOrder",
        "acceptDelivery",
        "rejectDelivery",
        "authoriseReturn",
      ],
    });

    expect(codes(await send("closeOrder", { orderId }))).toEqual(["ORDER_STATE"]);
    expect(lifecycle(await send("acceptDelivery", { orderId }))).toBe("COMPLETED");
    const { userErrors } = await send("closeOrder", { orderId });
    expect(userErrors).toMatchObject([
      { code: "UNSETTLED", details: { total: "2500", received: "0", currency: "CNY" } },
    ]);

    const { receipt } = await send(
      "recordReceipt",
      { customerId: someone(), amount: cny(3000), method: "transfer" },
      wang,
    );
    const allocation = { receiptId: receipt!["id"], allocations: [{ orderId, amount: cny(2500) }] };
    const allocated = await send(
      "allocateReceipt",
      allocation,
      wang,
      "unallocated { minor } allocations { order { id } amount { minor } }",
    );
    expect(allocated.receipt).toEqual({
      unallocated: { minor: "500" },
      allocations: [{ order: { id: orderId }, amount: { minor: "2500" } }],
    });
    expect(
      await orders.data(li, "query ($token: String!) { orderSettled(token: $token) }", {
        token: allocated.settleToken,
      }),
    ).toEqual({
      orderSettled: true,
    });
    expect(lifecycle(await send("closeOrder", { orderId }))).toBe("CLOSED");
    expect(
      await order(orderId, "payment received { minor } receipts { number amount { minor } } availableActions dueOn"),
    ).toEqual({
      payment: "PAID",
      received: { minor: "2500" },
      receipts: [{ number: expect.stringMatching(/^RC-2026-\d{6}$/), amount: { minor: "3000" } }],
      availableActions: ["moveOrder", "assignOrder", "shareOrder"],
      dueOn: null,
    });
  });

  test("the clock accepts what nobody answers to", async () => {
    const orderId = await deliveredOrder({ acceptanceDays: 2 });
    await eventually(async () => (await order(orderId, "acceptanceDueAt"))["acceptanceDueAt"]);
    orders.clock.advance(2 * 86_400_000);
    const accepted = await eventually(async () => {
      const found = await order(orderId, "lifecycle acceptance { acceptedBy acceptedAt }");
      return found["lifecycle"] === "COMPLETED" && found;
    });
    expect(accepted).toMatchObject({ acceptance: { acceptedBy: "CLOCK", acceptedAt: "2026-03-04T08:00:00.000Z" } });
  });

  test("a severe issue holds the completion up until it is closed", async () => {
    const orderId = await deliveredOrder();
    const issueId = uuidFrom("issue", orderId);
    const about = { orderIds: [orderId], orderId };
    await orders.told({
      type: "issue.opened",
      issueId,
      ...about,
      number: "IS-1",
      severity: "severe",
      title: "broken",
      openedAt: "2026-03-04T08:00:00.000Z",
      openedOn: "2026-03-04",
      ...scope,
    });
    const accepted = await send("acceptDelivery", { orderId }, li, "lifecycle blockingIssues { id }");
    expect(accepted.order).toEqual({ lifecycle: "IN_EXECUTION", blockingIssues: [{ id: issueId }] });
    await orders.told({ type: "issue.closed", issueId, ...about, cause: "transport" });
    await eventually(async () => (await order(orderId, "lifecycle"))["lifecycle"] === "COMPLETED");
  });

  test("a dispatch that raced a cancellation is recorded", async () => {
    const orderId = await confirmedOrder();
    const shipmentId = uuidFrom("shipment", orderId);
    await orders.told(planned(orderId, shipmentId));
    const cancelled = await send(
      "cancelOrder",
      { orderId, reason: "customer-request", cancelledBy: "CUSTOMER", note: "改主意了" },
      li,
      "lifecycle cancellation { cancelledBy reason note enteredBy }",
    );
    expect(cancelled.order).toEqual({
      lifecycle: "CANCELLED",
      cancellation: { cancelledBy: "CUSTOMER", reason: "customer-request", note: "改主意了", enteredBy: "li" },
    });
    await orders.told(dispatched(orderId, shipmentId));
    await eventually(async () => (await order(orderId, "shipping"))["shipping"] === "FULL");
    expect(await order(orderId, "lifecycle")).toEqual({ lifecycle: "CANCELLED" });
  });
});

describe("receiving", () => {
  test("every fault is told at once, in the caller's language, and nothing is appended", async () => {
    const input = { commandId: newId(), channel: "API", lines: [{ quantity: "-1", requestedOn: "2026-02-30" }] };
    const text =
      "mutation ($input: ReceiveOrderInput!) { receiveOrder(input: $input) { order { id } settleToken userErrors { code field message } } }";
    const { data } = await orders.ask(li, text, { input }, "zh-CN");
    expect((data as Node)["receiveOrder"]).toMatchObject({ order: null, settleToken: null });
    expect((data as Node)["receiveOrder"].userErrors).toEqual([
      { code: "CUSTOMER_MISSING", field: "customerId", message: "customerId：必须填写客户。" },
      { code: "CURRENCY_INVALID", field: "currency", message: expect.any(String) },
      { code: "TEXT_MISSING", field: "lines.0.sku", message: expect.any(String) },
      { code: "QUANTITY_NOT_POSITIVE", field: "lines.0.quantity", message: expect.stringContaining("（-1）") },
      { code: "DATE_INVALID", field: "lines.0.requestedOn", message: expect.any(String) },
      { code: "PRICE_INVALID", field: "lines.0.unitPrice", message: expect.any(String) },
    ]);
  });
  test("the same command again is replayed, another one under its id refused", async () => {
    const input = { ...request(), commandId: newId() };
    const first = await send("receiveOrder", input, li, "id number");
    expect(await send("receiveOrder", input, li, "id number")).toEqual({ ...first, replayed: true });
    expect(codes(await send("receiveOrder", { ...input, currency: "EUR" }))).toEqual(["COMMAND_ID_REUSED"]);
  });
  test("a channel's order comes once: the same again is the same one, another one is refused by what differs", async () => {
    const input = request({ channel: "MAIL", sourceReference: "PO-77" });
    const { order: first } = await send("receiveOrder", input, li, "id number");
    expect(first!["id"]).toBe(uuidFrom("order", "mail", input.customerId, "PO-77"));
    const again = await send("receiveOrder", input, li, "id number");
    expect(again).toMatchObject({ order: first, replayed: false, userErrors: [] });
    const { userErrors } = await send("receiveOrder", { ...input, incoterm: { code: "FOB" } });
    expect(userErrors).toMatchObject([
      {
        code: "ORDER_EXISTS",
        details: { number: first!["number"], orderId: first!["id"] },
        message: expect.stringContaining(first!["number"]),
      },
      { code: "ORDER_DIFFERS", field: "incoterm.code", details: { theirs: "FOB" } },
    ]);
  });
  test("what leads to a person is sealed, and opened for whom the policy allows", async () => {
    const deliveryPoint = {
      name: "Werk 2",
      country: "DE",
      address: "Hauptstr. 1",
      contactName: "Erika",
      phone: "+49 1",
    };
    const customerId = someone();
    const id = await receivedOrder({ deliveryPoint, customerId, department: "cn/east" });
    const selected = "deliveryPoint { name country address contactName phone }";
    expect(await order(id, selected)).toEqual({ deliveryPoint });
    const open = { name: "Werk 2", country: "DE", address: null, contactName: null, phone: null };
    expect(await order(id, selected, auditor)).toEqual({ deliveryPoint: open });
    const { doc } = (await orders.service.documents("orders").get<object>("orders", id))!;
    expect(JSON.stringify(doc)).not.toMatch(/Hauptstr|Erika|\+49/);
    await orders.keys.erase(customerId, "2026-03-02T08:00:00.000Z");
    expect(await order(id, selected)).toEqual({ deliveryPoint: open });
    const hold = { orderId: id, hold: "CUSTOMER" };
    const refused = [{ code: "SUBJECT_ERASED", message: expect.stringContaining("erased for good"), field: null, details: { subject: customerId } }]; // prettier-ignore
    expect((await send("placeHold", { ...hold, note: "Erika called" })).userErrors).toEqual(refused);
    expect((await send("receiveOrder", request({ deliveryPoint, customerId }))).userErrors).toEqual(refused);
    expect(codes(await send("placeHold", hold))).toEqual([]);
  });
  test("it belongs to the caller's department, or to another one that the caller sees", async () => {
    expect(await order(await receivedOrder(), "department assignee enteredBy")).toEqual({
      department: "cn/east",
      assignee: "li",
      enteredBy: "li",
    });
    expect(codes(await send("receiveOrder", request({ department: "de" })))).toEqual(["DEPARTMENT_OUT_OF_SCOPE"]);
    const below = await send("receiveOrder", request({ department: "cn/west" }), wang, "department");
    expect(below.order).toEqual({ department: "cn/west" });
  });
  test("custom fields and references come back as they went in", async () => {
    const extras = {
      customFields: [
        { name: "colour", value: "red" },
        { name: "layers", value: 3 },
        { name: "rush", value: true },
      ],
      references: [{ system: "erp", number: "4500" }],
      incoterm: { code: "FOB", place: "上海" },
    };
    const id = await receivedOrder(extras);
    expect(await order(id, "customFields { name value } references { system number } incoterm { code place }")).toEqual(
      extras,
    );
  });
});

describe("deciding", () => {
  test("who entered it does not verify it; the others are offered to", async () => {
    const orderId = await receivedOrder();
    expect(codes(await send("verifyOrder", { orderId }))).toEqual(["SAME_PERSON"]);
    expect((await order(orderId, "availableActions"))["availableActions"]).not.toContain("verifyOrder");
    expect((await order(orderId, "availableActions", wang))["availableActions"]).toContain("verifyOrder");
  });
  test("a rule set verifies what an importer brought in, and its findings are kept", async () => {
    const input = request({
      channel: "IMPORT",
      sourceReference: "4711",
      occurredAt: "2018-03-01T03:00:00Z",
      historical: true,
    });
    const imported = await send("receiveOrder", input, importer, "id number receivedAt enteredBy");
    expect(imported.order).toMatchObject({
      number: expect.stringMatching(/^SO-2018-/),
      receivedAt: "2018-03-01T03:00:00.000Z",
      enteredBy: "import:olist",
    });
    const orderId = imported.order!["id"] as string;
    expect(codes(await send("verifyOrder", { orderId }, importer))).toEqual(["RULE_SET_NEEDED"]);
    expect(codes(await send("verifyOrder", { orderId, ruleSet: "import@9" }, importer))).toEqual(["RULE_SET_UNKNOWN"]);
    const verified = await send(
      "verifyOrder",
      { orderId, ruleSet: "import@1" },
      importer,
      "verification { verifiedBy rules { rule passed } }",
    );
    expect(verified.order!["verification"]).toMatchObject({
      verifiedBy: "import@1",
      rules: expect.arrayContaining([{ rule: "SOURCE_REFERENCE_GIVEN", passed: true }]),
    });
  });
  test("only who may backdate tells of the past", async () => {
    const orderId = await receivedOrder();
    const { userErrors } = await send("cancelOrder", {
      orderId,
      reason: "x",
      cancelledBy: "US",
      occurredAt: "2026-01-01T00:00:00Z",
    });
    expect(userErrors).toMatchObject([{ code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" }]);
    const receipt = { customerId: someone(), amount: cny(1), method: "cash", occurredAt: "2026-01-01T00:00:00Z" };
    expect(codes(await send("recordReceipt", receipt, wang))).toEqual([]);
    expect(codes(await send("recordReceipt", { ...receipt, historical: true }, wang))).toEqual([
      "BACKDATE_RIGHT_NEEDED",
    ]);
  });
  test("corrections, discrepancies and holds are seen with their notes", async () => {
    const orderId = await receivedOrder();
    const corrected = await send(
      "correctOrder",
      { orderId, lines: [{ ...line, quantity: "12" }], note: "typo" },
      wang,
      "amount { minor } corrections { correctedBy changes { path from to } note }",
    );
    expect(corrected.order).toMatchObject({
      amount: { minor: "3000" },
      corrections: [
        {
          correctedBy: "wang",
          note: "typo",
          changes: expect.arrayContaining([{ path: "lines.1.quantity", from: "10", to: "12" }]),
        },
      ],
    });
    const differs = { orderId, aspect: "SHIPPING_MARK", ours: "A", theirs: "B", note: "call them" };
    const recorded = await send(
      "recordDiscrepancy",
      differs,
      li,
      "lifecycle discrepancies { discrepancyId aspect comparedWith note resolution { outcome } }",
    );
    expect(recorded.order).toMatchObject({
      lifecycle: "DISCREPANT",
      discrepancies: [{ aspect: "SHIPPING_MARK", comparedWith: "PURCHASE_ORDER", note: "call them", resolution: null }],
    });
    expect(codes(await send("verifyOrder", { orderId }, { ...wang, user: "zhao" }))).toEqual(["DISCREPANCY_OPEN"]);
    const { discrepancyId } = recorded.order!["discrepancies"][0] as { discrepancyId: string };
    const resolved = await send(
      "resolveDiscrepancy",
      { orderId, discrepancyId, outcome: "AGREED", note: "fine" },
      li,
      "lifecycle discrepancies { resolution { outcome resolvedBy note } }",
    );
    expect(resolved.order).toEqual({
      lifecycle: "RECEIVED",
      discrepancies: [{ resolution: { outcome: "AGREED", resolvedBy: "li", note: "fine" } }],
    });
    const held = await send(
      "placeHold",
      { orderId, hold: "CREDIT", note: "limit" },
      wang,
      "holds { hold placedBy note }",
    );
    expect(held.order).toEqual({ holds: [{ hold: "CREDIT", placedBy: "wang", note: "limit" }] });
    expect(codes(await send("releaseHold", { orderId, hold: "STOCK" }))).toEqual(["HOLD_NOT_FOUND"]);
    expect((await send("releaseHold", { orderId, hold: "CREDIT" }, li, "holds { hold }")).order).toEqual({ holds: [] });
    const unchanged = await send("cancelOrder", { orderId, reason: "x", cancelledBy: "US" });
    const again = await send("cancelOrder", { orderId, reason: "y", cancelledBy: "US" });
    expect([again.revision, codes(again)]).toEqual([unchanged.revision, []]);
  });
});

describe("scope", () => {
  test("out of scope answers exactly as absent", async () => {
    const id = await receivedOrder();
    const absent = uuidFrom("nothing");
    expect(await order(id, "id", fritz)).toBeNull();
    for (const input of [{ hold: "CREDIT" }, { hold: "CREDIT", note: "x" }]) {
      const there = await send("placeHold", { ...input, orderId: id }, fritz);
      const nowhere = await send("placeHold", { ...input, orderId: absent }, fritz);
      expect(JSON.stringify(there).replaceAll(id, "ID")).toBe(JSON.stringify(nowhere).replaceAll(absent, "ID"));
      expect(codes(there)).toEqual(["NOT_FOUND"]);
    }
    expect(codes(await send("correctOrder", { orderId: id, paymentTerms: "COD" }, fritz))).toEqual(["NOT_FOUND"]);
  });
  test("money goes to no order that the caller does not see", async () => {
    const orderId = await receivedOrder();
    const { receipt } = await send("recordReceipt", { customerId: someone(), amount: cny(5), method: "cash" }, fritz);
    const allocate = { receiptId: receipt!["id"], allocations: [{ orderId, amount: cny(5) }] };
    expect(codes(await send("allocateReceipt", allocate, fritz))).toEqual(["ORDER_NOT_FOUND"]);
    expect(codes(await send("allocateReceipt", allocate, wang))).toEqual(["NOT_FOUND"]);
  });
  test("references from other services are checked too", async () => {
    const id = await receivedOrder();
    const text =
      "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { id availableActions } } }";
    const representations = [{ __typename: "Order", id }];
    expect(await orders.data(li, text, { representations })).toEqual({ _entities: [{ id, availableActions: null }] });
    expect(await orders.data(fritz, text, { representations })).toEqual({ _entities: [null] });
  });
});

describe("lists", () => {
  const buyer = uuidFrom("customer", "lists");
  const list = async (args: string, selected = "nodes { number }", as: Identity = wang) =>
    (await orders.data<{ orders: Node }>(as, `{ orders(${args}) { ${selected} } }`)).orders;
  const names = async (args: string) =>
    ((await list(args, "nodes { sourceReference }"))["nodes"] as Node[]).map((node) => node["sourceReference"]);
  const mine = (more = "") => `filter: { customerId: "${buyer}" ${more} }`;

  beforeAll(async () => {
    const make = async (sourceReference: string, price: number, requestedOn: string, more: object = {}) => {
      const made = await receivedOrder({
        channel: "API",
        sourceReference,
        customerId: buyer,
        lines: [
          { sku: `SKU ${sourceReference}`, description: "手机壳", quantity: "1", unitPrice: cny(price), requestedOn },
        ],
        ...more,
      });
      orders.clock.advance(1_000);
      return made;
    };
    await make("a", 300, "2026-05-01");
    await make("b", 100, "2026-03-01");
    const held = await make("c", 200, "2026-04-01");
    await send("placeHold", { orderId: held, hold: "STOCK" });
    await orders.data(li, 'query ($id: ID!) { order(id: $id, atLeastRevision: "1") { id } }', { id: held });
  });

  test("by due day, receipt or amount, both ways", async () => {
    expect(await names(mine())).toEqual(["c", "b", "a"]);
    expect(await names(`${mine()}, orderBy: { direction: ASC }`)).toEqual(["a", "b", "c"]);
    expect(await names(`${mine()}, orderBy: { field: DUE, direction: ASC }`)).toEqual(["b", "c", "a"]);
    expect(await names(`${mine('currency: "CNY"')}, orderBy: { field: AMOUNT }`)).toEqual(["a", "c", "b"]);
    const { errors } = await orders.ask(wang, "{ orders(orderBy: { field: AMOUNT }) { totalCount } }");
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", field: "filter.currency" } }]);
  });
  test.each([
    ["late: true", ["b"]],
    ["late: false", ["c", "a"]],
    ["held: true", ["c"]],
    ["held: false", ["b", "a"]],
    ['dueFrom: "2026-03-15", dueTo: "2026-04-01"', ["c"]],
    ['text: "手机 sku"', ["c", "b", "a"]],
    ['text: "SKU b"', ["b"]],
    ['text: "nothing"', []],
    ['text: " - "', ["c", "b", "a"]],
    ["lifecycle: RECEIVED", ["c", "b", "a"]],
    ["lifecycle: [IN_EXECUTION, CLOSED]", []],
    ["shipping: [NONE], delivery: [NONE, PARTIAL]", ["c", "b", "a"]],
    ['department: "cn"', ["c", "b", "a"]],
    ['department: "cn/ea"', []],
    ['assignee: "li"', ["c", "b", "a"]],
    ['assignee: "wang"', []],
    ['currency: "EUR"', []],
  ])("filtered by %s", async (filter, expected) => {
    expect(await names(mine(filter))).toEqual(expected);
    const { totalCount, totalIsExact } = await list(mine(filter), "totalCount totalIsExact");
    expect([totalCount, totalIsExact]).toEqual([expected.length, true]);
  });
  test("page by page", async () => {
    const selected = "nodes { sourceReference } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }";
    const first = await list(`first: 2, ${mine()}`, selected);
    expect(first).toMatchObject({
      nodes: [{ sourceReference: "c" }, { sourceReference: "b" }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const second = await list(`first: 2, after: "${first["pageInfo"].endCursor}", ${mine()}`, selected);
    expect(second).toMatchObject({
      nodes: [{ sourceReference: "a" }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });
  test("nobody counts or sees what lies outside of their scope", async () => {
    expect(await list(mine(), "nodes { id } totalCount", fritz)).toEqual({ nodes: [], totalCount: 0 });
  });
  test("in lists no order tells its actions", async () => {
    expect((await list(`first: 1, ${mine()}`, "nodes { availableActions }"))["nodes"]).toEqual([
      { availableActions: null },
    ]);
  });
  test("by number, and receipts by customer", async () => {
    const [{ number, id }] = (await list(mine(), "nodes { number id }"))["nodes"] as [Node];
    expect(await orders.data(li, `{ orderByNumber(number: " ${number} ") { id availableActions } }`)).toEqual({
      orderByNumber: { id, availableActions: expect.arrayContaining(["cancelOrder"]) },
    });
    await send("recordReceipt", { customerId: buyer, amount: cny(0), method: "voucher", reference: "V-1" }, wang);
    const found = await orders.data<{ receipts: Node }>(
      wang,
      `{ receipts(customerId: "${buyer}") { totalCount nodes { id number method reference disputed recordedBy customer { id } unallocated { minor } } } }`,
    );
    expect(found.receipts).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: expect.any(String),
          number: expect.stringMatching(/^RC-/),
          method: "voucher",
          reference: "V-1",
          disputed: false,
          recordedBy: "wang",
          customer: { id: buyer },
          unallocated: { minor: "0" },
        },
      ],
    });
    const { id: receiptId } = found.receipts["nodes"][0] as Node;
    expect(await orders.data(fritz, `{ receipt(id: "${receiptId}") { id } }`)).toEqual({ receipt: null });
    expect(await orders.data(wang, `{ receipt(id: "${receiptId}", atLeastRevision: "0") { revision } }`)).toEqual({
      receipt: { revision: "0" },
    });
  });
});

test("documents are what their events fold to", async () => {
  expect((await orders.service.verify()).differences).toEqual([]);
  expect(await orders.service.parked()).toEqual([]);
});
