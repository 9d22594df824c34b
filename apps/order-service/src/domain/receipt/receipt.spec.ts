import { describe, expect, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { cny, CUSTOMER, li, ORDER, RECEIPT } from "../order/spec.js";
import { receiptDecider } from "./receipt.decider.js";

const given = specFor(receiptDecider);
const by = { actor: li };
const OTHER_ORDER = ORDER.replace(/1$/, "9");

const record = {
  type: "RecordReceipt",
  receiptId: RECEIPT,
  number: "RC-2026-000001",
  customerId: CUSTOMER,
  amount: cny(1000),
  method: "transfer",
  department: "cn/finance",
  departmentInScope: true,
} as const;
const recorded = {
  type: "receipt.recorded",
  number: "RC-2026-000001",
  customerId: CUSTOMER,
  amount: cny(1000),
  method: "transfer",
  receivedAt: SPEC_TIME,
  department: "cn/finance",
  visibleTo: ["d:", "d:cn", "d:cn/finance", "u:li"],
} as const;
const known = { orderId: ORDER, currency: "CNY", visibleTo: ["d:", "d:cn/east"] };
const orders = [known, { ...known, orderId: OTHER_ORDER, visibleTo: ["d:us"] }];
const allocate = (...amounts: number[]) =>
  ({
    type: "AllocateReceipt",
    orders,
    allocations: amounts.map((minor, index) => ({ orderId: orders[index]!.orderId, amount: cny(minor) })),
  }) as const;

describe("recorded", () => {
  test("with its business time", () => {
    given().when(record, by).then(recorded);
    given()
      .when({ ...record, reference: "B-77" }, { ...by, at: "2026-02-01T00:00:00.000Z" })
      .then({ ...recorded, reference: "B-77", receivedAt: "2026-02-01T00:00:00.000Z" });
  });
  test("nothing at all is an amount", () =>
    given()
      .when({ ...record, amount: cny(0) }, by)
      .then({ ...recorded, amount: cny(0) }));
  test("a claim of the future is disputed", () => {
    const claimedAt = "2031-01-01T00:00:00.000Z";
    given()
      .when(record, { ...by, claimedAt })
      .then({ ...recorded, claimedAt });
    given({ ...recorded, claimedAt })
      .when(allocate(1), by)
      .refused("RECEIPT_DISPUTED");
  });
  test("not twice", () => given(recorded).when(record, by).refused("RECEIPT_EXISTS"));
  test("what is no receipt is told with all its faults", () => {
    const { customerId: _, amount: __, ...rest } = record;
    given()
      .when(
        { ...rest, receiptId: "1", method: " ", department: "/", departmentInScope: false, reference: "x".repeat(201) },
        by,
      )
      .refused(
        "ID_INVALID",
        "CUSTOMER_MISSING",
        "AMOUNT_INVALID",
        "TEXT_MISSING",
        "TEXT_TOO_LONG",
        "DEPARTMENT_INVALID",
        "DEPARTMENT_OUT_OF_SCOPE",
      );
    given()
      .when({ ...record, customerId: "x", amount: { minor: "-1", currency: "cny" } }, by)
      .refused("ID_INVALID", "AMOUNT_INVALID", "CURRENCY_INVALID");
  });
});

describe("allocated", () => {
  const allocated = {
    type: "receipt.allocated",
    allocations: [
      { orderId: ORDER, amount: cny(600) },
      { orderId: OTHER_ORDER, amount: cny(400) },
    ],
    unallocated: cny(0),
    visibleTo: ["d:", "d:cn", "d:cn/finance", "u:li", "d:cn/east", "d:us"],
    orders: [
      { orderId: ORDER, visibleTo: known.visibleTo },
      { orderId: OTHER_ORDER, visibleTo: ["d:us"] },
    ],
  } as const;
  test("to several orders, whose people see it from then on", () =>
    given(recorded).when(allocate(600, 400), by).then(allocated));
  test("never more than came in", () => {
    const { decision } = given(recorded).when(allocate(600, 401), by);
    expect(decision).toEqual({
      refusals: [{ code: "RECEIPT_EXCEEDED", unallocated: "1000", asked: "1001", currency: "CNY" }],
    });
    given(recorded, allocated).when(allocate(1), by).refused("RECEIPT_EXCEEDED");
  });
  test("the rest later", () => {
    const first = {
      ...allocated,
      allocations: allocated.allocations.slice(0, 1),
      unallocated: cny(400),
      visibleTo: allocated.visibleTo.slice(0, 5),
      orders: allocated.orders.slice(0, 1),
    };
    given(recorded, first)
      .when(allocate(100), by)
      .then({
        ...first,
        allocations: [{ orderId: ORDER, amount: cny(100) }],
        unallocated: cny(300),
        orders: [],
      });
  });
  test("an empty receipt is allocated once", () => {
    const empty = { ...recorded, amount: cny(0) };
    const { decision } = given(empty).when(allocate(0), by);
    expect(decision.events).toMatchObject([{ allocations: [{ orderId: ORDER, amount: cny(0) }], unallocated: cny(0) }]);
    given(empty, ...decision.events)
      .when(allocate(0), by)
      .unchanged();
  });
  test.each([
    ["an order that is not there or not seen", { ...allocate(1), orders: [] }, "ORDER_NOT_FOUND"],
    ["another order's currency", { ...allocate(1), orders: [{ ...known, currency: "EUR" }] }, "CURRENCY_DIFFERS"],
    [
      "another currency than the receipt's",
      { ...allocate(), allocations: [{ orderId: ORDER, amount: { minor: "1", currency: "EUR" } }] },
      "CURRENCY_DIFFERS",
    ],
    ["no order", allocate(), "ALLOCATIONS_MISSING"],
    ["nothing of something", allocate(0), "AMOUNT_NOT_POSITIVE"],
    ["less than nothing", allocate(-1), "AMOUNT_INVALID"],
  ] as const)("not to %s", (_, command, code) => given(recorded).when(command, by).refused(code));
  test("not twice to one order at once", () => {
    const [allocation] = allocate(1).allocations;
    given(recorded)
      .when({ ...allocate(), allocations: [allocation!, allocation!] }, by)
      .refused("DUPLICATE_ORDER");
  });
  test("not to more orders than a command may name", () =>
    given(recorded)
      .when({ ...allocate(), allocations: Array.from({ length: 101 }, () => allocate(1).allocations[0]!) }, by)
      .refused("TOO_MANY"));
  test("not of a receipt that there is not", () => given().when(allocate(1), by).refused("NOT_FOUND"));
});

describe("an order that it pays for is seen by others", () => {
  const allocated = given(recorded).when(allocate(600, 400), by).decision.events[0]!;
  const follow = { type: "FollowScope", orderId: ORDER, revision: 7, visibleTo: ["d:", "d:cn", "d:cn/west"] } as const;
  const followed = {
    type: "receipt.scope.followed",
    order: { orderId: ORDER, revision: 7, visibleTo: follow.visibleTo },
    visibleTo: ["d:", "d:cn", "d:cn/finance", "u:li", "d:cn/west", "d:us"],
  } as const;
  test("so it is itself; what it owes to its owners and to other orders stays", () =>
    given(recorded, allocated).when(follow, by).then(followed));
  test("what is told late changes nothing", () => {
    given(recorded, allocated, followed)
      .when({ ...follow, revision: 6, visibleTo: ["d:"] }, by)
      .unchanged();
    given(recorded, allocated, followed).when(follow, by).unchanged();
  });
  test("an order that it does not pay for is none of its business", () => {
    given(recorded).when(follow, by).unchanged();
    given().when(follow, by).unchanged();
  });
  test("money that is allocated later to the same order takes nothing back", () => {
    const { decision } = given(recorded, { ...allocated, unallocated: cny(400) } as typeof allocated, followed).when(
      allocate(100),
      by,
    );
    expect(decision.events).toMatchObject([{ visibleTo: followed.visibleTo, orders: [] }]);
  });
});
