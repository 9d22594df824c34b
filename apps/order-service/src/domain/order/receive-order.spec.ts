import { describe, expect, test } from "@jest/globals";
import { SPEC_TIME } from "@gendan/testing/given";
import type { Decision } from "@gendan/eventing";
import type { GivenLine } from "./given-order.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { ReceiveOrder } from "./receive-order.js";
import { cny, CUSTOMER, given, givenLine, li, line, receive, received, scope } from "./spec.js";

const by = { actor: li };
const withLines = (...lines: GivenLine[]) => ({ ...receive, lines });
const decide = (command: ReceiveOrder): Decision<OrderEvent, OrderRefusal> => given().when(command, by).decision;
const eventOf = (command: ReceiveOrder) => {
  const decision = decide(command);
  if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
  const [event] = decision.events;
  if (event?.type !== "order.received") throw new Error("not received");
  return event;
};
const faultsOf = (command: ReceiveOrder) => {
  const decision = decide(command);
  return "refusals" in decision ? decision.refusals : [];
};

test("a complete order is received with its defaults, sums and local days", () =>
  given()
    .when(receive, by)
    .then({ ...received, receivedAt: SPEC_TIME, receivedOn: "2026-03-02", lines: [line], ...scope }));

test("facts that came before the order do not keep it out", () => {
  const { decision } = given({ type: "order.allocation.declined", shipmentId: "s", reasons: ["ORDER_UNKNOWN"] }).when(
    receive,
    by,
  );
  expect(decision).toHaveProperty("events");
});

describe("lines", () => {
  test("amounts are exact and rounded half up; freight is apart", () => {
    const { lines, amount, freight } = eventOf(
      withLines(
        { ...givenLine, quantity: "0.333333", unitPrice: cny(100), freight: cny(7) },
        { ...givenLine, quantity: "0.5", unitPrice: cny(3) },
      ),
    );
    expect(lines.map((each) => each.amount.minor)).toEqual(["33", "2"]);
    expect([amount, freight]).toEqual([cny(35), cny(7)]);
  });
  test("a line's schedules make its quantity, and carry the line's requested day unless they name their own", () => {
    const { quantity: _, ...rest } = givenLine;
    const [made] = eventOf(
      withLines({ ...rest, schedules: [{ quantity: "4" }, { quantity: "6.50", requestedOn: "2026-04-01" }] }),
    ).lines;
    expect(made).toMatchObject({
      quantity: "10.5",
      schedules: [
        { scheduleId: "1", quantity: "4", requestedOn: "2026-03-20" },
        { scheduleId: "2", quantity: "6.5", requestedOn: "2026-04-01", lateFrom: "2026-04-01T16:00:00.000Z" },
      ],
    });
  });
});

describe("what is wrong is told all at once, with its field", () => {
  test("over the lines", () => {
    const faults = faultsOf({
      ...receive,
      orderId: "ABC",
      customerId: "",
      currency: "yuan",
      zone: "Asia/Shangrila",
      department: "cn//east",
      acceptanceDays: -1,
      incoterm: { code: "FOX" },
      references: [
        { system: "erp", number: "1" },
        { system: "erp", number: "" },
      ],
      customFields: [
        { name: "colour", value: "red" },
        { name: "colour", value: {} as never },
      ],
      lines: [],
    });
    expect(faults.map((fault) => `${fault.code} ${"field" in fault ? fault.field : ""}`)).toEqual([
      "ID_INVALID id",
      "CUSTOMER_MISSING customerId",
      "CURRENCY_INVALID currency",
      "ZONE_UNKNOWN zone",
      "DEPARTMENT_INVALID department",
      "ACCEPTANCE_DAYS_INVALID acceptanceDays",
      "INCOTERM_UNKNOWN incoterm.code",
      "TEXT_MISSING references.1.number",
      "DUPLICATE_REFERENCE references.1.system",
      "FIELD_VALUE_INVALID customFields.1.value",
      "DUPLICATE_FIELD customFields.1.name",
      "LINES_MISSING lines",
    ]);
  });
  test("in the lines", () => {
    const faults = faultsOf(
      withLines(
        {
          lineId: "7",
          sku: " ",
          quantity: "0",
          unitPrice: { minor: "1.5", currency: "EUR" },
          freight: { minor: "much", currency: "CNY" },
          requestedOn: "2026-02-30",
        },
        { ...givenLine, lineId: "7", overTolerance: "101", freight: { minor: "-1", currency: "CNY" } },
        {
          ...givenLine,
          quantity: "9",
          schedules: [
            { scheduleId: "a", quantity: "4" },
            { scheduleId: "a", quantity: "-6" },
          ],
        },
      ),
    );
    expect(faults.map((fault) => `${fault.code} ${"field" in fault ? fault.field : ""}`)).toEqual([
      "TEXT_MISSING lines.0.sku",
      "QUANTITY_NOT_POSITIVE lines.0.quantity",
      "DATE_INVALID lines.0.requestedOn",
      "PRICE_INVALID lines.0.unitPrice",
      "CURRENCY_MIXED lines.0.unitPrice.currency",
      "PRICE_INVALID lines.0.freight",
      "TOLERANCE_INVALID lines.1.overTolerance",
      "PRICE_INVALID lines.1.freight",
      "QUANTITY_NOT_POSITIVE lines.2.schedules.1.quantity",
      "DUPLICATE_SCHEDULE lines.2.schedules.1.scheduleId",
      "SCHEDULE_QUANTITIES_DIFFER lines.2.quantity",
      "DUPLICATE_LINE lines.1.lineId",
    ]);
  });
  test.each([
    ["a customer that is no id", { ...receive, customerId: "c-1" }, "ID_INVALID"],
    ["an id that no reader of events takes", { ...receive, customerId: CUSTOMER.replace("-4", "-0") }, "ID_INVALID"],
    ["a department beyond the caller's", { ...receive, departmentInScope: false }, "DEPARTMENT_OUT_OF_SCOPE"],
    ["no price", withLines({ sku: "A", quantity: "1" }), "PRICE_INVALID"],
    [
      "an amount beyond what sums hold",
      withLines({ ...givenLine, quantity: "999999999999", unitPrice: cny(99_999) }),
      "AMOUNT_TOO_LARGE",
    ],
    ["a text without end", withLines({ ...givenLine, sku: "x".repeat(201) }), "TEXT_TOO_LONG"],
    ["more lines than anybody reads", withLines(...Array.from({ length: 1_001 }, () => givenLine)), "TOO_MANY"],
  ])("%s", (_, command, code) => {
    expect(faultsOf(command).map((fault) => fault.code)).toContain(code);
  });
});
