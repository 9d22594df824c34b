import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addDays, dayIn, daysBetween, endOfMonth, isZone, monthAfter, startOfDay } from "./day.js";
import { isMinor, money, sumByCurrency } from "./money.js";
import { addQuantities, compareQuantities, isQuantity, millionths, quantity, subtract } from "./quantity.js";

describe("a quantity", () => {
  test.each([
    ["0.1", "0.2", "0.3"],
    ["3.141592", "-3.141592", "0"],
    ["999999999999.999999", "0.000001", "1000000000000"],
  ])("%s + %s = %s, exactly", (a, b, sum) => expect(addQuantities(a, b)).toBe(sum));
  test.each(["", "1.", ".5", "1.1234567", "1e3", "NaN", "1,5"])("is not %j", (text) =>
    expect(isQuantity(text)).toBe(false),
  );
  test("survives its own text", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (units) =>
        expect(millionths(quantity(units))).toBe(units),
      ),
    );
  });
  test("is compared by value and not as text", () => {
    expect(compareQuantities("10", "9.5")).toBe(1);
    expect(compareQuantities("1.50", "1.5")).toBe(0);
    expect(subtract("1", "1.000001")).toBe("-0.000001");
  });
});

describe("money", () => {
  test("is summed per currency, exactly, ordered by currency", () => {
    const amounts = [money(1n, "USD"), money(9007199254740993n, "BRL"), money(2n, "BRL"), money(-1n, "USD")];
    expect(sumByCurrency(amounts)).toEqual([
      { minor: "9007199254740995", currency: "BRL" },
      { minor: "0", currency: "USD" },
    ]);
    expect(sumByCurrency([])).toEqual([]);
  });
  test.each(["1.5", "", "abc", "1234567890123456"])("has no minor units %j", (text) =>
    expect(isMinor(text)).toBe(false),
  );
});

describe("a day", () => {
  test("is the calendar day of the zone", () => {
    expect(dayIn("Asia/Shanghai", "2026-03-01T16:00:00.000Z")).toBe("2026-03-02");
    expect(dayIn("America/Sao_Paulo", "2018-01-01T01:59:59.000Z")).toBe("2017-12-31");
  });
  test("begins where the zone says, also where a clock change skips midnight", () => {
    expect(startOfDay("Asia/Shanghai", "2026-03-02")).toBe("2026-03-01T16:00:00.000Z");
    // Brazil's summer time began at midnight of 4 November 2018: that day began at 01:00 local time.
    expect(startOfDay("America/Sao_Paulo", "2018-11-04")).toBe("2018-11-04T03:00:00.000Z");
    expect(startOfDay("Pacific/Kiritimati", "2026-01-01")).toBe("2025-12-31T10:00:00.000Z");
    expect(startOfDay("Pacific/Pago_Pago", "2026-01-01")).toBe("2026-01-01T11:00:00.000Z");
  });
  test("begins at an instant whose day it is, and the one before is not", () => {
    const zones = ["Asia/Shanghai", "America/Sao_Paulo", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4000 }), (zone, days) => {
        const day = addDays("2016-01-01", days);
        const start = Date.parse(startOfDay(zone, day));
        expect(dayIn(zone, new Date(start).toISOString())).toBe(day);
        expect(dayIn(zone, new Date(start - 1).toISOString()) < day).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
  test("spans are rounded to 0.01 day; months end where they end", () => {
    expect(daysBetween("2026-01-01T00:00:00Z", "2026-01-02T12:00:00Z")).toBe(1.5);
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(isZone("Mars/Olympus")).toBe(false);
  });
  test.each([
    ["2026-02-10", "2026-02-28", "2026-03"],
    ["2028-02-29", "2028-02-29", "2028-03"],
    ["2026-09-30", "2026-09-30", "2026-10"],
    ["2026-12-31", "2026-12-31", "2027-01"],
  ])("the month of %s ends on %s, before %s", (day, end, next) => {
    expect(endOfMonth(day)).toBe(end);
    expect(monthAfter(day.slice(0, 7))).toBe(next);
  });
});
