// The review of an order through the graph: asked, answered, reminded, overridden, signed.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
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
  const rules = { departments: [{ department: "cn/production", hours: 24 }], countersigned: [{}] };
  const set = "mutation ($input: SetOrderRulesInput!) { setOrderRules(input: $input) { userErrors { code } } }";
  await orders.data(ma, set, { input: { commandId: newId(), kind: "review", rules } });
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
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);
const review = (id: string, selected: string, as = li) =>
  orders.data<{ order: { review: unknown } | null }>(as, `{ order(id: "${id}") { review { ${selected} } } }`);

test("a department is asked, sees the order, answers, and is overridden; the customer signs; only then it is binding", async () => {
  const received = await send(
    "receiveOrder",
    {
      channel: "SALES",
      customerId: newId(),
      currency: "CNY",
      lines: [{ sku: "A-1", quantity: "10", unitPrice: { minor: "250", currency: "CNY" }, requestedOn: "2030-03-20" }],
    },
    li,
  );
  const orderId = received.order!["id"] as string;
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
