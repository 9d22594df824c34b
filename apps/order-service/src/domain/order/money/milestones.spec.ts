// The parts in which an order is paid: they sum to its total, each is due when what it waits for has happened, and the earliest
// is settled first.
import { describe, expect, test } from "@jest/globals";
import { ruleDefaults } from "../../rules/rule-kinds.js";
import type { OrderCommand } from "../order.decider.js";
import type { OrderEvent } from "../order.events.js";
import {
  after,
  asks,
  cny,
  confirmed,
  delivers,
  given,
  isConfirmed,
  li,
  received,
  RECEIPT,
  ships,
  verified,
} from "../spec.js";
import { amountsOf, isUnpaidBeforeShipment } from "./milestones.js";
import type { MilestoneTerm } from "./money.events.js";

const by = { actor: li };
const term = (milestoneId: string, more: Partial<MilestoneTerm>): MilestoneTerm => ({
  milestoneId,
  due: "delivery",
  days: 0,
  ...more,
});
const agree = (...milestones: MilestoneTerm[]): OrderCommand => ({ type: "AgreePaymentTerms", milestones });
const usual = agree(
  term("deposit", { percent: "30", due: "confirmation", days: 3 }),
  term("balance", { percent: "40", due: "beforeShipment", days: 7 }),
  term("rest", { due: "endOfMonth", days: 30 }),
);
const pay = (minor: number, milestoneId?: string): OrderCommand => ({
  type: "RecordPayment",
  receiptId: RECEIPT,
  amount: cny(minor),
  ...(milestoneId === undefined ? {} : { milestoneId }),
});
const invoice: OrderCommand = {
  type: "IssueInvoice",
  invoiceId: "i-1",
  number: "IN-1",
  rules: { version: 0, rules: ruleDefaults.invoicing },
};
const agreed = after([received], usual);
const binding = (): OrderEvent[] =>
  after([...agreed, verified], { type: "ConfirmOrder", promises: [], promiseRequested: true });
const shown = (events: readonly OrderEvent[]) =>
  given(...events)
    .state()
    .money.milestones.map(({ milestoneId, amount, settled, dueOn }) => [
      milestoneId,
      amount.minor,
      settled.minor,
      dueOn,
    ]);

describe("amounts", () => {
  test.each([
    [[{ percent: "33.333333" }, { percent: "33.333333" }, {}], 100n, [33n, 33n, 34n]],
    [[{ percent: "50" }, { percent: "50" }], 101n, [51n, 50n]],
    [[{ amount: cny(700) }, {}], 2500n, [700n, 1800n]],
    [[{ amount: cny(700) }, { percent: "10" }, {}], 500n, [500n, 0n, 0n]],
    [[{ amount: cny(700) }, { amount: cny(1800) }], 2600n, [700n, 1900n]],
  ] as const)("%j of %s are %s", (terms, total, amounts) => {
    const found = amountsOf(
      terms.map((each, index) => term(`${index}`, each)),
      total,
    );
    expect(found).toEqual(amounts);
    expect(found.reduce((sum, each) => sum + each, 0n)).toBe(total);
  });
  test("that sum to nothing of the kind are refused, with every fault", () => {
    given(received)
      .when(agree(term("a", { percent: "50" }), term("b", { percent: "49" })), by)
      .refused("MILESTONES_DO_NOT_SUM");
    given(received)
      .when(agree(term("a", { amount: cny(2499) })), by)
      .refused("MILESTONES_DO_NOT_SUM");
    given(received)
      .when(agree(term("a", {}), term("a", { percent: "0", amount: cny(0), days: -1, due: "soon" as never })), by)
      .refused(
        "DUPLICATE_MILESTONE",
        "MILESTONE_SHARE_MISSING",
        "MILESTONE_SHARE_TWICE",
        "PERCENT_INVALID",
        "AMOUNT_NOT_POSITIVE",
        "MILESTONE_START_UNKNOWN",
        "DAYS_INVALID",
      );
  });
  test("are agreed before the order is binding, and once", () => {
    given(...isConfirmed)
      .when(usual, by)
      .refused("ORDER_STATE");
    given(...agreed)
      .when(usual, by)
      .unchanged();
  });
});

describe("days", () => {
  test("none before the order is binding", () =>
    expect(shown(agreed)).toEqual([
      ["deposit", "750", "0", undefined],
      ["balance", "1000", "0", undefined],
      ["rest", "750", "0", undefined],
    ]));
  test("from the confirmation, and back from the promise", () =>
    expect(shown(binding())).toEqual([
      ["deposit", "750", "0", "2026-03-05"],
      ["balance", "1000", "0", "2026-03-13"],
      ["rest", "750", "0", undefined],
    ]));
  test("what lies before the shipment follows a later promise, the deposit stays", () => {
    const later: OrderCommand = {
      type: "RepromiseSchedule",
      lineId: "1",
      scheduleId: "1",
      promisedOn: "2026-03-30",
      reason: "x",
      askedBy: "us",
    };
    expect(shown(after(binding(), later)).map((each) => each[3])).toEqual(["2026-03-05", "2026-03-23", undefined]);
  });
  test("from the end of the month in which everything is invoiced", () => {
    const partly = after(binding(), asks("4"), ships("4"), invoice);
    expect(shown(partly)[2]).toEqual(["rest", "750", "0", undefined]);
    expect(shown(after(partly, asks("6"), ships("6"), invoice))[2]).toEqual(["rest", "750", "0", "2026-04-30"]);
  });
  test("from the day on which all has left, or arrived", () => {
    const two = after(
      [received],
      agree(term("a", { percent: "50", due: "shipment" }), term("b", { due: "delivery", days: 1 })),
    );
    const start = [...two, verified, confirmed];
    expect(shown(after(start, asks("4"), ships("4"))).map((each) => each[3])).toEqual([undefined, undefined]);
    const all = after(start, asks("10"), ships("10"));
    expect(shown(all).map((each) => each[3])).toEqual(["2026-03-10", undefined]);
    expect(shown(after(all, delivers("10"))).map((each) => each[3])).toEqual(["2026-03-10", "2026-03-21"]);
  });
});

describe("what is settled", () => {
  const settled = (events: readonly OrderEvent[]) => shown(events).map((each) => each[2]);
  test("the earliest first", () => {
    expect(settled(after(binding(), pay(800)))).toEqual(["750", "50", "0"]);
    expect(settled(after(binding(), pay(3000)))).toEqual(["750", "1000", "750"]);
  });
  test("a payment that names one settles that, and what is over goes on to the others", () =>
    expect(settled(after(binding(), pay(900, "rest")))).toEqual(["150", "0", "750"]));
  test("what is taken back was for none first", () => {
    const paid = after(binding(), pay(500, "rest"), pay(750));
    expect(settled(after(paid, { type: "ReversePayment", receiptId: RECEIPT, amount: cny(700) }))).toEqual([
      "50",
      "0",
      "500",
    ]);
    expect(settled(after(paid, { type: "ReversePayment", receiptId: RECEIPT, amount: cny(1000) }))).toEqual([
      "0",
      "0",
      "250",
    ]);
  });
  test("nothing is taken back that never counted", () =>
    given(...binding())
      .when({ type: "ReversePayment", receiptId: RECEIPT, amount: cny(1) }, by)
      .unchanged());
});

test("what is to be paid before the shipment is missing until all of it has come", () => {
  const missing = (events: readonly OrderEvent[]) => isUnpaidBeforeShipment(given(...events).state());
  expect([agreed, binding(), after(binding(), pay(1749)), after(binding(), pay(1750))].map(missing)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
