import { describe, expect, test } from "@jest/globals";
import { newId, uuidFrom } from "@gendan/eventing";
import { callerOf, defaultPolicy } from "@gendan/security";
import { CUSTOMER, ORDER } from "../domain/order/spec.js";
import { ruleSetActor } from "./available-actions.js";
import { knownOrder, seenOrders } from "./known-orders.js";
import { orderIdOf, ownership, receiptIdOf, yearOf } from "./receiving.js";

describe("ids", () => {
  test("a channel's reference makes the same order of every command", () => {
    const asked = { channel: "import", customerId: CUSTOMER, sourceReference: "4711" };
    const id = uuidFrom("order", "import", CUSTOMER, "4711");
    expect(orderIdOf({ ...asked, commandId: "a" })).toBe(id);
    expect(orderIdOf({ ...asked, commandId: "b", id: ORDER })).toBe(id);
    expect(orderIdOf({ ...asked, commandId: "a", channel: "mail" })).not.toBe(id);
  });
  test("without one it is the client's, else the command's own", () => {
    const commandId = newId();
    expect(orderIdOf({ commandId, channel: "sales", id: ORDER })).toBe(ORDER);
    expect(orderIdOf({ commandId, channel: "sales" })).toBe(orderIdOf({ commandId, channel: "sales" }));
    expect(receiptIdOf({ commandId })).not.toBe(orderIdOf({ commandId, channel: "sales" }));
    expect(receiptIdOf({ commandId, id: ORDER })).toBe(ORDER);
  });
});

test.each([
  ["2026-12-31T16:00:00.000Z", "Asia/Shanghai", 2027],
  ["2026-12-31T15:59:59.999Z", "Asia/Shanghai", 2026],
  ["2026-12-31T16:00:00.000Z", "Nowhere/Land", 2026],
])("a number of %s in %s is of %s", (at, zone, year) => expect(yearOf(at, zone)).toBe(year));

test.each([
  [["cn/east", "de"], undefined, { department: "cn/east", departmentInScope: true }],
  [["cn"], "cn/east/sales", { department: "cn/east/sales", departmentInScope: true }],
  [["cn/east"], "cn", { department: "cn", departmentInScope: false }],
  [["cn/east"], "cn/eastern", { department: "cn/eastern", departmentInScope: false }],
  [[], undefined, { department: "", departmentInScope: true }],
])("what a caller of %j makes for %s", (departments, asked, expected) =>
  expect(ownership(callerOf({ user: "li", roles: ["sales"], departments }, defaultPolicy), asked)).toEqual(expected),
);

test("orders are looked up once each, and only those that are there", async () => {
  const loads: string[] = [];
  const money = { invoices: [{ issuedOn: "2026-03-10" }], terms: [{ milestoneId: "deposit" }] };
  const state = { lifecycle: "received", currency: "CNY", zone: "UTC", scope: { visibleTo: ["d:"] }, money };
  const load = (id: string) => {
    loads.push(id);
    if (id === "gone") return Promise.resolve(undefined);
    return Promise.resolve({ revision: 0, state: id === "early" ? { ...state, lifecycle: "absent" } : state });
  };
  const seen = await seenOrders({ load } as never, ["a", "gone", "a", "early"], ["d:"]);
  expect(seen.map(knownOrder)).toEqual([
    { orderId: "a", currency: "CNY", zone: "UTC", chargedOn: "2026-03-10", milestones: ["deposit"], visibleTo: ["d:"] },
  ]);
  expect(loads).toEqual(["a", "gone", "early"]);
});

test("a rule set acts under its name and version, for nobody", () =>
  expect(ruleSetActor("import@1")).toEqual({ kind: "ruleSet", id: "import", version: "1" }));
