// What a receipt pays for is taken back, refunded, or settles orders of another currency.
import { describe, expect, test } from "@jest/globals";
import { money, type Money } from "@gendan/eventing";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { cny, CUSTOMER, li, ORDER } from "../order/spec.js";
import type { Rate } from "../rules/rates.rules.js";
import type { KnownOrder } from "./allocate-receipt.js";
import { convert } from "./convert.js";
import { receiptDecider, type ReceiptCommand } from "./receipt.decider.js";
import type { ReceiptEvent } from "./receipt.events.js";

const given = specFor(receiptDecider);
const by = { actor: li };
const eur = (minor: number) => ({ minor: `${minor}`, currency: "EUR" });
const recorded: ReceiptEvent = {
  type: "receipt.recorded",
  number: "RC-1",
  customerId: CUSTOMER,
  amount: cny(1000),
  method: "transfer",
  receivedAt: SPEC_TIME,
  department: "cn",
  visibleTo: ["d:", "d:cn"],
};
const known: KnownOrder = {
  orderId: ORDER,
  currency: "CNY",
  zone: "Asia/Shanghai",
  milestones: ["deposit"],
  visibleTo: ["d:"],
};
const allocate = (minor: number, order: Partial<KnownOrder> = {}, ...rates: Rate[]): ReceiptCommand => ({
  type: "AllocateReceipt",
  allocations: [{ orderId: ORDER, amount: cny(minor) }],
  orders: [{ ...known, ...order }],
  rates: { version: 4, rules: { rates } },
});
const after = (...commands: ReceiptCommand[]): ReceiptEvent[] =>
  commands.reduce<ReceiptEvent[]>(
    (events, command) => {
      const { decision } = given(...events).when(command, by);
      if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
      return [...events, ...decision.events];
    },
    [recorded],
  );
const deallocate = (minor?: number): ReceiptCommand => ({
  type: "DeallocateReceipt",
  orderId: ORDER,
  ...(minor === undefined ? {} : { amount: cny(minor) }),
  reason: "mistake",
});
const refund = (minor: number, orderId?: string): ReceiptCommand => ({
  type: "RefundReceipt",
  refundId: "r-1",
  amount: cny(minor),
  reason: "return",
  ...(orderId === undefined ? {} : { orderId }),
});
const rate = (on: string, value: string): Rate => ({ from: "EUR", to: "CNY", on, rate: value });

describe("taken back", () => {
  test("in part or all that is allocated to the order", () => {
    const paid = after(allocate(600));
    expect(given(...paid).when(deallocate(200), by).decision).toMatchObject({
      events: [{ type: "receipt.deallocated", freed: [{ orderId: ORDER, amount: cny(200) }], unallocated: cny(600) }],
    });
    expect(given(...after(allocate(600), deallocate(200))).when(deallocate(), by).decision).toMatchObject({
      events: [{ freed: [{ amount: cny(400) }], unallocated: cny(1000) }],
    });
  });
  test("never more than is, nor of an order that it does not pay for", () => {
    given(...after(allocate(600)))
      .when(deallocate(601), by)
      .refused("ALLOCATION_EXCEEDED");
    given(recorded).when(deallocate(1), by).refused("NOT_ALLOCATED");
    given(...after(allocate(600), deallocate()))
      .when(deallocate(), by)
      .refused("NOT_ALLOCATED");
    given().when(deallocate(), by).refused("NOT_FOUND");
  });
});

