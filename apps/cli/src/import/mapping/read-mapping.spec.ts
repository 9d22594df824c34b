import { describe, expect, test } from "@jest/globals";
import { shippedMappings } from "../../commands/import.js";
import { parseMapping, readMapping } from "./read-mapping.js";

const smallest = {
  mapping: 1,
  name: "small",
  zone: "UTC",
  currency: "EUR",
  dates: ["yyyy-MM-dd"],
  files: { orders: { file: "orders.csv" } },
  customer: { key: "customer", kind: "organisation", name: "customer" },
  order: { from: "orders", key: "number", receivedAt: "date" },
  lines: { sku: "item", quantity: "pieces", unitPrice: "price" },
};
const parse = (changes: object = {}) => parseMapping(JSON.stringify({ ...smallest, ...changes }), "small.yaml");
const faultsOf = (changes: object): string => {
  try {
    parse(changes);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

test("the smallest mapping has defaults for the rest", () =>
  expect(parse()).toMatchObject({
    department: "",
    nothing: [],
    numbers: { decimal: ".", group: "" },
    files: { orders: { encoding: "utf-8", delimiter: ",", quote: '"' } },
    order: { key: ["number"], receivedAt: { column: "date" } },
    cases: [],
  }));

test("the shipped mapping is one", async () =>
  expect(await readMapping("olist", shippedMappings)).toMatchObject({ name: "olist", zone: "America/Sao_Paulo" }));

test("a mapping that is nowhere is told with those that there are", () =>
  expect(readMapping("nowhere", shippedMappings)).rejects.toMatchObject({ message: expect.stringContaining("olist") }));

describe("faults are told with their path and what is taken", () => {
  test.each([
    [{ zone: "Mars/Olympus" }, "zone: expected a time zone such as Asia/Shanghai"],
    [{ currency: "euro" }, "currency: expected a currency's ISO 4217 code"],
    [{ dates: ["yyyy-mm-dd"] }, 'dates.0: "yyyy-mm-dd" is no date format'],
    [{ colour: "red" }, 'Unrecognized key: "colour"'],
    [
      { order: { ...smallest.order, receivedAt: { column: "a", value: "b" } } },
      "order.receivedAt: needs exactly one of column, value, first, latest, join",
    ],
    [
      { order: { ...smallest.order, receivedAt: 7 } },
      "order.receivedAt: expected a column's name, or one of column, value",
    ],
    [{ order: { ...smallest.order, from: "sales" } }, "order.from: there is no file sales; files names orders"],
    [{ lines: { ...smallest.lines, from: "orders" } }, "lines: from and on stand together"],
    [
      { files: { orders: { file: "o.csv", encoding: "klingon" } } },
      "files.orders.encoding: expected an encoding such as utf-8",
    ],
    [
      { holds: [{ at: "date", hold: "late" }] },
      'holds.0.hold: Invalid option: expected one of "credit"|"quality"|"stock"',
    ],
    [{ confirmed: { at: "date" } }, "confirmed: an order is verified before it is confirmed"],
    [{ files: { orders: { file: "o.csv" }, more: { file: "o.csv" } } }, "files.more: o.csv is named orders already"],
    [{ mapping: 2 }, "mapping: expected 1"],
  ])("%j", (changes, message) => expect(faultsOf(changes)).toContain(message));

  test("all at once", () => {
    const faults = faultsOf({ zone: "x", currency: "y" });
    expect(faults.split("\n")).toHaveLength(3);
  });
  test("where the file is no YAML, with the line", () =>
    expect(() => parseMapping("mapping: 1\nname: [", "broken.yaml")).toThrow(/broken\.yaml: .*line 2/));
});
