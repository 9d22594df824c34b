import { expect, test } from "@jest/globals";
import { after, cny, given, isCompleted, isDelivered, ISSUE, li, RECEIPT } from "./spec.js";

const by = { actor: li };
const close = { type: "CloseOrder" } as const;
const paid = (minor: number) => ({ type: "RecordPayment", receiptId: RECEIPT, amount: cny(minor) }) as const;

test("a completed and settled order is closed", () =>
  given(...after(isCompleted(), paid(2000), paid(500)))
    .when(close, by)
    .then({ type: "order.closed" }));
test("everything that is missing is named", () => {
  const { decision } = given(...after(isCompleted(), paid(2499), { type: "NoteIssue", issueId: ISSUE })).when(
    close,
    by,
  );
  expect(decision).toEqual({
    refusals: [
      { code: "UNSETTLED", total: "2500", received: "2499", currency: "CNY" },
      { code: "ISSUE_OPEN", issues: [ISSUE] },
    ],
  });
});
test("again changes nothing", () =>
  given(...after(isCompleted(), paid(2500), close))
    .when(close, by)
    .unchanged());
test("not before it is completed", () =>
  given(...after(isDelivered(), paid(2500)))
    .when(close, by)
    .refused("ORDER_STATE"));
