import { describe, expect, test } from "@jest/globals";
import type { CompletenessRule } from "../../rules/completeness.rules.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { ReceiveOrder } from "../receive-order.js";
import { cny, CUSTOMER, given, givenLine, inTheMornings, li, note, receive, received } from "../spec.js";

const under = (...rules: CompletenessRule[]) => ({ rules: { completeness: { version: 3, rules: { rules } } } });
const receiving = (command: Partial<ReceiveOrder>, ...rules: CompletenessRule[]) =>
  given().when({ ...receive, ...command, ...under(...rules) }, { actor: li, at: "2026-03-02T08:00:00.000Z" }).decision;
const faultsOf = (command: Partial<ReceiveOrder>, ...rules: CompletenessRule[]) => {
  const decision = receiving(command, ...rules);
  if (!("refusals" in decision)) return [];
  return decision.refusals.map((fault: OrderRefusal) => `${fault.code} ${"field" in fault ? fault.field : ""}`);
};

test("what is required is told at its field, and beside what is wrong anyway", () => {
  const required = [
    "sourceReference",
    "paymentTerms",
    "references.erp",
    "customFields.season",
    "incoterm.place",
    "deliveryPoint.address",
    "lines.customerSku",
    "lines.requestedOn",
    "lines.matrix",
  ];
  const { requestedOn: _, ...undated } = givenLine;
  expect(
    faultsOf(
      { incoterm: { code: "FOB" }, deliveryPoint: { country: "DE" }, lines: [{ ...undated, quantity: "-1" }] },
      { name: "all", required },
    ),
  ).toEqual([
    "QUANTITY_NOT_POSITIVE lines.0.quantity",
    "FIELD_REQUIRED sourceReference",
    "FIELD_REQUIRED paymentTerms",
    "FIELD_REQUIRED references.erp",
    "FIELD_REQUIRED customFields.season",
    "FIELD_REQUIRED incoterm.place",
    "FIELD_REQUIRED deliveryPoint.address",
    "FIELD_REQUIRED lines.0.customerSku",
    "FIELD_REQUIRED lines.0.requestedOn",
    "FIELD_REQUIRED lines.0.matrix",
  ]);
  expect(
    faultsOf(
      {
        sourceReference: "PO-1",
        paymentTerms: "COD",
        references: [{ system: "erp", number: "1" }],
        customFields: [{ name: "season", value: false }],
        incoterm: { code: "FOB", place: "Shanghai" },
        deliveryPoint: { country: "DE", address: note },
        lines: [{ ...givenLine, customerSku: "C", matrix: [{ size: "M", quantity: "10" }] }],
      },
      { name: "all", required },
    ),
  ).toEqual([]);
});

describe("a rule applies", () => {
  const required = ["paymentTerms"];
  const needed = ["FIELD_REQUIRED paymentTerms"];
  test.each([
    [{ customers: [CUSTOMER] }, needed],
    [{ customers: ["another"] }, []],
    [{ channels: ["sales", "mail"] }, needed],
    [{ channels: ["portal"] }, []],
    [{ countries: ["DE"] }, needed],
    [{ countries: ["FR"] }, []],
    [{ families: ["cases"] }, needed],
    [{ families: ["chairs"] }, []],
    [{ skus: ["A-1"] }, needed],
    [{ customers: [CUSTOMER], families: ["chairs"] }, []],
  ])("where %j", (when, expected) =>
    expect(
      faultsOf(
        { deliveryPoint: { country: "DE" }, lines: [{ ...givenLine, family: "cases" }] },
        { name: "x", when, required },
      ),
    ).toEqual(expected),
  );
  test("to the lines of its families alone", () =>
    expect(
      faultsOf(
        { lines: [givenLine, { ...givenLine, family: "cases" }] },
        { name: "x", when: { families: ["cases"] }, required: ["lines.customerSku"] },
      ),
    ).toEqual(["FIELD_REQUIRED lines.1.customerSku"]));
});

