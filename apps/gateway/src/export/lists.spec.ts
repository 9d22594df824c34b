// Every list of the graph has its table, and every table is of a list that is there: asked for within the bounds of all.
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { gatewayDefaults } from "@gendan/service-kit";
import { buildSchema, getNamedType, isObjectType, parse, validate } from "graphql";
import { partsBeside } from "../compose.js";
import { publicSchemaOf } from "../schema/schema-files.js";
import { cellOf, fieldsColumn, majorOf } from "./column.js";
import { argumentsOf, listQuery } from "./list-export.js";
import { exportedLists } from "./lists.js";

const schema = buildSchema(publicSchemaOf(partsBeside(join(import.meta.dirname, "../../.."), "src")));
const lists = Object.values(schema.getQueryType()!.getFields()).flatMap(({ name, type }) => {
  const named = getNamedType(type);
  return isObjectType(named) && named.name.endsWith("Connection") ? [name] : [];
});

test("every list of the schema is exported", () => {
  expect(lists.length).toBeGreaterThan(6);
  const exported = Object.entries(exportedLists).map(([name, { field = name }]) => field);
  expect([...new Set(exported)].sort()).toEqual([...lists].sort());
});

test.each(Object.entries(exportedLists))("%s: its columns are fields, several rows fit a page", (name, list) => {
  const query = listQuery(schema, list.field ?? name, list, gatewayDefaults);
  expect(validate(schema, parse(query.text)).map(({ message }) => message)).toEqual([]);
  expect(query.pageRows).toBeGreaterThanOrEqual(50);
});

test.each(Object.entries(exportedLists))("%s: no two columns are called the same", (_, { columns }) => {
  for (const language of ["en", "zh"] as const) {
    const labels = columns.map(({ label }) => label[language]);
    expect(new Set(labels).size).toBe(labels.length);
  }
});

test("custom fields are one cell of all that are seen", () => {
  const column = fieldsColumn("lines.customFields", "Custom fields", "自定义字段");
  const cellOfFields = (customFields: object[] | null) => cellOf(column, { lines: { customFields } });
  const fields = [
    { name: "season", value: "W27" },
    { name: "remarks", value: null },
    { name: "sealed", value: false },
  ];
  expect(cellOfFields(fields)).toEqual({ kind: "text", text: "season=W27; sealed=false" });
  for (const unseen of [fields.slice(1, 2), [], null]) expect(cellOfFields(unseen)).toEqual({ kind: "empty" });
});

test("an argument is one of the list's own: a text as it stands, anything else as JSON", () => {
  const receipts = listQuery(schema, "receipts", exportedLists["receipts"]!, gatewayDefaults);
  expect(argumentsOf(receipts, { customerId: "c-1" })).toEqual({ customerId: "c-1" });
  expect(() => argumentsOf(receipts, { after: "x" })).toThrow("The list has no argument after");
  const orders = listQuery(schema, "orders", exportedLists["orders"]!, gatewayDefaults);
  expect(argumentsOf(orders, { filter: '{"late":true}' })).toEqual({ filter: { late: true } });
  expect(() => argumentsOf(orders, { filter: "late" })).toThrow("filter is not JSON");
});

test.each([
  ["1999", "EUR", "19.99"],
  ["5", "EUR", "0.05"],
  ["-5", "CNY", "-0.05"],
  ["1999", "JPY", "1999"],
  ["1999", "KWD", "1.999"],
  ["123450", "HUF", "1234.50"],
  ["1999", "IQD", "1.999"],
  ["19999", "CLF", "1.9999"],
  ["0", "USD", "0.00"],
  ["123456789012345", "CNY", "1234567890123.45"],
])("%s of %s is %s", (minor, currency, major) => expect(majorOf({ minor, currency })).toBe(major));
