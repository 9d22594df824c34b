// Cases and issues as callers find them, with the other services played on the bus.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import { newId, uuidFrom } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { startCustomerService, type ServiceUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["service"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["production"], departments: ["cn/factory"] };
const chen: Identity = { user: "chen", roles: ["manager"], departments: ["cn"] };
const stranger: Identity = { user: "kim", roles: ["service"], departments: ["us"] };
const auditor: Identity = { user: "aud", roles: ["auditor"], departments: ["cn"] };
const importer: Identity = { user: "olist", roles: ["importer"] };

let it: ServiceUnderTest;
beforeAll(async () => {
  it = await startCustomerService();
});
afterAll(async () => {
  expect(it.faults).toEqual([]);
  await it.stop();
});

type Node = Readonly<Record<string, unknown>> & { readonly id: string };
const codes = ({ userErrors }: { readonly userErrors: readonly { readonly code: string }[] }) =>
  userErrors.map(({ code }) => code);
/** Sends a mutation that must be taken; gives what was selected of its aggregate. */
async function take(as: Identity, mutation: string, input: object, selected = "id"): Promise<Node> {
  const { userErrors, revision, replayed, settleToken, ...aggregate } = await it.send(as, mutation, input, selected);
  expect(userErrors).toEqual([]);
  expect({ revision, replayed, settleToken }).toEqual({
    revision: expect.any(String),
    replayed: false,
    settleToken: expect.stringMatching(/:\d+$/),
  });
  return Object.values(aggregate)[0] as Node;
}
const refused = async (as: Identity, mutation: string, input: object) => codes(await it.send(as, mutation, input));
const query = <Data>(text: string, variables: object = {}, as: Identity = li) => it.data<Data>(as, text, variables);

const scope = { department: "cn/east/sales", assignee: "zhou", visibleTo: ["d:", "d:cn", "d:cn/east", "d:cn/east/sales", "u:zhou"] }; // prettier-ignore

const newCustomer = async (): Promise<string> =>
  (await take(li, "registerCustomer", { kind: "ORGANISATION", name: "Nordwind" })).id;

/** An order that order-service has told of. */
async function newOrder(customerId: string, zone = "Asia/Shanghai"): Promise<string> {
  const orderId = newId();
  await it.told(orderId, {
    type: "order.received",
    orderId,
    number: "SO-2026-000001",
    channel: "mail",
    customerId,
    currency: "CNY",
    zone,
    receivedAt: "2026-03-01T08:00:00.000Z",
    receivedOn: "2026-03-01",
    lines: [],
    amount: { minor: "0", currency: "CNY" },
    freight: { minor: "0", currency: "CNY" },
    ...scope,
  });
  return orderId;
}

const lateDelivery = (orderId: string, customerId: string, shipmentId = newId()): PublicEvent => ({
  type: "order.delivered",
  orderId,
  customerId,
  shipmentId,
  lines: [],
  deliveredAt: "2026-03-01T18:00:00.000Z",
  deliveredOn: "2026-03-02",
  delivery: "Full",
  late: true,
  breaches: [],
  ...scope,
});

