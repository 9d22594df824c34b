import { expect, test } from "@jest/globals";
import { after, cny, given, isCompleted, isConfirmed, received, RECEIPT, system } from "./spec.js";

const by = { actor: system };
const pay = (minor: number, currency = "CNY") =>
  ({ type: "RecordPayment", receiptId: RECEIPT, amount: { ...cny(minor), currency } }) as const;
const recorded = (minor: number, sum: number) =>
  ({
    type: "order.payment.recorded",
    receiptId: RECEIPT,
    amount: cny(minor),
    received: cny(sum),
    breaches: [],
  }) as const;

test("what comes in adds up", () => {
  given(received).when(pay(1000), by).then(recorded(1000, 1000));
  given(...after([received], pay(1000)))
    .when(pay(500), by)
    .then(recorded(500, 1500));
});
test("nothing is an amount", () => given(received).when(pay(0), by).then(recorded(0, 0)));
test("closed and cancelled orders take money", () => {
  given(...after(isConfirmed, { type: "CancelOrder", reason: "x", cancelledBy: "us" }))
    .when(pay(1), by)
    .then(recorded(1, 1));
  given(...isCompleted(), { type: "order.closed" })
    .when(pay(1), by)
    .then(recorded(1, 1));
});
test.each([
  ["another currency's", [received], pay(5, "EUR"), {}, ["CURRENCY_DIFFERS"]],
  ["an unknown order's", [], pay(5), {}, ["ORDER_UNKNOWN"]],
  ["the future's", [received], pay(5), { claimedAt: "2031-01-01T00:00:00.000Z" }, ["CLAIMED_IN_FUTURE"]],
] as const)("%s money is recorded and counted nowhere", (_, events, command, more, codes) => {
  const { decision } = given(...events).when(command, { ...by, ...more });
  const [event] = decision.events;
  expect([event.breaches.map(({ code }: { code: string }) => code), event.received.minor]).toEqual([codes, "0"]);
  expect(given(...events, event).state().received).toBe(0n);
});
