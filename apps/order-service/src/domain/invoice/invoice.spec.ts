// An invoice's life: the ladder of reminders, each level once; what is disputed or promised pauses it.
import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { cny, CUSTOMER, li, ORDER, scope } from "../order/spec.js";
import type { DunningRules } from "../rules/dunning.rules.js";
import { invoiceDecider, type InvoiceCommand } from "./invoice.decider.js";
import type { InvoiceEvent } from "./invoice.events.js";

const given = specFor(invoiceDecider);
const day = (on: string) => `${on}T02:00:00.000Z`;
const midnight = (on: string) => `${on}T16:00:00.000Z`;
const by = (on: string, historical?: true) => ({ actor: li, at: day(on), ...(historical ? { historical } : {}) });
const rules: DunningRules = {
  levels: [
    { level: 1, days: 3 },
    { level: 2, days: 10, holds: true },
    { level: 3, days: 30 },
  ],
};
const open: InvoiceCommand = {
  type: "OpenInvoice",
  number: "IN-1",
  orderId: ORDER,
  orderNumber: "SO-1",
  customerId: CUSTOMER,
  zone: "Asia/Shanghai",
  amount: cny(1000),
  issuedOn: "2026-03-01",
  dueOn: "2026-03-31",
  overdueFrom: midnight("2026-03-31"),
  rules: { version: 2, rules },
  ...scope,
};
const after = (...steps: readonly (readonly [InvoiceCommand, string])[]): InvoiceEvent[] =>
  steps.reduce<InvoiceEvent[]>((events, [command, on]) => {
    const { decision } = given(...events).when(command, by(on));
    if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
    return [...events, ...decision.events];
  }, []);
const opened = after([open, "2026-03-01"]);
const nextOf = (events: readonly InvoiceEvent[]) => (events.at(-1) as { next?: { at: string; level: number } }).next;
const settle = (minor: number, revision: number): InvoiceCommand => ({
  type: "SettleInvoice",
  settled: cny(minor),
  revision,
});
const elapse = (on: string): InvoiceCommand => ({ type: "ElapseDunning", dueAt: midnight(on) });
const promise = (until: string): InvoiceCommand => ({ type: "PromisePayment", until });
const dispute = (minor?: number): InvoiceCommand => ({
  type: "DisputeInvoice",
  reason: "damage",
  ...(minor === undefined ? {} : { amount: cny(minor) }),
});

describe("the ladder", () => {
  test("waits for its first level from the day on which it is opened, at midnight of the invoice's zone", () => {
    expect(nextOf(opened)).toEqual({ at: midnight("2026-04-02"), level: 1 });
    expect(opened[0]).toMatchObject({ type: "invoice.opened", rules: 2 });
    given(...opened)
      .when(open, by("2026-03-02"))
      .unchanged();
  });
  test("each level once, with what is asked for", () => {
    const first = after([open, "2026-03-01"], [elapse("2026-04-02"), "2026-04-02"]);
    expect(first.at(-1)).toEqual({
      type: "invoice.dunned",
      orderId: ORDER,
      level: 1,
      daysOverdue: 3,
      asked: cny(1000),
      holds: false,
      next: { at: midnight("2026-04-09"), level: 2 },
    });
    given(...first)
      .when(elapse("2026-04-02"), by("2026-04-02"))
      .unchanged();
    expect(given(...first).when(elapse("2026-04-09"), by("2026-04-09")).decision).toMatchObject({
      events: [{ level: 2, holds: true }],
    });
  });
  test("nothing of what is settled", () => {
    const paid = after([open, "2026-03-01"], [settle(1000, 4), "2026-03-20"]);
    expect(paid.at(-1)).toEqual({
      type: "invoice.settled",
      orderId: ORDER,
      settled: cny(1000),
      open: cny(0),
      revision: 4,
    });
    given(...paid)
      .when(elapse("2026-04-02"), by("2026-04-02"))
      .unchanged();
    expect(
      after([open, "2026-03-01"], [settle(400, 4), "2026-03-20"], [elapse("2026-04-02"), "2026-04-02"]).at(-1),
    ).toMatchObject({ asked: cny(600) });
  });
  test("none of imported history, nor without rules", () => {
    expect(
      nextOf((given().when(open, by("2026-03-01", true)).decision as { events: InvoiceEvent[] }).events),
    ).toBeUndefined();
    expect(nextOf(after([{ ...open, rules: { version: 0, rules: { levels: [] } } }, "2026-03-01"]))).toBeUndefined();
  });
});

