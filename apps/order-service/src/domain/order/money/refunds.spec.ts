// What is to be paid back for returns: what is due and was not paid back, and never more than the customer has paid too much.
import { describe, expect, test } from "@jest/globals";
import { ruleDefaults } from "../../rules/rule-kinds.js";
import type { OrderCommand } from "../order.decider.js";
import type { OrderEvent } from "../order.events.js";
import { after, cny, given, isCompleted, li, part, RECEIPT } from "../spec.js";
import { openRefunds } from "./refunds.js";

const by = { actor: li, at: "2026-03-28T02:00:00.000Z" };
const at = { lineId: "1", scheduleId: "1" };
const authorise = (returnId: string, quantity: string): OrderCommand => ({
  type: "AuthoriseReturn",
  returnId,
  lines: [part(quantity)],
  reason: "damaged",
  remedy: "refund",
  rules: { version: 0, rules: {} },
});
const back = (returnId: string, quantity: string): OrderCommand[] => [
  authorise(returnId, quantity),
  { type: "ReceiveReturn", returnId, lines: [part(quantity)] },
  { type: "InspectReturn", returnId, lines: [{ ...at, restock: quantity, scrap: "0", backToCustomer: "0" }] },
];
const pay = (minor: number): OrderCommand => ({ type: "RecordPayment", receiptId: RECEIPT, amount: cny(minor) });
const invoice: OrderCommand = {
  type: "IssueInvoice",
  invoiceId: "i-1",
  number: "IN-1",
  rules: { version: 0, rules: ruleDefaults.invoicing },
};
const credit: OrderCommand = {
  type: "IssueCreditNote",
  invoiceId: "c-1",
  number: "CN-1",
  cause: "return",
  lines: [{ lineId: "1", quantity: "4" }],
  rules: { version: 0 },
};
const refund = (minor: number, returnId = "r1"): OrderCommand => ({
  type: "RecordRefund",
  returnId,
  receiptId: RECEIPT,
  refundId: "f-1",
  amount: cny(minor),
});
/** As a receipt does it: what it paid for the order is free again, and went back. */
const paidBack = (minor: number): OrderCommand[] => [
  { type: "ReversePayment", receiptId: RECEIPT, amount: cny(minor) },
  refund(minor),
];
const open = (events: readonly OrderEvent[]) => [...openRefunds(given(...events).state())];

describe("what is to be paid back", () => {
  const paid = after(isCompleted(), invoice, pay(2500));
  test("is due as soon as it was inspected, before and after its credit note, and until it was paid", () => {
    const returned = after(paid, ...back("r1", "4"));
    expect(open(returned)).toEqual([["r1", 1000n]]);
    const credited = after(returned, credit);
    expect(open(credited)).toEqual([["r1", 1000n]]);
    const half = after(credited, ...paidBack(400));
    expect(open(half)).toEqual([["r1", 600n]]);
    expect(open(after(half, ...paidBack(600)))).toEqual([]);
  });
  test("is nothing of what was never paid, and what was set off is not paid again", () => {
    const owing = after(isCompleted(), invoice, ...back("r1", "4"));
    expect(open(owing)).toEqual([]);
    expect(open(after(owing, pay(1800)))).toEqual([["r1", 300n]]);
    const setOff: OrderCommand = { type: "ReversePayment", receiptId: RECEIPT, amount: cny(1000) };
    expect(open(after(paid, ...back("r1", "4"), setOff))).toEqual([]);
  });
  test("is that of the first return first", () => {
    const two = after(isCompleted(), invoice, pay(2200), ...back("r1", "2"), ...back("r2", "2"));
    expect(open(two)).toEqual([
      ["r1", 500n],
      ["r2", 200n],
    ]);
  });
  test("keeps the order from being closed", () => {
    const credited = after(paid, ...back("r1", "4"), credit);
    given(...credited)
      .when({ type: "CloseOrder" }, by)
      .refused("REFUND_OPEN");
    given(...after(credited, ...paidBack(1000)))
      .when({ type: "CloseOrder" }, by)
      .then({ type: "order.closed" });
  });
});

describe("a refund is recorded", () => {
  const returned = after(isCompleted(), pay(2500), ...back("r1", "4"));
  const recorded = (events: readonly OrderEvent[], command: OrderCommand, more: object = {}) => {
    const { decision } = given(...events).when(command, { ...by, ...more });
    return "events" in decision ? decision.events[0] : decision;
  };
  test("with all that was paid back", () =>
    expect(recorded(after(returned, refund(400)), refund(600))).toEqual({
      type: "order.return.refunded",
      returnId: "r1",
      receiptId: RECEIPT,
      refundId: "f-1",
      amount: cny(600),
      refunded: cny(1000),
      breaches: [],
    }));
  test("also beyond what is due, which is named", () =>
    expect(recorded(returned, refund(1001))).toMatchObject({
      refunded: cny(1001),
      breaches: [{ code: "REFUND_OVER_DUE", detail: "1" }],
    }));
  test("and counted nowhere in another currency, for an order that is not here, or in the future", () => {
    const euros = { ...refund(1), amount: { minor: "1", currency: "EUR" } } as OrderCommand;
    expect(recorded(returned, euros)).toMatchObject({ refunded: cny(0), breaches: [{ code: "CURRENCY_DIFFERS" }] });
    expect(recorded([], refund(1))).toMatchObject({ refunded: cny(0), breaches: [{ code: "ORDER_UNKNOWN" }] });
    expect(recorded(returned, refund(1), { claimedAt: "2031-01-01T00:00:00.000Z" })).toMatchObject({
      refunded: cny(0),
      breaches: [{ code: "CLAIMED_IN_FUTURE" }],
    });
  });
});
