// Each change that would break a reader is caught by its rule, at its place; what is allowed is not.
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { Contract, type About } from "../contract.js";
import { none } from "../fields.js";
import { count, flag, id, oneOf, oneOfSoFar, text } from "../shapes.js";
import { placeOf, violationsOf } from "./compatibility.js";
import { schemasOf, type SchemaDocument } from "./json-schema.js";

const about: About = { owner: "order", key: "thingId", en: "It happened.", zh: "发生了。" };
const base = {
  thingId: id,
  name: text,
  note: text.optional(),
  size: count,
  ratio: none(z.number()),
  level: none(z.int().min(1).max(5)),
  kind: oneOf("small", "large"),
  hold: oneOfSoFar("credit", "stock"),
  lines: z.array(z.object({ sku: text, done: flag.optional() })),
};
type Shape = Record<string, z.ZodType>;
const without = ({ name: _, ...rest }: Shape): Shape => rest;

const first = (shape: Shape, changed: Partial<About> = {}, topic = "gendan.things") =>
  Contract.of("thing.done", topic, { ...about, ...changed }).version(z.object(shape), {} as never) as Contract<unknown>;
const second = (shape: Shape) =>
  (first(base) as Contract<object>).version(z.object(shape), {} as never, (before) => before as never);
const found = (released: readonly SchemaDocument[], contract: Contract<unknown>) =>
  violationsOf(released, [contract]).map(({ rule, path }) => `${rule} ${path}`);

const forbidden: readonly (readonly [string, string, Shape])[] = [
  ["a field is removed", "FIELD_REMOVED $.name", without(base)],
  [
    "a field of a line is removed",
    "FIELD_REMOVED $.lines[*].done",
    { ...base, lines: z.array(z.object({ sku: text })) },
  ],
  ["an optional field is made required", "FIELD_MADE_REQUIRED $.note", { ...base, note: text }],
  ["a required field is made optional", "FIELD_MADE_OPTIONAL $.name", { ...base, name: text.optional() }],
  ["a required field is added", "FIELD_ADDED_REQUIRED $.more", { ...base, more: text }],
  ["a number becomes an integer", "TYPE_NARROWED $.ratio", { ...base, ratio: count }],
  ["a text gets a pattern", "TYPE_NARROWED $.name", { ...base, name: none(z.string().regex(/^a/)) }],
  ["a bound is tightened", "TYPE_NARROWED $.level", { ...base, level: none(z.int().min(2).max(5)) }],
  ["a text becomes a closed list", "TYPE_NARROWED $.name", { ...base, name: oneOf("a", "b") }],
  ["an integer becomes a number", "TYPE_WIDENED $.size", { ...base, size: none(z.number().min(-2e53).max(2e53)) }],
  ["a bound is loosened", "TYPE_WIDENED $.level", { ...base, level: none(z.int().min(1).max(6)) }],
  ["a field may be null", "TYPE_WIDENED $.name", { ...base, name: text.nullable() }],
  ["a closed list becomes an open one", "TYPE_WIDENED $.kind", { ...base, kind: oneOfSoFar("small", "large") }],
  ["a text becomes a number", "TYPE_CHANGED $.name", { ...base, name: count }],
  ["a value is taken from a closed list", "ENUM_VALUE_REMOVED $.kind", { ...base, kind: oneOf("small") }],
  ["a value is taken from an open list", "ENUM_VALUE_REMOVED $.hold", { ...base, hold: oneOfSoFar("credit") }],
  ["a value is added to a closed list", "ENUM_VALUE_ADDED $.kind", { ...base, kind: oneOf("small", "large", "huge") }],
];

describe("it is caught that", () => {
  test.each(forbidden)("in a new version %s", (_, violation, shape) => {
    expect(found(schemasOf(first(base)), second(shape))).toContain(violation);
    // Also before anything is released.
    expect(found([], second(shape))).toContain(violation);
  });
  test.each(forbidden)("in a released version %s", (_, violation, shape) => {
    expect(found(schemasOf(first(base)), first(shape))).toContain(violation);
  });

  test("the key is another", () =>
    expect(found(schemasOf(first(base)), first(base, { key: "name" }))).toEqual(["KEY_CHANGED $"]));
  test("the topic is another", () =>
    expect(found(schemasOf(first(base)), first(base, {}, "gendan.others"))).toEqual(["TOPIC_CHANGED $"]));
  test("the owner is another", () =>
    expect(found(schemasOf(first(base)), first(base, { owner: "customer" }))).toEqual(["OWNER_CHANGED $"]));
  test("an optional field is added to a released version instead of a new one", () =>
    expect(found(schemasOf(first(base)), first({ ...base, more: text.optional() }))).toEqual([
      "VERSION_CHANGED $.more",
    ]));
  test("a type or a version is gone", () => {
    expect(violationsOf(schemasOf(first(base)), [])).toMatchObject([{ rule: "TYPE_REMOVED" }]);
    const two = schemasOf(second({ ...base, more: text.optional() }));
    expect(found(two, first(base))).toEqual(["VERSION_REMOVED $"]);
  });
  test("the third version breaks with the first, though not with the second alone", () => {
    const third = (second(without(base)) as Contract<object>).version(
      z.object({ ...without(base), name: count.optional() }),
      {} as never,
      (before) => before as never,
    );
    const pairs = violationsOf([], [third]).map(({ rule, before, after }) => [rule, before.at(-1), after.at(-1)]);
    expect(pairs).toContainEqual(["TYPE_CHANGED", "1", "3"]);
  });
});

describe("it is allowed that", () => {
  test.each<readonly [string, Shape]>([
    ["nothing changes", base],
    ["an optional field is added", { ...base, more: text.optional() }],
    [
      "an optional field is added to a line",
      { ...base, lines: z.array(z.object({ sku: text, done: flag.optional(), more: text.optional() })) },
    ],
    ["a value is added to an open list", { ...base, hold: oneOfSoFar("credit", "stock", "quality") }],
    ["a description is written", { ...base, name: text.meta({ ...text.meta(), description: "Its name." }) }],
  ])("in a new version %s", (_, shape) => {
    expect(found(schemasOf(first(base)), second(shape))).toEqual([]);
  });
});

test("an id that is not ours is refused", () => {
  expect(placeOf("urn:gendan:order.received:2")).toEqual({ type: "order.received", version: 2 });
  expect(() => placeOf("urn:other:order.received:2")).toThrow(RangeError);
});
