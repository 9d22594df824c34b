// Approvals through the graph: rules, who is asked, who stands for whom, and the clock.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { addWorkingTime, EVERY_HOUR, newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["lead"], departments: ["cn/east"] };
const sun: Identity = { user: "sun", roles: ["finance"], departments: ["cn/finance"] };
const qian: Identity = { user: "qian", roles: ["sales"], departments: ["cn/west"] };
const ma: Identity = { user: "ma", roles: ["manager"], departments: [] };
const HOUR = 3_600_000;

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
  const rules = {
    levels: [
      {
        level: "lead",
        subjects: ["order"],
        when: [{ amountFrom: { minor: "1000", currency: "CNY" } }],
        of: [{ role: "lead" }],
        need: "any",
        hours: 24,
        escalateTo: [{ person: "qian" }],
      },
      {
        level: "finance",
        subjects: ["order"],
        when: [{ amountFrom: { minor: "2500", currency: "CNY" } }],
        of: [{ department: "cn/finance" }],
        need: "all",
        hours: 9,
        escalateTo: [{ person: "qian" }],
      },
    ],
  };
  await rule("approval", rules);
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

async function rule(kind: string, rules: object): Promise<void> {
  const set = "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }";
  await orders.data(ma, set, { input: { commandId: newId(), kind, rules } });
}

interface Payload {
  readonly order: Readonly<Record<string, unknown>> | null;
  readonly replayed: boolean;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null }[];
}

