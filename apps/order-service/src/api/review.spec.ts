// The review of an order through the graph: asked, answered, reminded, overridden, signed.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { addWorkingTime, EVERY_HOUR, newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const wang: Identity = { user: "wang", roles: ["lead"], departments: ["cn/east"] };
const feng: Identity = { user: "feng", roles: ["production"], departments: ["cn/production"] };
const ma: Identity = { user: "ma", roles: ["manager"], departments: [] };
const HOUR = 3_600_000;

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
  await rule({ departments: [{ department: "cn/production", hours: 24 }], countersigned: [{}] });
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

interface Payload {
  readonly order: Readonly<Record<string, unknown>> | null;
  readonly userErrors: readonly { readonly code: string }[];
}
async function send(mutation: string, input: object, as: Identity): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { ${mutation}(input: $input) { order { id lifecycle } userErrors { code } } }`;
  const data = await orders.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const rule = (rules: object, kind = "review") =>
  orders.data(ma, "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }", {
    input: { commandId: newId(), kind, rules },
  });
async function ordered(customerId: string, sku: string): Promise<string> {
  const lines = [{ sku, quantity: "10", unitPrice: { minor: "250", currency: "CNY" }, requestedOn: "2030-03-20" }];
  const received = await send("receiveOrder", { channel: "SALES", customerId, currency: "CNY", lines }, li);
  return received.order!["id"] as string;
}
const actions = async (id: string) =>
  (await orders.data<{ order: { availableActions: string[] } }>(li, `{ order(id: "${id}") { availableActions } }`))
    .order.availableActions;
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
const review = (id: string, selected: string, as = li) =>
  orders.data<{ order: { review: unknown } | null }>(as, `{ order(id: "${id}") { review { ${selected} } } }`);

test("a department is asked, sees the order, answers, and is overridden; the customer signs; only then it is binding", async () => {
  const orderId = await ordered(newId(), "A-1");
  await send("verifyOrder", { orderId }, wang);
  expect(await orders.ask(feng, `{ order(id: "${orderId}") { id } }`)).toMatchObject({ data: { order: null } });
  expect(codes(await send("openReview", { orderId, note: "urgent" }, li))).toEqual([]);
  expect(codes(await send("confirmOrder", { orderId, promiseRequested: true }, li))).toEqual([
    "REVIEW_OPEN",
    "COUNTERSIGNATURE_NEEDED",
  ]);
  expect(await review(orderId, "departments { department rulesVersion note open remindedAt }", wang)).toEqual({
    order: {
      review: {
        departments: [{ department: "cn/production", rulesVersion: 1, note: "urgent", open: null, remindedAt: null }],
      },
    },
  });

  orders.clock.advance(25 * HOUR);
  await eventually(async () => JSON.stringify(await review(orderId, "departments { remindedAt }")).includes("202"));

  const answers = [{ lineId: "1", answer: "CONDITIONAL", readyOn: "2030-03-25", condition: "steel by 1 March" }];
  const department = "cn/production";
  expect(codes(await send("answerReview", { orderId, department, answers }, li))).toEqual(["NOT_OF_DEPARTMENT"]);
  expect(codes(await send("answerReview", { orderId, department, answers }, feng))).toEqual([]);
  expect(await review(orderId, "answers { answer readyOn quantity condition answeredBy counts }")).toEqual({
    order: {
      review: {
        answers: [
          {
            answer: "CONDITIONAL",
            readyOn: "2030-03-25",
            quantity: "10",
            condition: "steel by 1 March",
            answeredBy: "feng",
            counts: true,
          },
        ],
      },
    },
  });
  const signature = { orderId, version: 1, signedOn: "2020-01-01", reference: "PO-77" };
  expect(codes(await send("recordCountersignature", signature, li))).toEqual([]);
  expect(codes(await send("confirmOrder", { orderId, promiseRequested: true }, li))).toEqual(["PROMISE_BEFORE_REPLY"]);
  const override = { orderId, lineId: "1", promisedOn: "2030-03-20", reason: "key customer" };
  expect(codes(await send("overrideReply", override, li))).toEqual(["COMMAND_NOT_GRANTED"]);
  expect(codes(await send("overrideReply", override, wang))).toEqual([]);
  expect(await send("confirmOrder", { orderId, promiseRequested: true }, li)).toMatchObject({
    order: { lifecycle: "CONFIRMED" },
  });
  expect(
    await review(orderId, "overrides { promisedOn reason overriddenBy } countersignatures { version reference }"),
  ).toEqual({
    order: {
      review: {
        overrides: [{ promisedOn: "2030-03-20", reason: "key customer", overriddenBy: "wang" }],
        countersignatures: [{ version: 1, reference: "PO-77" }],
      },
    },
  });
});

test("the hours of a review are those of the working calendar", async () => {
  const hours = [{ from: "09:00", to: "18:00" }];
  const calendar = { zone: "Asia/Shanghai", week: { mon: hours, tue: hours }, holidays: [], extraDays: [] };
  await rule(calendar, "calendar");
  await rule({ departments: [{ department: "cn/production", hours: 20 }], countersigned: [] });
  const orderId = await ordered(newId(), "A-1");
  const openedAt = new Date(orders.clock.now()).toISOString();
  await send("openReview", { orderId }, li);
  const dueAt = addWorkingTime(calendar, openedAt, 20);
  expect(Date.parse(dueAt) - Date.parse(openedAt)).toBeGreaterThan(4 * 24 * HOUR);
  expect(await review(orderId, "departments { dueAt }")).toEqual({ order: { review: { departments: [{ dueAt }] } } });
  await rule(EVERY_HOUR, "calendar");
});

test("an item that was never confirmed to the customer is reviewed; the next order of it is not", async () => {
  await rule({ departments: [{ department: "cn/production", when: [{ newItem: true }] }], countersigned: [] });
  const customerId = newId();
  const verifiedOrder = async () => {
    const orderId = await ordered(customerId, "N-1");
    await send("verifyOrder", { orderId }, wang);
    return orderId;
  };
  const confirm = (orderId: string) => send("confirmOrder", { orderId, promiseRequested: true }, li);
  const [first, second] = [await verifiedOrder(), await verifiedOrder()];
  expect(codes(await confirm(first))).toEqual(["REVIEW_OPEN"]);
  expect(await actions(first)).toContain("openReview");
  expect(codes(await send("openReview", { orderId: first }, li))).toEqual([]);
  const answers = [{ lineId: "1", answer: "YES" }];
  expect(codes(await send("answerReview", { orderId: first, department: "cn/production", answers }, feng))).toEqual([]);
  expect(await confirm(first)).toMatchObject({ order: { lifecycle: "CONFIRMED" } });
  await eventually(async () => (await actions(second)).includes("confirmOrder"));
  expect(codes(await send("openReview", { orderId: second }, li))).toEqual(["REVIEW_NOT_NEEDED"]);
  expect(await confirm(second)).toMatchObject({ order: { lifecycle: "CONFIRMED" } });
  // Another customer does not know it.
  const other = await ordered(newId(), "N-1");
  await send("verifyOrder", { orderId: other }, wang);
  expect(codes(await confirm(other))).toEqual(["REVIEW_OPEN"]);
});