describe("refunded", () => {
  test("what is free", () => {
    expect(given(...after(allocate(600))).when(refund(400), by).decision).toMatchObject({
      events: [{ type: "receipt.refunded", amount: cny(400), unallocated: cny(0), refundedAt: SPEC_TIME }],
    });
    given(...after(allocate(600)))
      .when(refund(401), by)
      .refused("RECEIPT_EXCEEDED");
  });
  test("or what pays for an order, which is told that it does no longer", () =>
    expect(given(...after(allocate(1000))).when(refund(300, ORDER), by).decision).toMatchObject({
      events: [
        { type: "receipt.deallocated", freed: [{ orderId: ORDER, amount: cny(300) }], unallocated: cny(300) },
        { type: "receipt.refunded", amount: cny(300), unallocated: cny(0), orderId: ORDER },
      ],
    }));
  test("for a return of the order, never more than is to be paid back for it, in the order's currency", () => {
    const forReturn = (minor: number, returnOpen?: Money): ReceiptCommand =>
      ({ ...refund(minor, ORDER), returnId: "r1", ...(returnOpen ? { returnOpen } : {}) }) as ReceiptCommand;
    expect(given(...after(allocate(1000))).when(forReturn(300, cny(300)), by).decision).toMatchObject({
      events: [{}, { type: "receipt.refunded", amount: cny(300), orderId: ORDER, returnId: "r1" }],
    });
    given(...after(allocate(1000)))
      .when(forReturn(301, cny(300)), by)
      .refused("REFUND_EXCEEDED");
    given(...after(allocate(1000)))
      .when(forReturn(1), by)
      .refused("RETURN_NOT_FOUND");
    given(recorded)
      .when({ ...refund(1), returnId: "r1" } as ReceiptCommand, by)
      .refused("TEXT_MISSING");
    const paid = after(allocate(1000, { currency: "EUR" }, rate("2026-03-01", "7.5")));
    expect(given(...paid).when(forReturn(750, eur(100)), by).decision).toMatchObject({
      events: [{}, { amount: cny(750), pays: eur(100) }],
    });
    given(...paid)
      .when(forReturn(758, eur(100)), by)
      .refused("REFUND_EXCEEDED");
  });
});

test("a milestone that the order does not have is refused", () => {
  const named = (milestoneId: string) =>
    ({ ...allocate(1), allocations: [{ orderId: ORDER, amount: cny(1), milestoneId }] }) as ReceiptCommand;
  given(recorded).when(named("rest"), by).refused("MILESTONE_UNKNOWN");
  expect(given(recorded).when(named("deposit"), by).decision).toMatchObject({
    events: [{ allocations: [{ milestoneId: "deposit" }] }],
  });
});

describe("another currency", () => {
  const order = { currency: "EUR", chargedOn: "2026-02-10" };
  test("settles by the rate of the day on which the money came in, and tells what was gained", () => {
    const rates = [rate("2026-02-01", "8"), rate("2026-03-01", "7.5"), rate("2026-03-03", "7")];
    expect(given(recorded).when(allocate(1000, order, ...rates), by).decision).toMatchObject({
      events: [
        { allocations: [{ amount: cny(1000), settles: { amount: eur(133), rate: rates[1], rules: 4, gain: eur(8) } }] },
      ],
    });
  });
  test("is refused without a rate of that day or before", () =>
    given(recorded)
      .when(allocate(1000, order, rate("2026-03-03", "7")), by)
      .refused("CURRENCY_DIFFERS"));
  test("is taken back in proportion, to the last minor unit", () => {
    const paid = after(allocate(1000, order, rate("2026-03-01", "7.5")));
    const [freed] = (given(...paid).when(deallocate(500), by).decision as { events: ReceiptEvent[] }).events;
    expect(freed).toMatchObject({ freed: [{ amount: cny(500), settled: eur(67) }] });
    expect(given(...paid, freed!).when(deallocate(), by).decision).toMatchObject({
      events: [{ freed: [{ settled: eur(66) }] }],
    });
  });
});

describe("converting", () => {
  test.each([
    ["100.00 EUR", money(10_000, "EUR"), "CNY", "71234"],
    ["back, by the same rate", money(71_234, "CNY"), "EUR", "10000"],
    ["half a minor unit goes up", money(1, "CNY"), "EUR", "0"],
    ["to a currency without decimals", money(10_000, "EUR"), "JPY", "16133"],
    ["and from it", money(16_133, "JPY"), "EUR", "10000"],
    ["to one with three", money(10_000, "EUR"), "KWD", "33333"],
    ["to one with four", money(10_000, "EUR"), "CLF", "24500"],
  ])("%s", (_, amount, to, minor) => {
    const rates = [
      { from: "EUR", to: "CNY", on: "2026-01-01", rate: "7.1234" },
      { from: "EUR", to: "JPY", on: "2026-01-01", rate: "161.33" },
      { from: "EUR", to: "KWD", on: "2026-01-01", rate: "0.333333" },
      { from: "EUR", to: "CLF", on: "2026-01-01", rate: "0.0245" },
    ];
    expect(convert(amount, to, "2026-03-02", { rates })?.amount).toEqual({ minor, currency: to });
  });
  test("by no rate of a later day", () =>
    expect(convert(money(1, "EUR"), "CNY", "2026-03-02", { rates: [rate("2026-03-03", "7")] })).toBeUndefined());
});
