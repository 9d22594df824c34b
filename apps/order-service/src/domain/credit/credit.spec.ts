import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { cny, CUSTOMER, li, ORDER, scope, system } from "../order/spec.js";
import { isOver } from "../rules/credit.rules.js";
import { creditDecider, type FollowOrder } from "./credit.decider.js";
import { limitOn, openOf, visibleToOf } from "./credit.state.js";

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