const issuesOf = async (orderId: string, fields = "id state", as: Identity = chen): Promise<Node[]> => {
  await it.settle();
  const text = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { issues { ${fields} } } } }`;
  const { _entities: found } = await query<{ _entities: { issues: Node[] }[] }>(text, { of: [{ __typename: "Order", id: orderId }] }, as); // prettier-ignore
  return found[0]!.issues;
};

describe("a case", () => {
  test("takes the scope of its order, is answered, and is closed", async () => {
    const customerId = await newCustomer();
    const orderId = await newOrder(customerId);
    const input = { kind: "COMPLAINT", customerId, orderId, subject: "damage", text: "broken", priority: "HIGH" };
    const opened = await take(li, "openCase", input, "id number kind state subject text priority department assignee customer { id } order { id } openedAt availableActions"); // prettier-ignore
    const { id } = opened;
    expect(opened).toEqual({
      id,
      number: expect.stringMatching(/^CS-2026-\d{6}$/),
      kind: "COMPLAINT",
      state: "OPEN",
      subject: "damage",
      text: "broken",
      priority: "HIGH",
      department: "cn/east/sales",
      assignee: "zhou",
      customer: { id: customerId },
      order: { id: orderId },
      openedAt: "2026-03-02T08:00:00.000Z",
      availableActions: ["answerCase", "closeCase"],
    });
    const answered = await take(li, "answerCase", { caseId: id, text: "we look into it" }, "state firstAnsweredAt answers { text human answeredBy }"); // prettier-ignore
    expect(answered).toEqual({
      state: "ANSWERED",
      firstAnsweredAt: "2026-03-02T08:00:00.000Z",
      answers: [{ text: "we look into it", human: true, answeredBy: "li" }],
    });
    const closed = await take(li, "closeCase", { caseId: id, outcome: "refunded" }, "state outcome closedAt availableActions"); // prettier-ignore
    expect(closed).toMatchObject({ state: "CLOSED", outcome: "refunded", availableActions: [] });
    expect((await it.send(li, "answerCase", { caseId: id, text: "hello" }, "id", "zh")).userErrors).toEqual([
      {
        code: "CASE_STATE",
        field: null,
        message: "个案状态为已关闭；此操作要求状态为已受理、已答复。",
        details: { state: "closed", allowed: ["open", "answered"] },
      },
    ]);
    const events = await it.engines.eventStore.read(`customer.case-${id}`);
    expect(JSON.stringify(events)).not.toMatch(/broken|we look/);
    expect(await query(`{ case(id: "${id}") { text answers { text } } }`, {}, auditor)).toEqual({
      case: { text: null, answers: [{ text: null }] },
    });
  });

  test("is refused about another customer's order, or one that is not there", async () => {
    const [customerId, other] = [await newCustomer(), await newCustomer()];
    const orderId = await newOrder(other);
    const input = { kind: "INQUIRY", customerId, subject: "date" };
    expect(await refused(li, "openCase", { ...input, orderId })).toEqual(["ORDER_OF_ANOTHER_CUSTOMER"]);
    expect(await refused(li, "openCase", { ...input, orderId: newId() })).toEqual(["ORDER_UNKNOWN"]);
    expect(await refused(stranger, "openCase", { ...input, customerId: other, orderId })).toEqual(["ORDER_UNKNOWN"]);
    expect(await refused(stranger, "openCase", input)).toEqual(["CUSTOMER_NOT_FOUND"]);
  });

  test("out of scope answers exactly as absent", async () => {
    const { id } = await take(li, "openCase", { kind: "INQUIRY", customerId: await newCustomer(), subject: "date" });
    const absent = newId();
    for (const [mutation, more] of [
      ["answerCase", { text: "a" }],
      ["closeCase", { outcome: "done" }],
    ] as const) {
      const hidden = await it.send(stranger, mutation, { caseId: id, ...more });
      expect(codes(hidden)).toEqual(["NOT_FOUND"]);
      expect(JSON.parse(JSON.stringify(hidden).replaceAll(id, absent))).toEqual(
        await it.send(stranger, mutation, { caseId: absent, ...more }),
      );
    }
    expect(await query(`{ case(id: "${id}") { id } }`, {}, stranger)).toEqual({ case: null });
    const ref = { of: [{ __typename: "Case", id }] };
    const entity = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Case { number } } }";
    expect(await query(entity, ref, stranger)).toEqual({ _entities: [null] });
    expect(await query(entity, ref)).toEqual({ _entities: [{ number: expect.any(String) }] });
  });

  test("is read at the revision that a payload names, and by its number", async () => {
    const opened = await it.send(li, "openCase", { kind: "INQUIRY", customerId: await newCustomer(), subject: "date" }, "id number"); // prettier-ignore
    const { id, number } = opened["case"] as Node;
    const { case: found } = await query<{ case: Node }>(`{ case(id: "${id}", atLeastRevision: "0") { number revision } }`); // prettier-ignore
    expect(found).toEqual({ number, revision: "0" });
    const named = `{ caseByNumber(number: "${String(number)}") { id availableActions } }`;
    expect(await query(named)).toEqual({ caseByNumber: { id, availableActions: ["answerCase", "closeCase"] } });
    const { errors } = await it.ask(li, `{ case(id: "${id}", atLeastRevision: "-1") { number } }`);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  test("an importer's reply counts as a person's: it is history", async () => {
    const { id } = await take(li, "openCase", {
      kind: "COMPLAINT",
      customerId: await newCustomer(),
      subject: "review",
    });
    const reply = { caseId: id, text: "sorry", occurredAt: "2026-03-01T00:00:00Z", historical: true };
    const answered = await take(importer, "answerCase", reply, "state answers { human answeredBy answeredAt }");
    expect(answered).toEqual({
      state: "ANSWERED",
      answers: [{ human: true, answeredBy: null, answeredAt: "2026-03-01T00:00:00.000Z" }],
    });
  });

  test("is listed with its filters", async () => {
    const customerId = await newCustomer();
    const orderId = await newOrder(customerId);
    await take(li, "openCase", { kind: "INQUIRY", customerId, subject: "date" });
    it.clock.advance(1_000);
    await take(li, "openCase", { kind: "COMPLAINT", customerId, orderId, subject: "damage", priority: "URGENT" });
    await it.settle();
    const text = `query ($filter: CaseFilter, $orderBy: CaseOrder) { cases(filter: $filter, orderBy: $orderBy) { nodes { subject availableActions } totalCount } }`; // prettier-ignore
    const subjects = async (filter: object, orderBy: object = {}) => {
      const { cases } = await query<{ cases: { nodes: { subject: string }[]; totalCount: number } }>(text, { filter, orderBy }); // prettier-ignore
      expect(cases.totalCount).toBe(cases.nodes.length);
      return cases.nodes.map(({ subject }) => subject);
    };
    expect(await subjects({ customerId })).toEqual(["damage", "date"]);
    expect(await subjects({ customerId }, { direction: "ASC" })).toEqual(["date", "damage"]);
    expect(await subjects({ orderId })).toEqual(["damage"]);
    expect(await subjects({ customerId, kinds: ["INQUIRY"], states: ["OPEN"] })).toEqual(["date"]);
    expect(await subjects({ customerId, department: "cn/east/sales" })).toEqual(["damage"]);
    expect(await subjects({ customerId, department: "cn/east" })).toEqual(["damage", "date"]);
    expect(await subjects({ customerId, priorities: ["LOW"] })).toEqual([]);
  });
});

describe("a complaint that became an issue", () => {
  test("is not closed before the issue is; the issue goes its whole way", async () => {
    const customerId = await newCustomer();
    const orderId = await newOrder(customerId);
    const complaint = { kind: "COMPLAINT", customerId, orderId, subject: "damage" };
    const { id: caseId } = await take(li, "openCase", complaint);
    const fields = "id number state severity title department case { id } order { id } orders { id } customer { id } openedOn availableActions"; // prettier-ignore
    const issue = { caseId, title: "damage", severity: "SEVERE", description: "lids do not close" };
    const opened = await take(li, "openIssue", issue, fields);
    const { id: issueId } = opened;
    expect(opened).toEqual({
      id: issueId,
      number: expect.stringMatching(/^IS-2026-\d{6}$/),
      state: "DETECTED",
      severity: "SEVERE",
      title: "damage",
      department: "cn/east/sales",
      case: { id: caseId },
      order: { id: orderId },
      orders: [{ id: orderId }],
      customer: { id: customerId },
      openedOn: "2026-03-02",
      availableActions: ["triageIssue"],
    });
    await it.settle();
    const still = await it.send(li, "closeCase", { caseId, outcome: "resolved" });
    expect(still.userErrors).toMatchObject([{ code: "ISSUE_OPEN", details: { issueIds: [issueId] } }]);

    const of = { issueId };
    expect(await refused(li, "confirmCause", { ...of, cause: "packing", evidence: "photo" })).toEqual(["ISSUE_STATE"]);
    await take(li, "triageIssue", { ...of, severity: "SEVERE", responsibleParty: "SUPPLIER", owner: "li" });
    expect((await it.send(li, "confirmCause", { ...of, cause: "packing", evidence: " " })).userErrors).toMatchObject([
      { code: "EVIDENCE_MISSING", field: "evidence" },
    ]);
    const confirmed = await take(li, "confirmCause", { ...of, cause: "packing", evidence: "photo 7" }, "state cause evidence availableActions"); // prettier-ignore
    expect(confirmed).toEqual({
      state: "CAUSE_CONFIRMED",
      cause: "packing",
      evidence: "photo 7",
      availableActions: ["addAction"],
    });
    expect(await query(`{ issue(id: "${issueId}") { id } }`, {}, wang)).toEqual({ issue: null });
    const action = { ...of, actionId: "1", description: "thicker board", owner: "wang", dueOn: "2026-03-09" };
    const acting = await take(li, "addAction", action, "state actions { actionId description owner dueOn mandatory completedAt }"); // prettier-ignore
    expect(acting).toEqual({
      state: "ACTING",
      actions: [
        { actionId: "1", description: "thicker board", owner: "wang", dueOn: "2026-03-09", mandatory: true, completedAt: null }, // prettier-ignore
      ],
    });
    expect((await it.send(li, "resolveIssue", of)).userErrors).toMatchObject([
      { code: "ACTIONS_OPEN", details: { actionIds: ["1"] } },
    ]);
    // Who has something to do sees the issue from then on, whatever their department.
    await take(wang, "completeAction", { ...of, actionId: "1" });
    await take(li, "resolveIssue", of);
    expect(await refused(wang, "verifyIssue", { ...of, effective: true })).toEqual(["SAME_PERSON"]);
    await take(chen, "verifyIssue", { ...of, effective: false });
    await take(li, "confirmCause", { ...of, cause: "handling", evidence: "video" });
    await take(li, "addAction", { ...of, description: "lift, do not drop", owner: "wang", mandatory: false });
    await take(li, "resolveIssue", of);
    await take(chen, "verifyIssue", { ...of, effective: true });
    expect(await refused(li, "closeIssue", { ...of, cause: "weather" })).toEqual(["CAUSE_DIFFERS"]);
    const closed = await take(li, "closeIssue", of, "state cause closedAt verifications { effective verifiedBy } availableActions"); // prettier-ignore
    expect(closed).toEqual({
      state: "CLOSED",
      cause: "handling",
      closedAt: "2026-03-02T08:00:01.000Z",
      verifications: [
        { effective: false, verifiedBy: "chen" },
        { effective: true, verifiedBy: "chen" },
      ],
      availableActions: [],
    });
    await it.settle();
    const done = await take(li, "closeCase", { caseId, outcome: "resolved" }, "state issues { id state }");
    expect(done).toEqual({ state: "CLOSED", issues: [{ id: issueId, state: "CLOSED" }] });
    expect((await it.send(li, "openIssue", issue)).userErrors).toMatchObject([{ code: "CASE_STATE", field: "caseId" }]);
    const order = await it.service.commands((await import("../service.js")).orderAggregate).load(orderId);
    expect(order?.state.dependants).toEqual([
      { kind: "case", id: caseId },
      { kind: "issue", id: issueId },
    ]);
  });
});

describe("an issue by hand", () => {
  test("about nothing else is its finder's, and a minor one needs no more than a cause", async () => {
    const opened = await take(li, "openIssue", { title: "label" }, "id severity department assignee orders { id }");
    expect(opened).toMatchObject({ severity: "MINOR", department: "cn/east", assignee: "li", orders: [] });
    const of = { issueId: opened.id };
    await take(li, "triageIssue", { ...of, severity: "MINOR", responsibleParty: "US", owner: "li" });
    const added = await it.send(li, "addAction", { ...of, description: "print again", owner: "li", mandatory: false }, "actions { actionId }"); // prettier-ignore
    await take(li, "resolveIssue", of);
    expect(added["issue"]).toEqual({ actions: [{ actionId: expect.any(String) }] });
    expect((await it.send(li, "closeIssue", of)).userErrors).toMatchObject([{ code: "CAUSE_MISSING", field: "cause" }]);
    expect(await take(li, "closeIssue", { ...of, cause: "typing" }, "state cause")).toEqual({
      state: "CLOSED",
      cause: "typing",
    });
  });
  test("gives back the id of an action that had none", async () => {
    const { id: issueId } = await take(li, "openIssue", { title: "label" });
    await take(li, "triageIssue", { issueId, severity: "MINOR", responsibleParty: "US", owner: "li" });
    const text = "mutation ($input: AddActionInput!) { addAction(input: $input) { actionId issue { actions { actionId } } userErrors { code } } }"; // prettier-ignore
    const input = { commandId: newId(), issueId, description: "print again", owner: "li" };
    const { addAction } = await query<{ addAction: { actionId: string } }>(text, { input });
    expect(addAction).toEqual({
      actionId: addAction.actionId,
      issue: { actions: [{ actionId: addAction.actionId }] },
      userErrors: [],
    });
    expect(addAction.actionId).toEqual(expect.any(String));
    const missing = { input: { ...input, commandId: newId(), issueId: newId() } };
    expect(await query(text, missing)).toMatchObject({
      addAction: { actionId: null, userErrors: [{ code: "NOT_FOUND" }] },
    });
  });
  test("out of scope answers exactly as absent", async () => {
    const { id } = await take(li, "openIssue", { title: "label" });
    const absent = newId();
    const hidden = await it.send(stranger, "resolveIssue", { issueId: id });
    expect(codes(hidden)).toEqual(["NOT_FOUND"]);
    expect(JSON.parse(JSON.stringify(hidden).replaceAll(id, absent))).toEqual(
      await it.send(stranger, "resolveIssue", { issueId: absent }),
    );
  });
});

describe("a rule", () => {
  test("opens one issue for a late order, however often it is heard of, and another after it was closed", async () => {
    const customerId = await newCustomer();
    const orderId = await newOrder(customerId);
    const late = await it.told(orderId, lateDelivery(orderId, customerId), { occurredAt: "2026-03-01T18:00:00.000Z" });
    await it.again(late);
    await it.told(orderId, lateDelivery(orderId, customerId));
    const fields = "id number rule source title severity state openedAt openedOn department customer { id } availableActions"; // prettier-ignore
    const [issue, ...others] = await issuesOf(orderId, fields);
    expect(others).toEqual([]);
    const slotId = uuidFrom("slot", "late-delivery", orderId);
    expect(issue).toEqual({
      id: uuidFrom("issue", slotId, late.id),
      number: expect.stringMatching(/^IS-2026-\d{6}$/),
      rule: "late-delivery",
      source: orderId,
      title: "late-delivery",
      severity: "MINOR",
      state: "DETECTED",
      openedAt: "2026-03-01T18:00:00.000Z",
      openedOn: "2026-03-02",
      department: "cn/east/sales",
      customer: { id: customerId },
      availableActions: null,
    });
    const of = { issueId: issue!.id };
    await take(li, "triageIssue", { ...of, severity: "MINOR", responsibleParty: "CARRIER", owner: "li" });
    await take(li, "resolveIssue", of);
    await take(li, "closeIssue", { ...of, cause: "carrier" });
    await it.settle();
    await it.again(late); // an old finding opens nothing anew
    expect(await issuesOf(orderId)).toHaveLength(1);
    it.clock.advance(60_000);
    await it.told(orderId, lateDelivery(orderId, customerId));
    expect(await issuesOf(orderId)).toMatchObject([{ state: "DETECTED" }, { state: "CLOSED" }]);
  });

  test("runs over history", async () => {
    const customerId = await newCustomer();
    const orderId = await newOrder(customerId, "America/Sao_Paulo");
    const history = { occurredAt: "2018-03-01T18:00:00.000Z", historical: true } as const;
    await it.told(orderId, lateDelivery(orderId, customerId), history);
    expect(await issuesOf(orderId, "number openedAt")).toEqual([
      { number: expect.stringMatching(/^IS-2018-/), openedAt: "2018-03-01T18:00:00.000Z" },
    ]);
    const [stored] = await it.engines.eventStore.read(`customer.issue-${(await issuesOf(orderId))[0]!.id}`);
    expect(stored!.meta).toMatchObject({ historical: true });
  });

  test("opens one severe issue for a lost shipment, on each of its orders", async () => {
    const [first, second, shipmentId] = [newId(), newId(), newId()];
    const { department, visibleTo } = scope;
    await it.told(shipmentId, {
      type: "shipment.lost",
      shipmentId,
      orderIds: [first, second],
      orders: [],
      packageIds: ["1"],
      lostAt: "2026-03-02T08:00:00.000Z",
      department,
      visibleTo,
    });
    const [issue] = await issuesOf(first, "id severity rule order { id } orders { id } shipment { id }");
    expect(issue).toMatchObject({
      severity: "SEVERE",
      rule: "lost-shipment",
      order: null,
      orders: [{ id: first }, { id: second }],
      shipment: { id: shipmentId },
    });
    expect(await issuesOf(second)).toMatchObject([{ id: issue!.id }]);
    const text = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Shipment { issues { id } } } }";
    const of = [{ __typename: "Shipment", id: shipmentId }];
    expect(await query(text, { of })).toEqual({ _entities: [{ issues: [{ id: issue!.id }] }] });
    expect(await query(text, { of }, stranger)).toEqual({ _entities: [{ issues: [] }] });
    const listed = "query ($filter: IssueFilter) { issues(filter: $filter, first: 1) { nodes { id } totalCount totalIsExact } }"; // prettier-ignore
    for (const orderId of [first, second]) {
      expect(await query(listed, { filter: { orderId, rules: ["lost-shipment"] } })).toEqual({
        issues: { nodes: [{ id: issue!.id }], totalCount: 1, totalIsExact: true },
      });
    }
    expect(await query(listed, { filter: { orderId: first, severities: ["MINOR"] } })).toMatchObject({
      issues: { nodes: [], totalCount: 0 },
    });
  });

  test("opens one issue for goods that left under a hold, told by order and by shipment", async () => {
    const customerId = await newCustomer();
    const orderId = await newOrder(customerId);
    const shipmentId = newId();
    const at = "2026-03-02T08:00:00.000Z";
    const breaches = [{ code: "DISPATCHED_UNDER_HOLD", detail: "credit" }];
    const about = { shipmentId, ...scope };
    await it.told(shipmentId, { type: "shipment.dispatched", orderIds: [orderId], orders: [], dispatchedAt: at, breaches, ...about }); // prettier-ignore
    await it.told(orderId, { type: "order.shipped", orderId, customerId, lines: [], shippedAt: at, zone: "Asia/Shanghai", shipping: "Full", breaches, ...about }); // prettier-ignore
    expect(await issuesOf(orderId, "rule severity")).toEqual([{ rule: "dispatch-breach", severity: "SEVERE" }]);
  });

  test("its issues are on the customer, and in the lists that people work from", async () => {
    const customerId = await newCustomer();
    const orderId = await newOrder(customerId);
    await it.told(orderId, lateDelivery(orderId, customerId));
    await it.settle();
    const text = `{ customer(id: "${customerId}") { issues { nodes { rule } totalCount } } }`;
    expect(await query(text)).toEqual({ customer: { issues: { nodes: [{ rule: "late-delivery" }], totalCount: 1 } } });
    const list = "query ($filter: IssueFilter) { issues(filter: $filter) { totalCount } }";
    const count = async (filter: object, as?: Identity) =>
      (await query<{ issues: { totalCount: number } }>(list, { filter }, as)).issues.totalCount;
    expect(await count({ customerId, rules: ["late-delivery"], states: ["DETECTED"] })).toBe(1);
    expect(await count({ customerId, states: ["CLOSED"] })).toBe(0);
    expect(await count({ customerId }, stranger)).toBe(0);
    expect(await count({ rules: ["late-delivery"], assignee: "zhou", department: "cn/east" })).toBeGreaterThan(0);
  });
});

test("nothing is parked, documents equal the refold, and a settle token is answered", async () => {
  await it.settle();
  expect(await it.service.parked()).toEqual([]);
  const { checked, differences } = await it.service.verify();
  expect({ differences, some: checked > 20 }).toEqual({ differences: [], some: true });
  const { settleToken } = await it.send(li, "openIssue", { title: "label" });
  expect(await query(`{ customerSettled(token: "${settleToken}") }`)).toEqual({ customerSettled: true });
});
