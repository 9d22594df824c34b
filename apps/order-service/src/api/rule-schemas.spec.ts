// The form of rules at its edges: what could never hold, or would hold for everything, is refused when it is set.
import { expect, test } from "@jest/globals";
import type { RuleKind } from "../domain/rules/rule-kinds.js";
import { ruleDefaults, ruleKinds } from "../write/rule-book.js";
import { ruleSchemas } from "./rule-schemas.js";

/** Where the form is at fault. */
const faults = (kind: RuleKind, rules: object): string[] =>
  ruleSchemas[kind].safeParse(rules).error?.issues.map(({ path }) => path.join(".")) ?? [];
const comparison = (given: object) => faults("comparison", { ...ruleDefaults.comparison, ...given });
const completeness = (given: object) => faults("completeness", { rules: [{ name: "x", ...given }] });
const when = (given: object) => faults("review", { departments: [], countersigned: [given] });
const band = (given: object) =>
  faults("authority", { roles: [{ role: "sales", bands: [{ currency: "CNY", ...given }] }], beyond: "hold" });
const level = (given: object) =>
  faults("approval", { levels: [{ level: "a", subjects: ["order"], of: [{ role: "lead" }], need: "any", ...given }] });

test.each(ruleKinds)("the program's own rules of kind %s are of the form that is asked for", (kind) =>
  expect(faults(kind, ruleDefaults[kind])).toEqual([]),
);

const WHOLE = ["0", "00.5", "2.5", "99.999999", "100", "100.0", "100.000000"];
const NO_PART = ["100.5", "100.000001", "101", "-1", "2.", ".5", "1.0000001", "", " 1", "1\n", "1e1", "１"];
test("percentages of something whole go from 0 to 100", () => {
  for (const each of WHOLE) {
    expect([each, comparison({ priceTolerance: each, quantityTolerance: each })]).toEqual([each, []]);
    expect([each, faults("tolerance", { shortCloseUpTo: { percent: each } })]).toEqual([each, []]);
  }
  for (const each of NO_PART) {
    expect([each, comparison({ priceTolerance: each })]).toEqual([each, ["priceTolerance"]]);
    expect([each, comparison({ quantityTolerance: each })]).toEqual([each, ["quantityTolerance"]]);
    expect([each, faults("tolerance", { shortCloseUpTo: { percent: each } })]).toEqual([
      each,
      ["shortCloseUpTo.percent"],
    ]);
  }
});

test("percentages of prices lie below 0 as well, and never above 100", () => {
  for (const each of [...WHOLE, "-3", "-250.5"]) {
    expect([each, when({ discountOver: each, marginUnder: each })]).toEqual([each, []]);
  }
  for (const each of ["100.5", "101", "-", "--1", "-1.0000001", "-1000000"]) {
    expect([each, when({ discountOver: each, marginUnder: each })]).toEqual([
      each,
      ["countersigned.0.discountOver", "countersigned.0.marginUnder"],
    ]);
  }
});

test("a condition on new items asks for them, and what is known is not set", () => {
  expect(when({ newItem: true, families: ["chairs"] })).toEqual([]);
  expect(when({ newItem: false })).toEqual(["countersigned.0.newItem"]);
  expect(when({ newItem: true, known: ["A-1"] })).toEqual(["countersigned.0"]);
});

test("a quantity is above nothing", () => {
  for (const each of ["1", "0.000001", "999999999999.5"]) expect(completeness({ minimumQuantity: each })).toEqual([]);
  for (const each of ["0", "0.000000", "-1", "1.0000001", "1234567890123", "1,5", ""]) {
    expect([each, completeness({ minimumQuantity: each })]).toEqual([each, ["rules.0.minimumQuantity"]]);
  }
});

test("hours are whole, from one to those of a leap year, wherever they are asked for", () => {
  for (const each of [1, 8_784]) {
    expect([completeness({ verifyWithinHours: each }), level({ hours: each })]).toEqual([[], []]);
  }
  for (const each of [0, -1, 1.5, 8_785]) {
    expect(completeness({ verifyWithinHours: each })).toEqual(["rules.0.verifyWithinHours"]);
    expect(level({ hours: each })).toEqual(["levels.0.hours"]);
    expect(faults("holds", { stock: { blocks: ["dispatch"], expiresAfterHours: each } })).toEqual([
      "stock.expiresAfterHours",
    ]);
    expect(faults("review", { departments: [{ department: "cn", hours: each }], countersigned: [] })).toEqual([
      "departments.0.hours",
    ]);
  }
});

test("a working calendar has a zone, a day with hours, and hours that rise", () => {
  const calendar = (given: object) => faults("calendar", { zone: "Asia/Shanghai", week: { mon: day }, ...given });
  const day = [
    { from: "09:00", to: "12:00" },
    { from: "12:00", to: "24:00" },
  ];
  const hours = (...spans: [string, string][]) => ({ week: { sat: spans.map(([from, to]) => ({ from, to })) } });
  expect(calendar({ holidays: ["2026-10-01"], extraDays: [{ on: "2026-10-10", hours: day }] })).toEqual([]);
  expect(calendar({ zone: "Asia/Peking" })).toEqual(["zone"]);
  expect([calendar({ week: {} }), calendar({ week: { mon: [] } })]).toEqual([["week"], ["week.mon"]]);
  expect(calendar({ week: { mon: day, funday: day } })).toEqual(["week"]);
  expect(calendar({ holidays: ["2026-02-30"] })).toEqual(["holidays.0"]);
  expect(calendar({ extraDays: [1, 2].map(() => ({ on: "2026-10-10", hours: day })) })).toEqual(["extraDays"]);
  for (const time of ["24:00", "9:00", "09:60", "09"]) {
    expect([time, calendar(hours([time, "24:00"]))]).toEqual([time, expect.arrayContaining(["week.sat.0.from"])]);
  }
  expect(calendar(hours(["09:00", "24:01"]))).toEqual(["week.sat.0.to"]);
  expect(calendar(hours(["09:00", "09:00"]))).toEqual(["week.sat"]);
  expect(calendar(hours(["09:00", "12:00"], ["11:59", "18:00"]))).toEqual(["week.sat"]);
});

test("spans are the right way round", () => {
  expect(completeness({ earliestDays: 5, latestDays: 5, price: { currency: "CNY", least: "9", most: "9" } })).toEqual(
    [],
  );
  expect(completeness({ earliestDays: 6, latestDays: 5 })).toEqual(["rules.0.latestDays"]);
  expect(completeness({ price: { currency: "CNY", least: "10", most: "9" } })).toEqual(["rules.0.price.most"]);
  expect(completeness({ price: { currency: "CNY", least: "ten", most: "9" } })).toEqual(["rules.0.price.least"]);
  expect([band({ from: "9", to: "10" }), band({ from: "10", to: "9" })]).toEqual([[], ["roles.0.bands.0.to"]]);
});
