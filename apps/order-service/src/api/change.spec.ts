// What becomes of a binding order through the graph: holds, dates, amendments.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import { addDays, dayIn, newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["sales", "finance"], departments: ["cn"] };
const fritz: Identity = { user: "fritz", roles: ["sales"], departments: ["de"] };
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

describe("dates", () => {
  const ask = async (asked: string, as: Identity = li) => {
    const selected = `nodes { order { id } customer { id } lineId kind promisedOn toldBy reason askedBy agreedWith
      status kept daysLate deliveredOn replacedBy id } totalCount pageInfo { hasNextPage endCursor }`;
    return (await orders.data<{ promises: Node }>(as, `{ promises(${asked}) { ${selected} } }`)).promises;
  };
  const whole = [{ lineId: "1", scheduleId: "1", quantity: "10" }];
  const dispatched = (orderId: string, dispatchedAt: string): PublicEvent => ({
    type: "shipment.dispatched",
    shipmentId: uuidFrom("shipment", orderId),
    orderIds: [orderId],
    orders: [{ orderId, lines: whole }],
    dispatchedAt,
    breaches: [],
    department: "cn/east",
    visibleTo: ["d:cn/east"],
  });

  test("the ledger tells every one, by whom, and whether it was kept at the Incoterm's delivery point", async () => {
    const customerId = newId();
    const orderId = await confirmedOrder({ customerId, incoterm: { code: "FOB", place: "Shanghai" } });
    const at = { orderId, lineId: "1" };
    await send("repromiseSchedule", { ...at, promisedOn: "2026-03-28", reason: "material", askedBy: "SUPPLIER" }, wang);
    const agreed = await send(
      "agreeDate",
      { ...at, agreedOn: "2026-03-24", agreedWith: "Erika" },
      li,
      "lines { schedules { agreedOn agreements { agreedOn agreedBy agreedWith } } }",
    );
    expect(agreed.order).toEqual({
      lines: [
        {
          schedules: [
            { agreedOn: "2026-03-24", agreements: [{ agreedOn: "2026-03-24", agreedBy: "li", agreedWith: "Erika" }] },
          ],
        },
      ],
    });
    const open = await ask(`orderId: "${orderId}"`);
    expect(open["totalCount"]).toBe(3);
    expect(open["nodes"]).toMatchObject([
      {
        order: { id: orderId },
        customer: { id: customerId },
        kind: "FIRST",
        promisedOn: "2026-03-20",
        toldBy: "li",
        status: "REPLACED",
        kept: null,
        replacedBy: open["nodes"][2].id,
      },
      { kind: "AGREED", promisedOn: "2026-03-24", toldBy: "li", agreedWith: "Erika", status: "OPEN", kept: null },
      { kind: "REPROMISED", promisedOn: "2026-03-28", toldBy: "wang", reason: "material", askedBy: "SUPPLIER" },
    ]);
    await orders.told(dispatched(orderId, "2026-03-26T09:00:00.000Z"));
    await eventually(async () => (await order(orderId, "handedOverOn"))["handedOverOn"]);
    expect(
      await order(orderId, "dueOn late delivery deliveredLate handedOverOn lines { schedules { metOn } }"),
    ).toEqual({
      dueOn: null,
      late: false,
      delivery: "NONE",
      deliveredLate: false,
      handedOverOn: "2026-03-26",
      lines: [{ schedules: [{ metOn: "2026-03-26" }] }],
    });
    expect((await ask(`customerId: "${customerId}", direction: DESC`))["nodes"]).toMatchObject([
      { kind: "REPROMISED", status: "KEPT", kept: true, daysLate: 0, deliveredOn: "2026-03-26" },
      { kind: "AGREED", status: "BROKEN", kept: false, daysLate: 2 },
      { kind: "FIRST", status: "REPLACED", kept: false, daysLate: 6 },
    ]);
    const kept = await ask(`customerId: "${customerId}", filter: { status: [KEPT] }`);
    expect(kept["nodes"]).toMatchObject([{ kind: "REPROMISED" }]);
    const told = await ask(`person: "wang", filter: { kind: [REPROMISED] }, orderId: "${orderId}"`);
    expect(told["nodes"]).toHaveLength(1);
    expect((await ask(`orderId: "${orderId}"`, fritz))["nodes"]).toEqual([]);
  });

  test("an open one is broken as soon as its day is over, and counts the days; pages follow each other", async () => {
    const customerId = newId();
    const schedules = ["2026-03-05", "2026-03-06", "2026-03-07"].map((requestedOn) => ({ quantity: "1", requestedOn }));
    await confirmedOrder({ customerId, lines: [{ ...line, quantity: "3", schedules }] });
    const days = async (more = "") =>
      (await ask(`customerId: "${customerId}"${more}`))["nodes"].map((node: Node) => node["promisedOn"]) as string[];
    const first = await ask(`customerId: "${customerId}", first: 2`);
    expect(first["pageInfo"]).toMatchObject({ hasNextPage: true });
    expect(await days(`, after: "${first["pageInfo"].endCursor}"`)).toEqual(["2026-03-07"]);
    const now = new Date("2026-03-06T17:00:00.000Z").getTime(); // the seventh in Shanghai
    orders.clock.advance(Math.max(0, now - orders.clock.now()));
    expect(await days(", filter: { status: [OPEN] }")).toEqual(["2026-03-07"]);
    const broken = await ask(`customerId: "${customerId}", filter: { status: [BROKEN] }`);
    expect(broken["nodes"]).toMatchObject([
      { promisedOn: "2026-03-05", status: "BROKEN", kept: false, daysLate: 2, deliveredOn: null },
      { promisedOn: "2026-03-06", status: "BROKEN", daysLate: 1 },
    ]);
  });

  test("an Incoterm says who books, who insures and where delivery counts", async () => {
    const orderId = await confirmedOrder({ incoterm: { code: "CIP", place: "Hamburg" } });
    const selected = "incoterm { code place books insures insuranceObliged deliveredAt riskPassesAt seaOnly }";
    expect(await order(orderId, selected)).toEqual({
      incoterm: {
        code: "CIP",
        place: "Hamburg",
        books: "SELLER",
        insures: "SELLER",
        insuranceObliged: true,
        deliveredAt: "CARRIER",
        riskPassesAt: "CARRIER",
        seaOnly: false,
      },
    });
  });
});