test("units, least quantities and price bands hold line by line", () => {
  const rule: CompletenessRule = {
    name: "x",
    units: ["pcs", "carton"],
    minimumQuantity: "10",
    price: { currency: "CNY", least: "200", most: "300" },
  };
  expect(
    faultsOf(
      {
        lines: [
          givenLine,
          { ...givenLine, unit: "kg", quantity: "9.999999", unitPrice: cny(199) },
          { ...givenLine, unitPrice: cny(301) },
          { ...givenLine, unitPrice: cny(300) },
        ],
      },
      rule,
    ),
  ).toEqual([
    "UNIT_NOT_ALLOWED lines.1.unit",
    "QUANTITY_BELOW_MINIMUM lines.1.quantity",
    "PRICE_OUT_OF_BAND lines.1.unitPrice",
    "PRICE_OUT_OF_BAND lines.2.unitPrice",
  ]);
  expect(faultsOf({}, { name: "x", price: { currency: "EUR", least: "9999" } })).toEqual([]);
});

test("a price out of its band does not tell the band", () =>
  expect(JSON.stringify(receiving({}, { name: "x", price: { currency: "CNY", most: "123" } }))).not.toContain("123"));

test("requested days lie in a span after the day on which the order came in, in its zone", () => {
  const rule = { name: "x", earliestDays: 7, latestDays: 30 };
  const asking = (...days: string[]) =>
    faultsOf(
      {
        lines: [{ ...givenLine, schedules: days.map((requestedOn) => ({ quantity: "5", requestedOn })) }],
        zone: "UTC",
      },
      rule,
    );
  const { quantity: _, ...unsummed } = givenLine;
  expect(asking("2026-03-09", "2026-04-01")).toEqual([]);
  expect(asking("2026-03-08", "2026-04-02")).toEqual([
    "DATE_TOO_EARLY lines.0.schedules.0.requestedOn",
    "DATE_TOO_LATE lines.0.schedules.1.requestedOn",
  ]);
  expect(faultsOf({ lines: [{ ...unsummed, quantity: "5", requestedOn: "2026-03-08" }] }, rule)).toEqual([
    "DATE_TOO_EARLY lines.0.requestedOn",
  ]);
});

test("several rules that ask for the same tell it once", () =>
  expect(faultsOf({}, { name: "x", required: ["paymentTerms"] }, { name: "y", required: ["paymentTerms"] })).toEqual([
    "FIELD_REQUIRED paymentTerms",
  ]));

test("the rules hold for a corrected order, from the day on which it came in", () => {
  const correct = { type: "CorrectOrder", paymentTerms: "COD", ...under({ name: "x", earliestDays: 30 }) } as const;
  given(received).when(correct, { actor: li }).refused("DATE_TOO_EARLY");
  const { decision } = given(received).when({ ...correct, ...under({ name: "x", earliestDays: 3 }) }, { actor: li });
  expect(decision).toMatchObject({ events: [{ type: "order.corrected", decidedUnder: { completeness: 3 } }] });
});

test("the event names the rules' version, and until when the shortest of them wants it verified", () => {
  expect(
    receiving(
      {},
      { name: "x", verifyWithinHours: 48 },
      { name: "y", verifyWithinHours: 4 },
      {
        name: "z",
        when: { channels: ["portal"] },
        verifyWithinHours: 1,
      },
    ),
  ).toMatchObject({ events: [{ decidedUnder: { completeness: 3 }, verifyDueAt: "2026-03-02T12:00:00.000Z" }] });
  // The mornings of Monday and, after a holiday, of Wednesday; a calendar by which nothing was reckoned is not named.
  const ruled = (...rules: CompletenessRule[]) => {
    const command = { ...receive, rules: { ...under(...rules).rules, calendar: inTheMornings } };
    return given().when(command, { actor: li, at: "2026-03-02T03:00:00.000Z" }).decision;
  };
  expect(ruled({ name: "x", verifyWithinHours: 4 })).toMatchObject({
    events: [{ decidedUnder: { completeness: 3, calendar: 5 }, verifyDueAt: "2026-03-04T04:00:00.000Z" }],
  });
  expect(ruled()).toMatchObject({ events: [{ decidedUnder: { completeness: 3 } }] });
  expect(JSON.stringify(ruled())).not.toContain("calendar");
  const [event] = (given().when(receive, { actor: li }).decision as { events: object[] }).events;
  expect(Object.keys(event!)).not.toEqual(expect.arrayContaining(["decidedUnder"]));
  expect(Object.keys(event!)).not.toEqual(expect.arrayContaining(["verifyDueAt"]));
});