async function send(mutation: string, input: object, as: Identity): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { ${mutation}(input: $input) {
    order { id lifecycle } replayed userErrors { code field } } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const said = ({ order, userErrors }: Payload) => order?.["lifecycle"] ?? userErrors.map(({ code }) => code);

async function verifiedOrder(quantity: string, by = li): Promise<string> {
  const unitPrice = { minor: "250", currency: "CNY" };
  const received = await send(
    "receiveOrder",
    {
      channel: "SALES",
      customerId: newId(),
      currency: "CNY",
      lines: [{ sku: "A-1", quantity, unitPrice, requestedOn: "2030-03-20" }],
    },
    by,
  );
  const orderId = received.order!["id"] as string;
  expect(said(await send("verifyOrder", { orderId }, { ...wang, departments: by.departments! }))).toBe("VERIFIED");
  return orderId;
}

interface Waiting {
  readonly nodes: readonly {
    readonly order: { readonly id: string };
    readonly approvals: readonly { readonly level: string; readonly waiting: readonly object[] }[];
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
async function waiting(as: Identity, page: object = {}): Promise<Waiting> {
  const text = `query ($first: Int, $after: String) { myApprovals(first: $first, after: $after) {
    nodes { order { id } approvals { level waiting { person role department } } }
    pageInfo { hasNextPage endCursor } } }`;
  return (await orders.data<{ myApprovals: Waiting }>(as, text, page)).myApprovals;
}
const waitingIds = async (as: Identity) => (await waiting(as)).nodes.map(({ order }) => order.id);
const actions = async (id: string, as: Identity) =>
  (await orders.data<{ order: { availableActions: string[] } }>(as, `{ order(id: "${id}") { availableActions } }`))
    .order.availableActions;

test("each level has its hours of the working calendar, from when it is asked", async () => {
  const hours = [{ from: "09:00", to: "12:00" }];
  const calendar = { zone: "Asia/Shanghai", week: { mon: hours, tue: hours }, holidays: [], extraDays: [] };
  await rule("calendar", calendar);
  const orderId = await verifiedOrder("10");
  const dueAt = async () => {
    const asked = `{ order(id: "${orderId}") { approvals { dueAt } } }`;
    const { order } = await orders.data<{ order: { approvals: { dueAt: string | null }[] } }>(li, asked);
    return order.approvals[0]!.dueAt;
  };
  const after = (each: number) => addWorkingTime(calendar, new Date(orders.clock.now()).toISOString(), each);
  const first = after(24);
  await send("submitForApproval", { orderId }, li);
  expect(await dueAt()).toBe(first);
  const second = after(9);
  await send("approveOrder", { orderId }, wang);
  expect(await dueAt()).toBe(second);
  await send("withdrawApproval", { orderId }, li);
  await rule("calendar", EVERY_HOUR);
});

test("an order goes through its levels to the confirmation, each seen by whom it waits for", async () => {
  const orderId = await verifiedOrder("10");
  expect(said(await send("confirmOrder", { orderId, promiseRequested: true }, li))).toEqual(["APPROVAL_NEEDED"]);
  expect(await actions(orderId, li)).toEqual(expect.arrayContaining(["submitForApproval"]));
  expect(await actions(orderId, li)).not.toContain("confirmOrder");
  expect(await orders.ask(sun, `{ order(id: "${orderId}") { id } }`)).toMatchObject({ data: { order: null } });
  expect(said(await send("submitForApproval", { orderId, note: "please" }, li))).toBe("PENDING_APPROVAL");

  expect(await waitingIds(wang)).toEqual([orderId]);
  expect(await waitingIds(li)).toEqual([]);
  expect(await waitingIds(sun)).toEqual([]);
  expect(await actions(orderId, wang)).toEqual(expect.arrayContaining(["approveOrder", "rejectOrder"]));
  expect(await actions(orderId, li)).not.toContain("approveOrder");
  expect(said(await send("approveOrder", { orderId }, li))).toEqual(["REQUESTER_APPROVES", "NOT_APPROVER"]);
  expect(said(await send("approveOrder", { orderId }, sun))).toEqual(["NOT_APPROVER"]);
  const commandId = newId();
  expect(said(await send("approveOrder", { orderId, commandId, note: "fine" }, wang))).toBe("PENDING_APPROVAL");
  expect(await send("approveOrder", { orderId, commandId, note: "fine" }, wang)).toMatchObject({ replayed: true });

  expect(await waitingIds(wang)).toEqual([]);
  expect((await waiting(sun)).nodes).toEqual([
    {
      order: { id: orderId },
      approvals: [{ level: "finance", waiting: [{ person: null, role: null, department: "cn/finance" }] }],
    },
  ]);
  expect(said(await send("commentApproval", { orderId, note: "terms?" }, li))).toBe("PENDING_APPROVAL");
  expect(said(await send("approveOrder", { orderId }, sun))).toBe("VERIFIED");
  expect(said(await send("confirmOrder", { orderId, promiseRequested: true }, li))).toBe("CONFIRMED");
  const asked = `{ order(id: "${orderId}") { approvals { subject version rulesVersion state requestedBy note amount { minor }
    steps { kind level by note } } } }`;
  expect(await orders.data(wang, asked)).toEqual({
    order: {
      approvals: [
        {
          ...{ subject: "order", version: 1, rulesVersion: 1, state: "APPROVED", requestedBy: "li", note: "please" },
          amount: { minor: "2500" },
          steps: [
            { kind: "APPROVED", level: "lead", by: "wang", note: "fine" },
            { kind: "COMMENTED", level: null, by: "li", note: "terms?" },
            { kind: "APPROVED", level: "finance", by: "sun", note: null },
          ],
        },
      ],
    },
  });
});

test("what is rejected is revised, corrected and submitted anew", async () => {
  const orderId = await verifiedOrder("4");
  await send("submitForApproval", { orderId }, li);
  expect(said(await send("rejectOrder", { orderId, reason: "price" }, wang))).toBe("REJECTED");
  expect(await waitingIds(wang)).toEqual([]);
  expect(said(await send("confirmOrder", { orderId, promiseRequested: true }, li))).toEqual(["ORDER_STATE"]);
  expect(said(await send("reviseOrder", { orderId }, li))).toBe("RECEIVED");
  await send("verifyOrder", { orderId }, wang);
  await send("submitForApproval", { orderId }, li);
  expect(await waitingIds(wang)).toEqual([orderId]);
  expect(said(await send("correctOrder", { orderId, paymentTerms: "COD" }, li))).toBe("RECEIVED");
  expect(await waitingIds(wang)).toEqual([]);
});

test("somebody stands for who is away; it says for whom", async () => {
  const zhao: Identity = { user: "zhao", roles: ["sales"], departments: ["cn/east"] };
  const orderId = await verifiedOrder("5");
  await send("submitForApproval", { orderId }, li);
  const delegate = `mutation ($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) {
    approvalDelegations { person to } userErrors { code field } } }`;
  const until = new Date(orders.clock.now() + 72 * HOUR).toISOString().slice(0, 10);
  const input = { commandId: newId(), to: "zhao", until };
  expect(await orders.data(wang, delegate, { input: { ...input, to: "wang", until: "2020-01-01" } })).toEqual({
    delegateApprovals: {
      approvalDelegations: null,
      userErrors: [
        { code: "DELEGATED_TO_SELF", field: "to" },
        { code: "DATE_PAST", field: "until" },
      ],
    },
  });
  expect(await waitingIds(zhao)).toEqual([]);
  expect(said(await send("approveOrder", { orderId, onBehalfOf: "wang" }, zhao))).toEqual(["DELEGATION_NOT_FOUND"]);
  expect(await orders.data(wang, delegate, { input: { ...input, commandId: newId() } })).toEqual({
    delegateApprovals: { approvalDelegations: [{ person: "wang", to: "zhao" }], userErrors: [] },
  });
  expect(await waitingIds(zhao)).toEqual([orderId]);
  expect(await actions(orderId, zhao)).toContain("approveOrder");
  expect(await orders.data(zhao, "{ approvalDelegations { person to } }")).toEqual({
    approvalDelegations: [{ person: "wang", to: "zhao" }],
  });
  expect(said(await send("approveOrder", { orderId, onBehalfOf: "wang" }, zhao))).toBe("VERIFIED");
  const asked = `{ order(id: "${orderId}") { approvals { steps { by onBehalfOf } } } }`;
  expect(await orders.data(li, asked)).toEqual({
    order: { approvals: [{ steps: [{ by: "zhao", onBehalfOf: "wang" }] }] },
  });
  const revoke = `mutation ($input: RevokeDelegationInput!) { revokeDelegation(input: $input) {
    approvalDelegations { to } userErrors { code } } }`;
  expect(await orders.data(wang, revoke, { input: { commandId: newId(), to: "zhao" } })).toEqual({
    revokeDelegation: { approvalDelegations: [], userErrors: [] },
  });
});

test("what has waited longest comes first, page by page", async () => {
  const ids: string[] = [];
  for (const quantity of ["6", "7", "8"]) {
    const orderId = await verifiedOrder(quantity);
    orders.clock.advance(1_000);
    await send("submitForApproval", { orderId }, li);
    ids.push(orderId);
  }
  const first = await waiting(wang, { first: 2 });
  expect(first.nodes.map(({ order }) => order.id)).toEqual(ids.slice(0, 2));
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await waiting(wang, { first: 2, after: first.pageInfo.endCursor });
  expect(second.nodes.map(({ order }) => order.id)).toEqual(ids.slice(2));
  expect(second.pageInfo.hasNextPage).toBe(false);

  // And nobody of another department, though they lead one, is asked about what they do not see.
  expect(await waitingIds({ ...wang, departments: ["cn/west"], user: "xu" })).toEqual([]);

  // A day later all three have gone to whom the rules name, who now sees them.
  expect(await waitingIds(qian)).toEqual([]);
  orders.clock.advance(25 * HOUR);
  await eventually(async () => (await waitingIds(qian)).length === 3);
  expect(await waitingIds(wang)).toHaveLength(3);
  expect(said(await send("approveOrder", { orderId: ids[0] }, qian))).toBe("VERIFIED");
  const steps = await orders.data<{ order: { approvals: { steps: { kind: string }[] }[] } }>(
    li,
    `{ order(id: "${ids[0]!}") { approvals { steps { kind } } } }`,
  );
  expect(steps.order.approvals[0]!.steps.map(({ kind }) => kind)).toEqual(["ESCALATED", "APPROVED"]);
});

test("pages of which all is left out lead on to what waits behind them", async () => {
  const zhou: Identity = { user: "zhou", roles: ["lead"], departments: ["cn/north"] };
  const leads: Identity = { ...li, departments: ["cn/north"] };
  const submitted = async (by: Identity): Promise<string> => {
    const orderId = await verifiedOrder("10", leads);
    expect(said(await send("submitForApproval", { orderId }, by))).toBe("PENDING_APPROVAL");
    return orderId;
  };
  // What zhou has asked for waits for other leads.
  for (let index = 0; index < 2; index += 1) await submitted(zhou);
  const [third, fourth] = [await submitted(leads), await submitted(leads)];
  const found: string[] = [];
  const sizes: number[] = [];
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo } = await waiting(zhou, { first: 1, after });
    found.push(...nodes.map(({ order }) => order.id));
    sizes.push(nodes.length);
    if (!pageInfo.hasNextPage) break;
    expect(pageInfo.endCursor).not.toBeNull();
    after = pageInfo.endCursor;
  }
  expect([found, sizes]).toEqual([[third, fourth], [0, 0, 1, 1]]); // prettier-ignore
});

test("rules of another form are refused with the field", async () => {
  const set = "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }";
  const level = { level: "a", subjects: ["order"], of: [{ person: "x", role: "y" }], need: "some" };
  const answer = await orders.ask(ma, set, {
    input: { commandId: newId(), kind: "approval", rules: { levels: [level, level] } },
  });
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
});
