import { describe, expect, test } from "@jest/globals";
import { dateReader, isDateFormat } from "./dates.js";

const sao = dateReader(["yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy"], "America/Sao_Paulo");

describe("a local time", () => {
  test.each([
    ["2018-06-15 10:00:00", "2018-06-15T13:00:00.000Z"],
    ["2018-01-15 10:00:00", "2018-01-15T12:00:00.000Z"],
    ["15.06.2018", "2018-06-15T03:00:00.000Z"],
  ])("%s is %s", (text, instant) => expect(sao.instant(text)).toBe(instant));

  test("that a clock change skips is as much later as the clock was put forward", () =>
    expect(sao.instant("2017-10-15 00:30:00")).toBe("2017-10-15T03:30:00.000Z"));
  test("that a clock change repeats is the earlier one", () =>
    expect(sao.instant("2018-02-17 23:30:00")).toBe("2018-02-18T01:30:00.000Z"));
  test("on the day of a change is right before and after it", () => {
    const berlin = dateReader(["yyyy-MM-dd HH:mm:ss"], "Europe/Berlin");
    expect(berlin.instant("2026-03-29 01:59:59")).toBe("2026-03-29T00:59:59.000Z");
    expect(berlin.instant("2026-03-29 03:00:00")).toBe("2026-03-29T01:00:00.000Z");
    expect(berlin.instant("2026-10-25 02:30:00")).toBe("2026-10-25T00:30:00.000Z");
    expect(berlin.instant("2026-10-25 03:00:00")).toBe("2026-10-25T02:00:00.000Z");
  });
});

describe("a date", () => {
  test.each(["2018-02-30 10:00:00", "2018-13-01 00:00:00", "2018-01-01 24:00:00", "2018-01-01", "31.04.2018", "", "x"])(
    "is not %j",
    (text) => expect([sao.instant(text), sao.day(text)]).toEqual([undefined, undefined]),
  );
  test("keeps its day, whatever the zone", () => expect(sao.day("2018-06-15 23:59:59")).toBe("2018-06-15"));
  test("with an offset is the instant that it says, and the day of the zone", () => {
    const iso = dateReader(["yyyy-MM-dd'T'HH:mm:ssXXX", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"], "Asia/Shanghai");
    expect(iso.instant("2026-01-01T20:00:00+01:00")).toBe("2026-01-01T19:00:00.000Z");
    expect(iso.instant("2026-01-01T20:00:00.25Z")).toBe("2026-01-01T20:00:00.250Z");
    expect(iso.day("2026-01-01T20:00:00Z")).toBe("2026-01-02");
  });
  test("with two digits of a year lies between 1970 and 2069", () => {
    const short = dateReader(["d.M.yy"], "UTC");
    expect([short.day("1.2.69"), short.day("31.12.70")]).toEqual(["2069-02-01", "1970-12-31"]);
  });
});

describe("a format", () => {
  test.each(["yyyy-MM-dd", "d.M.yy H:mm", "yyyyMMdd", "yyyy'年'M'月'd'日'", "yyyy年M月d日"])("is %s", (format) =>
    expect(isDateFormat(format)).toBe(true),
  );
  test.each(["yyyy-MM", "dd.MM.yyyy dd", "yyyy-mm-dd", "yyyy-MM-ddThh", ""])("is not %j", (format) =>
    expect(isDateFormat(format)).toBe(false),
  );
});
