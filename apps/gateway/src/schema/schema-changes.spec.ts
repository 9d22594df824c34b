import { describe, expect, test } from "@jest/globals";
import { breakingChanges } from "./schema-changes.js";

const released = `
  type Query { order(id: ID!, old: Int @deprecated(reason: "id")): Order legacy: Legacy @deprecated(reason: "order") }
  type Order { id: ID! number: String! nick: String @deprecated(reason: "number") state: State }
  type Legacy { id: ID! }
  enum State { OPEN CLOSED GONE @deprecated(reason: "CLOSED") }
  input NewOrder { id: ID old: String @deprecated(reason: "id") }
  type Mutation { receive(input: NewOrder!): Order }
`;
const change = (from: string, to: string): readonly string[] => {
  expect(released).toContain(from);
  return breakingChanges(released, released.replace(from, to));
};

describe("what clients could miss breaks them", () => {
  test.each([
    ["a field that is gone", "number: String! ", "", "Order.number was removed."],
    ["another type", "number: String!", "number: Int!", "Order.number changed type"],
    ["a field that may be null now", "number: String!", "number: String", "Order.number changed type"],
    ["a value that is gone", "OPEN CLOSED", "CLOSED", "OPEN was removed"],
    ["an argument that must be given", "order(id: ID!,", "order(id: ID!, at: Int!,", "required arg at"],
    [
      "an input field that must be given",
      "input NewOrder { id: ID",
      "input NewOrder { id: ID at: Int!",
      "required field at",
    ],
    ["a mutation that is gone", "receive(input", "take(input", "Mutation.receive was removed."],
    [
      "what was deprecated only now",
      "number: String! ",
      'number: Int! @deprecated(reason: "id") ',
      "Order.number changed type",
    ],
  ])("%s", (_, from, to, message) => {
    expect(change(from, to)).toEqual([expect.stringContaining(message)]);
  });
});

describe("what was deprecated before may go", () => {
  test.each([
    ["a field", 'nick: String @deprecated(reason: "number") ', ""],
    ["a field with its type", ' legacy: Legacy @deprecated(reason: "order")', ""],
    ["an argument", ', old: Int @deprecated(reason: "id")', ""],
    ["a value", ' GONE @deprecated(reason: "CLOSED")', ""],
    ["an input field", ' old: String @deprecated(reason: "id")', ""],
  ])("%s", (_, from, to) => {
    expect(change(from, to)).toEqual([]);
  });
  test("a type that only it led to goes with it", () => {
    const without = released
      .replace(' legacy: Legacy @deprecated(reason: "order")', "")
      .replace("type Legacy { id: ID! }", "");
    expect(breakingChanges(released, without)).toEqual([]);
  });
});

test("what is new breaks nobody", () => {
  expect(change("number: String!", "number: String! note: String")).toEqual([]);
  expect(change("order(id: ID!,", "order(id: ID!, at: Int,")).toEqual([]);
  expect(breakingChanges(released, released)).toEqual([]);
});
