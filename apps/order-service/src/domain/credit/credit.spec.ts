import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { cny, CUSTOMER, li, ORDER, scope, system } from "../order/spec.js";
import { isOver } from "../rules/credit.rules.js";
import { creditDecider, type FollowOrder } from "./credit.decider.js";
import { exposureIn, standingOf, limitOn, openOf, visibleToOf } from "./credit.state.js";

const given = specFor(creditDecider);
const by = { actor: li };
const orderOf = (last: number) => ORDER.replace(/.$/, `${last}`);
const limit = (minor: number, more: object = {}) =>
  ({
    type: "SetCreditLimit",
    customerId: CUSTOMER,
    limit: cny(minor),
    zone: "Asia/Shanghai",
    department: "cn/finance",
    departmentInScope: true,
    ...more,
  }) as const;
const order = (last: number, open: number, more: Partial<FollowOrder> = {}): FollowOrder => ({
  type: "FollowOrder",
  customerId: CUSTOMER,
  zone: "Asia/Shanghai",
  orderId: orderOf(last),
  revision: 3,
  currency: "CNY",
  open: `${open}`,
  held: false,
  visibleTo: scope.visibleTo,
  ...more,
});
const after = (...commands: (FollowOrder | ReturnType<typeof limit>)[]) =>
  commands.reduce<Parameters<typeof given>>((events, command) => {
    const { decision } = given(...events).when(command, { actor: command.type === "FollowOrder" ? system : li });
    if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
    return [...events, ...decision.events];
  }, []);
const last = (...commands: Parameters<typeof after>) =>
  after(...commands)
    .slice(after(...commands.slice(0, -1)).length)
    .map((event) => (event.type === "credit.recovered" ? event.orderIds.map((id) => id.at(-1)) : event.type));

describe("the limit", () => {
  test("is set in a currency, from today on or for the days that are given", () => {
    given()
      .when(limit(5000), by)
      .then({
        type: "credit.limit.set",
        customerId: CUSTOMER,
        limit: { currency: "CNY", amount: "5000", validFrom: "2026-03-02" },
        department: "cn/finance",
        owners: ["d:", "d:cn", "d:cn/finance", "u:li"],
      });
    const state = given(...after(limit(5000, { validFrom: "2026-04-01", validUntil: "2026-04-30" }))).state();
    expect(["2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01"].map((day) => limitOn(state, "CNY", day))).toEqual([
      undefined,
      5000n,
      5000n,
      undefined,
    ]);
    expect(limitOn(state, "EUR", "2026-04-01")).toBeUndefined();
  });
  test("what is none is refused with every fault", () =>
    given()
      .when(
        limit(1, {
          customerId: "x",
          limit: { minor: "-1", currency: "cny" },
          validFrom: "2026-02-30",
          validUntil: "2026-01-01",
          department: "/",
          departmentInScope: false,
        }),
        by,
      )
      .refused(
        "ID_INVALID",
        "AMOUNT_INVALID",
        "CURRENCY_INVALID",
        "DATE_INVALID",
        "DATE_PAST",
        "DEPARTMENT_INVALID",
        "DEPARTMENT_OUT_OF_SCOPE",
      ));
});

describe("what is open", () => {
  test("is what the orders still owe, each currency for itself", () => {
    const state = given(...after(order(1, 300), order(2, 200), order(3, 70, { currency: "EUR" }))).state();
    expect([openOf(state, "CNY"), openOf(state, "EUR"), openOf(state, "CNY", orderOf(1))]).toEqual([500n, 70n, 200n]);
  });
  test("follows each order; what is told late or twice changes nothing", () => {
    const events = after(order(1, 300), order(1, 100, { revision: 7 }));
    expect(openOf(given(...events).state(), "CNY")).toBe(100n);
    given(...events)
      .when(order(1, 300), { actor: system })
      .unchanged();
    given().when(order(1, 0), { actor: system }).unchanged();
  });
  test("is seen by who sees one of the orders as long as something of it is open, and by who set the limit", () => {
    const events = after(limit(1), order(1, 300, { visibleTo: ["d:us"] }));
    expect(visibleToOf(given(...events).state())).toEqual(["d:", "d:cn", "d:cn/finance", "u:li", "d:us"]);
    const paid = after(
      limit(1),
      order(1, 300, { visibleTo: ["d:us"] }),
      order(1, 0, { visibleTo: ["d:us"], revision: 9 }),
    );
    expect(visibleToOf(given(...paid).state())).not.toContain("d:us");
  });
});