describe("amendments", () => {
  const at = { lineId: "1", scheduleId: "1" };
  const planned = (orderId: string, shipmentId: string, quantity: string): PublicEvent => ({
    type: "shipment.planned",
    shipmentId,
    orderIds: [orderId],
    number: "SH-1",
    orders: [{ orderId, lines: [{ ...at, quantity }] }],
    mode: "parcel",
    packages: [],
    department: "cn/east",
    visibleTo: ["d:cn/east"],
  });
  const amendment = `amendmentId version status reason askedBy proposedBy approvedBy changes { path from to } total { minor }`;
  const impact = `impact { promises { lineId from to } releases { shipmentId lines { quantity } } shipmentIds approvals
    obstacles totalBefore { minor } totalAfter { minor } exposure { minor } milestones { milestoneId } }`;

  test("of payment milestones: the impact tells amounts and days, applied they are the order's", async () => {
    const orderId = await confirmedOrder();
    const milestones = [
      { milestoneId: "deposit", percent: "40", due: "CONFIRMATION", days: 3 },
      { milestoneId: "rest", due: "DELIVERY", days: 30 },
    ];
    const dueOn = addDays(dayIn("Asia/Shanghai", new Date(orders.clock.now()).toISOString()), 3);
    const ask = (more: object) => ({ orderId, version: 1, reason: "terms", askedBy: "CUSTOMER", ...more });
    const short = await send("proposeAmendment", ask({ milestones: [{ ...milestones[0] }] }));
    expect(codes(short)).toEqual(["MILESTONES_DO_NOT_SUM"]);
    const moves = "milestones { milestoneId before { minor } after { minor } dueBefore dueAfter }";
    const selected = `amendment { amendmentId changes { path from to } impact { ${moves} } }`;
    const proposed = await send("proposeAmendment", ask({ milestones }), li, selected);
    const { amendmentId, ...open } = proposed.order!["amendment"] as { amendmentId: string };
    expect(open).toMatchObject({
      changes: [
        { path: "paymentMilestones.deposit", from: null, to: "40% confirmation+3" },
        { path: "paymentMilestones.rest", from: null, to: "rest delivery+30" },
      ],
      impact: {
        milestones: [
          { milestoneId: "deposit", before: null, after: { minor: "1000" }, dueBefore: null, dueAfter: dueOn },
          { milestoneId: "rest", before: null, after: { minor: "1500" }, dueBefore: null, dueAfter: null },
        ],
      },
    });
    const hidden = await order(orderId, "amendment { changes { path to } }", { ...li, roles: ["warehouse"] });
    expect(hidden["amendment"]).toMatchObject({ changes: [{ path: "paymentMilestones.deposit", to: null }, {}] });
    expect(codes(await send("approveAmendment", { orderId, amendmentId }, ma))).toEqual([]);
    const applied = await send(
      "applyAmendment",
      { orderId, amendmentId },
      li,
      "paymentMilestones { milestoneId dueOn }",
    );
    expect(codes(applied)).toEqual([]);
    expect(applied.order!["paymentMilestones"]).toEqual([
      { milestoneId: "deposit", dueOn },
      { milestoneId: "rest", dueOn: null },
    ]);
    const text = "query ($id: ID!) { told: compareVersions(orderId: $id, from: 1, to: 2) { path to } }";
    const { told } = await orders.data<{ told: object[] }>(li, text, { id: orderId });
    expect(told).toEqual([
      { path: "paymentMilestones.deposit", to: "40% confirmation+3" },
      { path: "paymentMilestones.rest", to: "rest delivery+30" },
    ]);
  });
  test("proposed with what it would do, approved by another person, applied as the next version", async () => {
    const orderId = await confirmedOrder();
    const [first, second] = [uuidFrom("first", orderId), uuidFrom("second", orderId)];
    await orders.told(planned(orderId, first, "4"), planned(orderId, second, "6"));
    const proposed = await send(
      "proposeAmendment",
      {
        orderId,
        version: 1,
        reason: "less-needed",
        askedBy: "CUSTOMER",
        lines: [{ lineId: "1", quantity: "7", unitPrice: { minor: "300", currency: "CNY" } }],
        promises: [{ lineId: "1", promisedOn: "2026-03-25" }],
        note: "Erika called",
      },
      li,
      `version amendment { ${amendment} note ${impact} } availableActions`,
    );
    expect(proposed.userErrors).toEqual([]);
    expect(proposed.order).toMatchObject({
      version: 1,
      amendment: {
        version: 1,
        status: "PROPOSED",
        reason: "less-needed",
        askedBy: "CUSTOMER",
        proposedBy: "li",
        approvedBy: null,
        total: { minor: "2100" },
        note: "Erika called",
        impact: {
          promises: [{ lineId: "1", from: "2026-03-20", to: "2026-03-25" }],
          releases: [{ shipmentId: second, lines: [{ quantity: "3" }] }],
          shipmentIds: [first, second],
          approvals: ["ANOTHER_PERSON"],
          obstacles: [],
          totalBefore: { minor: "2500" },
          totalAfter: { minor: "2100" },
          exposure: { minor: "-400" },
        },
      },
    });
    expect(proposed.order!["availableActions"]).toEqual(expect.arrayContaining(["withdrawAmendment"]));
    const { amendmentId } = proposed.order!["amendment"];
    const named = { orderId, amendmentId };
    expect(codes(await send("applyAmendment", named))).toEqual(["AMENDMENT_NOT_APPROVED"]);
    const manager = { ...li, roles: ["manager"] };
    expect(codes(await send("approveAmendment", named, manager))).toEqual(["PROPOSER_APPROVES"]);
    const approved = await send("approveAmendment", named, ma, `amendment { ${amendment} }`);
    expect(approved.order).toMatchObject({ amendment: { status: "APPROVED", approvedBy: "ma" } });
    const applied = await send(
      "applyAmendment",
      named,
      li,
      `version amount { minor } amendment { status } amendments { status } versions { version amendmentId total { minor }
        changes { path } } lines { quantity schedules { allocated promisedOn firstPromisedOn promises { reason } } }`,
    );
    expect(applied.order).toMatchObject({
      version: 2,
      amount: { minor: "2100" },
      amendment: null,
      amendments: [{ status: "APPLIED" }],
      versions: [
        { version: 1, amendmentId: null, total: { minor: "2500" }, changes: [] },
        { version: 2, amendmentId, total: { minor: "2100" } },
      ],
      lines: [
        {
          quantity: "7",
          schedules: [
            {
              allocated: "7",
              promisedOn: "2026-03-25",
              firstPromisedOn: "2026-03-20",
              promises: [{ reason: null }, { reason: "less-needed" }],
            },
          ],
        },
      ],
    });
    const compare = `query ($id: ID!, $to: Int!) { compareVersions(orderId: $id, from: 1, to: $to) { path from to } }`;
    expect(await orders.data(li, compare, { id: orderId, to: 2 })).toEqual({
      compareVersions: [
        { path: "lines.1.quantity", from: "10", to: "7" },
        { path: "lines.1.unitPrice", from: "250 CNY", to: "300 CNY" },
        { path: "lines.1.amount", from: "2500 CNY", to: "2100 CNY" },
        { path: "lines.1.schedules.1.quantity", from: "10", to: "7" },
        { path: "lines.1.schedules.1.promisedOn", from: "2026-03-20", to: "2026-03-25" },
      ],
    });
    expect(await orders.data(li, compare, { id: orderId, to: 3 })).toEqual({ compareVersions: null });
    expect(await orders.data(fritz, compare, { id: orderId, to: 2 })).toEqual({ compareVersions: null });
  });

  test("what a line that is dropped was promised stays in the ledger, withdrawn", async () => {
    const orderId = await confirmedOrder({ lines: [line, { ...line, sku: "B-2" }] });
    const asked = { orderId, version: 1, reason: "x", askedBy: "CUSTOMER", dropped: ["2"] };
    const { order: open } = await send(
      "proposeAmendment",
      asked,
      li,
      "amendment { amendmentId impact { promises { to } } }",
    );
    expect(open!["amendment"].impact).toEqual({ promises: [{ to: null }] });
    const named = { orderId, amendmentId: open!["amendment"].amendmentId };
    await send("approveAmendment", named, ma);
    expect(codes(await send("applyAmendment", named))).toEqual([]);
    const { promises } = await orders.data<{ promises: Node }>(
      li,
      `{ promises(orderId: "${orderId}") { nodes { lineId sku status } } }`,
    );
    expect(promises["nodes"]).toEqual([
      { lineId: "1", sku: "A-1", status: "OPEN" },
      { lineId: "2", sku: "B-2", status: "WITHDRAWN" },
    ]);
  });

  test("only as the rules let orders come in, in lines and their custom fields", async () => {
    const orderId = await confirmedOrder();
    await ruling("completeness", { rules: [{ name: "lots", minimumQuantity: "8", required: ["paymentTerms"] }] });
    await ruling("customFields", { fields: [{ name: "cartons", of: "line", type: "integer" }], definedOnly: true });
    const proposing = (line: object) =>
      send(
        "proposeAmendment",
        { orderId, version: 1, reason: "x", askedBy: "CUSTOMER", lines: [{ lineId: "1", ...line }] },
        li,
        "amendment { changes { path to } }",
      );
    expect(codes(await proposing({ quantity: "7" }))).toEqual(["QUANTITY_BELOW_MINIMUM"]);
    expect(codes(await proposing({ customFields: [{ name: "cartons", value: "many" }] }))).toEqual(["FIELD_TYPE"]);
    expect(codes(await proposing({ customFields: [{ name: "pallets", value: "1" }] }))).toEqual(["FIELD_UNKNOWN"]);
    // The terms that are missing were missing before.
    expect(await proposing({ quantity: "8", customFields: [{ name: "cartons", value: "2" }] })).toMatchObject({
      order: { amendment: { changes: expect.arrayContaining([{ path: "lines.1.customFields.cartons", to: "2" }]) } },
      userErrors: [],
    });
    await ruling("completeness", { rules: [] });
    await ruling("customFields", { fields: [], definedOnly: false });
  });

  test("by whom the rules name, level by level, where they do; or withdrawn", async () => {
    await ruling("approval", {
      levels: [{ level: "sales", subjects: ["amendment"], need: "any", of: [{ person: "wang" }] }],
    });
    const orderId = await confirmedOrder();
    const asked = { orderId, version: 1, reason: "x", askedBy: "CUSTOMER", paymentTerms: "NET60" };
    const { order: open } = await send("proposeAmendment", asked, li, "amendment { amendmentId impact { approvals } }");
    expect(open!["amendment"].impact).toEqual({ approvals: ["sales"] });
    const named = { orderId, amendmentId: open!["amendment"].amendmentId };
    await send("approveAmendment", named, ma);
    expect(codes(await send("applyAmendment", named))).toEqual(["APPROVAL_NEEDED"]);
    const subject = `amendment:${named.amendmentId}`;
    expect(codes(await send("submitForApproval", { orderId, subject }))).toEqual([]);
    expect(codes(await send("approveOrder", { orderId, subject }, wang))).toEqual([]);
    const applied = await send("applyAmendment", named, li, "paymentTerms version");
    expect(applied.order).toEqual({ paymentTerms: "NET60", version: 2 });
    await ruling("approval", { levels: [] });

    const again = await send(
      "proposeAmendment",
      { ...asked, version: 2, paymentTerms: "COD" },
      li,
      "amendment { amendmentId }",
    );
    const withdrawn = await send(
      "withdrawAmendment",
      { orderId, amendmentId: again.order!["amendment"].amendmentId, reason: "kept" },
      li,
      "paymentTerms amendment { status } amendments { status withdrawnBecause endedBy }",
    );
    expect(withdrawn.order).toMatchObject({ paymentTerms: "NET60", amendment: null });
    expect(withdrawn.order!["amendments"][1]).toEqual({ status: "WITHDRAWN", withdrawnBecause: "kept", endedBy: "li" });
  });
});
