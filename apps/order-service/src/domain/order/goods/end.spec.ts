import { describe, expect, test } from "@jest/globals";
import type { OrderCommand } from "../order.decider.js";
import {
  after,
  asks,
  cny,
  delivers,
  given,
  isCompleted,
  isConfirmed,
  isDelivered,
  ISSUE,
  li,
  note,
  part,
  RECEIPT,
  ships,
  system,
} from "../spec.js";
import { closingChecklist } from "./closing.js";

const by = { actor: li };
const paid = { type: "RecordPayment", receiptId: RECEIPT, amount: cny(2500) } as const;
const close = { type: "CloseOrder" } as const;
const reject = { type: "RejectDelivery", reason: "wrong-colour" } as const;

describe("a delivery is rejected", () => {
  test("by the customer: no clock accepts it, the customer may after all", () => {
    given(...isDelivered())
      .when({ ...reject, note }, by)
      .then({ type: "order.delivery.rejected", reason: "wrong-colour", note });
    const events = after(isDelivered(), reject);
    given(...events)
      .when({ type: "ElapseAcceptance", dueAt: "2026-03-27T10:00:00.000Z" }, { actor: system })
      .unchanged();
    expect(given(...after(events, { type: "AcceptDelivery" })).state()).toMatchObject({
      rejected: false,
      lifecycle: "completed",
    });
  });
  test("in part: what makes it full later arms no clock", () => {
    const events = after(isConfirmed, asks("10"), ships("10"), delivers("4"), reject, delivers("6"));
    expect(events.at(-1)).toMatchObject({ delivery: "Full" });
    expect(events.at(-1)).not.toHaveProperty("acceptanceDueAt");
  });
  test("not before anything arrived, not after it was accepted, not without a reason; again it changes nothing", () => {
    given(...isConfirmed)
      .when(reject, by)
      .refused("NOTHING_TO_REJECT");
    given(...isCompleted())
      .when(reject, by)
      .refused("ORDER_STATE");
    given(...isDelivered())
      .when({ ...reject, reason: "" }, by)
      .refused("TEXT_MISSING");
    given(...after(isDelivered(), reject))
      .when(reject, by)
      .unchanged();
  });
});

describe("the checklist of the closing", () => {
  const list = (events: Parameters<typeof given>, invoiced = false) =>
    closingChecklist(given(...events).state(), { invoiced })
      .filter(({ done }) => !done)
      .map(({ item, blocking, detail }) => [item, blocking, ...detail]);
  test("says what is open, and whether it keeps the order from being closed", () => {
    expect(list([...isConfirmed])).toEqual([
      ["delivered", true, "None"],
      ["accepted", true, "awaited"],
      ["invoiced", false, "None"],
      ["settled", true, "open"],
    ]);
    expect(list(after(isDelivered(), reject))).toContainEqual(["accepted", true, "rejected"]);
  });
  test("an open return and an open issue keep it from being closed, and are named", () => {
    const events = after(
      isCompleted(),
      paid,
      { type: "NoteIssue", issueId: ISSUE },
      {
        type: "AuthoriseReturn",
        returnId: "r1",
        lines: [part("1")],
        reason: "x",
        remedy: "none",
        rules: { version: 0, rules: {} },
      },
    );
    expect(given(...events).when(close, by).decision).toEqual({
      refusals: [
        { code: "ISSUE_OPEN", issues: [ISSUE] },
        { code: "RETURN_OPEN", returns: ["r1"] },
      ],
    });
  });
  test("an installation that keeps invoices asks for them", () => {
    const under = (invoiced: boolean) => ({ ...close, rules: { version: 2, rules: { invoiced } } });
    expect(given(...after(isCompleted(), paid)).when(under(true), by).decision).toEqual({
      refusals: [{ code: "NOT_INVOICED", invoicing: "None" }],
    });
    given(...after(isCompleted(), paid))
      .when(under(false), by)
      .then({ type: "order.closed", rules: 2 });
  });
});

test("a closed order is opened again for a reason, and closed again", () => {
  const closed = after(isCompleted(), paid, close);
  given(...closed)
    .when({ type: "ReopenOrder", reason: "late-return", note }, by)
    .then({ type: "order.reopened", reason: "late-return", note });
  const again = after(closed, { type: "ReopenOrder", reason: "late-return" });
  expect(given(...again).state().lifecycle).toBe("completed");
  given(...again)
    .when(close, by)
    .then({ type: "order.closed" });
  given(...closed)
    .when({ type: "ReopenOrder", reason: " " }, by)
    .refused("TEXT_MISSING");
  given(...isCompleted())
    .when({ type: "ReopenOrder", reason: "x" }, by)
    .refused("ORDER_STATE");
});

describe("a small tail is short-closed by the rules, with the delivery that leaves it", () => {
  const comes = (quantity: string, shortCloseUpTo?: object): OrderCommand =>
    ({ ...delivers(quantity), tolerance: { version: 5, rules: { shortCloseUpTo } } }) as OrderCommand;
  const types = (quantity: string, shortCloseUpTo?: object) =>
    after(isConfirmed, asks(quantity), ships(quantity), comes(quantity, shortCloseUpTo))
      .slice(isConfirmed.length + 2)
      .map(({ type }) => type);
  const closed = ["order.delivered", "order.schedule.short.closed"];
  test("up to a percentage of what is owed", () => {
    expect(types("9.8", { percent: "2" })).toEqual(closed);
    expect(types("9.799999", { percent: "2" })).toEqual(["order.delivered"]);
  });
  test("up to a value in the order's currency", () => {
    expect(types("8", { value: { CNY: "500" } })).toEqual(closed);
    expect(types("7.99", { value: { CNY: "500" } })).toEqual(["order.delivered"]);
    expect(types("8", { value: { EUR: "500" } })).toEqual(["order.delivered"]);
  });
  test("by no rule, none is; the event names the version of the one that did", () => {
    expect(types("9.9")).toEqual(["order.delivered"]);
    const events = after(isConfirmed, asks("9.9"), ships("9.9"), comes("9.9", { percent: "1" }));
    expect(events.at(-1)).toMatchObject({ reason: "tolerance", rules: 5, delivery: "Full" });
    expect(events.at(-1)).toHaveProperty("acceptanceDueAt", "2026-03-09T08:00:00.000Z");
  });
});