test("of two that tell what is settled the later one holds", () => {
  const paid = after([open, "2026-03-01"], [settle(400, 4), "2026-03-20"]);
  given(...paid)
    .when(settle(100, 3), by("2026-03-21"))
    .unchanged();
  given(...paid)
    .when(settle(400, 5), by("2026-03-21"))
    .unchanged();
  given().when(settle(1, 1), by("2026-03-21")).unchanged();
});

describe("a promise", () => {
  test("pauses until its day has passed, then the next level comes at once", () => {
    const promised = after(
      [open, "2026-03-01"],
      [elapse("2026-04-02"), "2026-04-02"],
      [promise("2026-04-20"), "2026-04-05"],
    );
    expect(nextOf(promised)).toEqual({ at: midnight("2026-04-20"), level: 2 });
    given(...promised)
      .when(elapse("2026-04-09"), by("2026-04-09"))
      .unchanged();
    expect(given(...promised).when(elapse("2026-04-20"), by("2026-04-20")).decision).toMatchObject({
      events: [
        {
          type: "invoice.dunned",
          level: 2,
          brokenPromise: "2026-04-20",
          next: { at: midnight("2026-04-29"), level: 3 },
        },
      ],
    });
  });
  test("that is kept is no more heard of", () => {
    const kept = after([open, "2026-03-01"], [promise("2026-04-20"), "2026-04-05"], [settle(1000, 9), "2026-04-18"]);
    given(...kept)
      .when(elapse("2026-04-20"), by("2026-04-20"))
      .unchanged();
    given(...kept)
      .when(promise("2026-05-01"), by("2026-04-21"))
      .refused("INVOICE_SETTLED");
  });
  test("is for a day that lies ahead", () => {
    given(...opened)
      .when(promise("2026-03-01"), by("2026-03-02"))
      .refused("DATE_PAST");
    given(...opened)
      .when(promise("soon"), by("2026-03-02"))
      .refused("DATE_INVALID");
  });
});

describe("a dispute", () => {
  test("of all: nobody is reminded until it is resolved, then of the highest level that has passed alone", () => {
    const disputed = after([open, "2026-03-01"], [dispute(), "2026-03-20"]);
    expect(nextOf(disputed)).toBeUndefined();
    given(...disputed)
      .when(elapse("2026-04-02"), by("2026-04-02"))
      .unchanged();
    const resolved = after(
      [open, "2026-03-01"],
      [dispute(), "2026-03-20"],
      [{ type: "ResolveDispute", outcome: "agreed" }, "2026-04-15"],
    );
    expect(nextOf(resolved)).toEqual({ at: day("2026-04-15"), level: 2 });
    given(...resolved)
      .when({ type: "ResolveDispute", outcome: "agreed" }, by("2026-04-16"))
      .refused("NOT_DISPUTED");
  });
  test("of a part: the rest is asked for", () =>
    expect(
      after([open, "2026-03-01"], [dispute(300), "2026-03-20"], [elapse("2026-04-02"), "2026-04-02"]).at(-1),
    ).toMatchObject({ asked: cny(700) }));
  test("never of more than is open, with a reason", () => {
    given(...opened)
      .when(dispute(1001), by("2026-03-02"))
      .refused("DISPUTE_EXCEEDED");
    given(...opened)
      .when(dispute(0), by("2026-03-02"))
      .refused("AMOUNT_NOT_POSITIVE");
    given(...opened)
      .when({ type: "DisputeInvoice", reason: " ", amount: { minor: "-1", currency: "EUR" } }, by("2026-03-02"))
      .refused("TEXT_MISSING", "AMOUNT_INVALID", "CURRENCY_DIFFERS");
    given().when(dispute(), by("2026-03-02")).refused("NOT_FOUND");
  });
});

test("who sees it follows its order, the later telling holds", () => {
  const follow = (revision: number, department: string): InvoiceCommand => ({
    type: "FollowScope",
    revision,
    department,
    visibleTo: [`d:${department}`],
  });
  const moved = after([open, "2026-03-01"], [follow(7, "us"), "2026-03-05"]);
  expect(given(...moved).state().visibleTo).toEqual(["d:us"]);
  given(...moved)
    .when(follow(6, "de"), by("2026-03-06"))
    .unchanged();
});
