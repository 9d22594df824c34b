import { expect, test } from "@jest/globals";
import { lateFrom, termsOf } from "./dimensions.js";

test.each([
  [undefined, { from: "delivery" }],
  ["30% down, rest at sight", { from: "delivery" }],
  ["PREPAID", { from: "confirmation", days: 0 }],
  ["cod", { from: "delivery", days: 0 }],
  ["NET30", { from: "delivery", days: 30 }],
  ["net-60", { from: "delivery", days: 60 }],
  ["NET", { from: "delivery" }],
])("payment terms %s", (code, terms) => expect(termsOf(code)).toEqual(terms));

test.each([
  ["Asia/Shanghai", "2026-03-20", "2026-03-20T16:00:00.000Z"],
  ["America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00.000Z"], // midnight is skipped: summer time begins
  ["UTC", "2028-02-28", "2028-02-29T00:00:00.000Z"],
])("in %s a thing of %s is late from %s", (zone, day, from) => expect(lateFrom(zone, day)).toBe(from));
