import { describe, expect, test } from "@jest/globals";
import type { AuthorityRules } from "../rules/authority.rules.js";
import type { CreditRules } from "../rules/credit.rules.js";
import type { ConfirmRules } from "./confirm-order.js";
import type { Confirming } from "./confirm-limits.js";
import { cny, given, li, received, verified } from "./spec.js";
import type { OrderEvent } from "./order.events.js";

const line = received.lines[0]!;
/** 250 is 16.67 % below 300, and leaves 20 % above 200. */
const priced: OrderEvent = { ...received, lines: [{ ...line, listPrice: cny(300), unitCost: cny(200) }] };
const confirm = (rules: ConfirmRules, confirming: Confirming) =>
  ({ type: "ConfirmOrder", promises: [], promiseRequested: true, rules, confirming }) as const;
const decided = (events: readonly OrderEvent[], rules: ConfirmRules, confirming: Confirming) =>
  given(...events).when(confirm(rules, confirming), { actor: li });
const approvedFor = (subject: string): OrderEvent[] => [
  {
    type: "order.approval.requested",
    subject,
    version: 1,
    rulesVersion: 1,
    requestedBy: li,
    amount: cny(2500),
    levels: [{ level: "lead", of: [{ role: "lead" }], need: "any" }],
    department: "cn/east",
    visibleTo: ["d:"],
  },
  { type: "order.approval.given", subject, level: "lead", person: "wang", as: [0], waiting: [] },
];

describe("authority over prices", () => {
  const sales = { role: "sales", discountUpTo: "10", marginFrom: "15" };
  const ruled = (beyond: AuthorityRules["beyond"], ...roles: AuthorityRules["roles"][number][]): ConfirmRules => ({
    authority: { version: 4, rules: { roles: roles.length > 0 ? roles : [sales], beyond } },
  });
  const as = (...roles: string[]): Confirming => ({ roles });
  test("binds who has a role that is named, and of several roles the one that goes furthest counts", () => {
    decided([priced, verified], ruled("refuse"), as("sales")).refused("AUTHORITY_EXCEEDED");
    for (const roles of [["manager"], ["manager", "merchandiser"]]) {
      expect(decided([priced, verified], ruled("refuse"), as(...roles)).decision).toHaveProperty("events");
    }
    const lead = { role: "lead", discountUpTo: "20" };
    expect(decided([priced, verified], ruled("refuse", sales, lead), as("sales", "lead")).decision).toMatchObject({
      events: [{ type: "order.confirmed", ruledBy: { authority: 4 } }],
    });
  });
  test("names each line and what is beyond: discount, margin, price band", () => {
    const strict = {
      role: "sales",
      discountUpTo: "16.666666",
      marginFrom: "20.000001",
      bands: [{ sku: "A-1", currency: "CNY", from: "251" }],
    };
    expect(decided([priced, verified], ruled("refuse", strict), as("sales")).decision).toMatchObject({
      refusals: (["discount", "margin", "price"] as const).map((by) => ({
        code: "AUTHORITY_EXCEEDED",
        lineId: "1",
        by,
      })),
    });
    const enough = {
      role: "sales",
      discountUpTo: "16.666667",
      marginFrom: "20",
      bands: [
        { sku: "B", currency: "CNY", from: "999" },
        { family: "chairs", currency: "CNY", from: "999" },
        { currency: "EUR", from: "999" },
        { currency: "CNY", from: "250", to: "250" },
      ],
    };
    expect(decided([priced, verified], ruled("refuse", enough), as("sales")).decision).toHaveProperty("events");
    decided(
      [priced, verified],
      ruled("refuse", { role: "sales", bands: [{ currency: "CNY", to: "249" }] }),
      as("sales"),
    ).refused("AUTHORITY_EXCEEDED");
  });
  test("what is given away for nothing leaves less than any margin", () => {
    const free: OrderEvent = { ...received, lines: [{ ...line, unitPrice: cny(0), unitCost: cny(1) }] };
    decided([free, verified], ruled("refuse", { role: "sales", marginFrom: "-99999" }), as("sales")).refused(
      "AUTHORITY_EXCEEDED",
    );
  });
  test("beyond it by rule: under a hold, or approved", () => {
    expect(decided([priced, verified], ruled("hold"), as("sales")).decision).toMatchObject({
      events: [
        { type: "order.hold.placed", hold: "price", source: "limit", reason: "authority" },
        { type: "order.confirmed", holds: ["price"], blocked: { dispatch: ["price"] } },
      ],
    });
    decided([priced, verified], ruled("approve"), as("sales")).refused("AUTHORITY_EXCEEDED");
    expect(decided([priced, verified, ...approvedFor("order")], ruled("approve"), as("sales")).decision).toMatchObject({
      events: [{ type: "order.confirmed" }],
    });
    decided([priced, verified, ...approvedFor("creditOverride")], ruled("approve"), as("sales")).refused(
      "AUTHORITY_EXCEEDED",
    );
  });
});

describe("the credit limit", () => {
  const ruled = (over: CreditRules["over"]): ConfirmRules => ({
    credit: { version: 7, rules: { over, withoutLimit: "allow", release: true } },
  });
  const owing = (open: number, limit = 3000): Confirming => ({ credit: { limit: `${limit}`, open: `${open}` } });
  const order = [received, verified] as const;
  test("is not reached by what just fits, nor where no rule asks for it", () => {
    expect(decided(order, ruled("refuse"), owing(500)).decision).toMatchObject({
      events: [{ ruledBy: { credit: 7 } }],
    });
    expect(decided(order, ruled("allow"), owing(9999)).decision).toHaveProperty("events.length", 1);
    expect(decided(order, ruled("refuse"), {}).decision).toHaveProperty("events.length", 1);
  });
  test("where a rate is missing nobody knows: that is said, and it is over", () => {
    const unknown: Confirming = {
      credit: { limit: "3000", open: "0", amount: "0", currency: "EUR", unrated: ["USD"] },
    };
    expect(decided(order, ruled("refuse"), unknown).decision).toEqual({
      refusals: [{ code: "CREDIT_RATE_MISSING", currencies: ["USD"], currency: "EUR", way: "refuse" }],
    });
    expect(decided(order, ruled("hold"), unknown).decision).toMatchObject({
      events: [{ type: "order.hold.placed", holdId: "credit:limit", reason: "creditRateMissing" }, {}],
    });
  });
  test("over it: refused, held, or confirmed once that was approved", () => {
    const { decision } = decided(order, ruled("refuse"), owing(501));
    expect(decision).toEqual({
      refusals: [
        { code: "CREDIT_EXCEEDED", limit: "3000", open: "501", amount: "2500", currency: "CNY", way: "refuse" },
      ],
    });
    expect(decided(order, ruled("hold"), owing(501)).decision).toMatchObject({
      events: [
        { type: "order.hold.placed", hold: "credit", holdId: "credit:limit", reason: "creditLimit" },
        { type: "order.confirmed", holds: ["credit"] },
      ],
    });
    decided(order, ruled("approve"), owing(501)).refused("CREDIT_EXCEEDED");
    decided([...order, ...approvedFor("order")], ruled("approve"), owing(501)).refused("CREDIT_EXCEEDED");
    expect(decided([...order, ...approvedFor("creditOverride")], ruled("approve"), owing(501)).decision).toMatchObject({
      events: [{ type: "order.confirmed", holds: [] }],
    });
  });
});