test("two orders that were confirmed at the same time: the one that was heard of last is told to be over", () => {
  expect(last(limit(500), order(1, 300), order(2, 300))).toEqual(["credit.order.followed", "credit.exceeded"]);
  expect(last(limit(500), order(1, 300), order(2, 200))).toEqual(["credit.order.followed"]);
  expect(last(order(1, 300), order(2, 300))).toEqual(["credit.order.followed"]);
  // Held already, or only partly paid since: nothing new.
  expect(last(limit(500), order(1, 300), order(2, 300, { held: true }))).toEqual(["credit.order.followed"]);
  expect(last(limit(500), order(1, 600), order(1, 550, { revision: 5 }))).toEqual(["credit.order.followed"]);
});

describe("room again", () => {
  const held = [limit(500), order(1, 400), order(2, 300, { held: true }), order(3, 50, { held: true })] as const;
  test("frees the orders that were held, the first one first, and none overtakes another", () => {
    expect(last(...held, order(1, 250, { revision: 5 }))).toEqual(["credit.order.followed"]);
    expect(last(...held, order(1, 200, { revision: 5 }))).toEqual(["credit.order.followed", ["2"]]);
    expect(last(...held, order(1, 0, { revision: 5 }))).toEqual(["credit.order.followed", ["2", "3"]]);
  });
  test("by a higher limit as well", () => {
    expect(last(...held, limit(749))).toEqual(["credit.limit.set", ["2"]]);
    expect(last(...held, limit(750))).toEqual(["credit.limit.set", ["2", "3"]]);
  });
});

test("over is what goes beyond the limit together with what is open, by anything", () => {
  const rules = { over: "refuse", withoutLimit: "allow", release: true } as const;
  expect(isOver(rules, { limit: "500", open: "300" }, 200n)).toBe(false);
  expect(isOver(rules, { limit: "500", open: "300" }, 201n)).toBe(true);
  expect(isOver(rules, { open: "300" }, 201n)).toBe(false);
  expect(isOver({ ...rules, withoutLimit: "over" }, { open: "0" }, 1n)).toBe(true);
});

describe("where the rules convert currencies", () => {
  const rates = { rates: [{ from: "USD", to: "CNY", on: "2026-01-01", rate: "7" }] };
  const usd = (n: number, open: number, more: object = {}) => order(n, open, { currency: "USD", rates, ...more });
  test("an order in another one counts against the limit, each sum rounded once", () => {
    const state = given(...after(usd(1, 10), usd(2, 20), order(3, 5))).state();
    expect(exposureIn("CNY", state.orders.values(), "2026-03-02", rates)).toEqual({
      open: 215n,
      rates: rates.rates,
      unrated: [],
    });
    expect(exposureIn("CNY", state.orders.values(), "2025-12-31", rates)).toEqual({
      open: 5n,
      rates: [],
      unrated: ["USD"],
    });
    expect(last(limit(500), order(1, 300, { rates }), usd(2, 29))).toEqual([
      "credit.order.followed",
      "credit.exceeded",
    ]);
    expect(last(limit(500), order(1, 300, { rates }), usd(2, 28))).toEqual(["credit.order.followed"]);
  });
  test("one without a rate is over, and frees nobody", () => {
    const brl = order(2, 1, { currency: "BRL", rates });
    expect(last(limit(500), brl)).toEqual(["credit.order.followed", "credit.exceeded"]);
    const held = order(3, 10, { held: true, rates });
    expect(last(limit(500), order(1, 500, { rates }), brl, held, order(1, 0, { revision: 5, rates }))).toEqual([
      "credit.order.followed",
    ]);
  });
  test("what is paid in another one frees those that were held, and none overtakes another", () => {
    const held = [limit(500), usd(1, 70), order(2, 300, { held: true, rates }), usd(3, 1, { held: true })] as const;
    expect(last(...held, usd(1, 40, { revision: 5 }))).toEqual(["credit.order.followed"]);
    expect(last(...held, usd(1, 28, { revision: 5 }))).toEqual(["credit.order.followed", ["2"]]);
    expect(last(...held, usd(1, 0, { revision: 5 }))).toEqual(["credit.order.followed", ["2", "3"]]);
  });
  test("an order is decided on under the limit that it goes over, in that limit's currency", () => {
    const state = given(...after(limit(500), order(1, 300, { rates }))).state();
    const asked = (currency: string, total: bigint) =>
      standingOf(state, { orderId: "new", currency, total }, "2026-03-02", rates);
    expect(asked("USD", 29n)).toEqual({ limit: "500", open: "300", amount: "203", currency: "CNY" });
    expect(asked("BRL", 1n)).toMatchObject({ currency: "CNY", unrated: ["BRL"] });
    expect(standingOf(state, { orderId: "new", currency: "USD", total: 29n }, "2026-03-02")).toEqual({ open: "0" });
    const rules = { over: "refuse", withoutLimit: "allow", release: true, convert: true } as const;
    expect([asked("USD", 28n), asked("USD", 29n), asked("BRL", 1n)].map((each) => isOver(rules, each, 1n))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
