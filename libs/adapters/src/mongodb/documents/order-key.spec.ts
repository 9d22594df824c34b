// Order keys sort as places do, whatever texts and numbers there are; and stretches hold what their filters let through.
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { compareText, textOf } from "../../documents/text.js";
import { orderKey, stretchOf } from "./order-key.js";

const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom("\u0000", "\u0001", "\u0002", "a", "b", "！", "𝕏", "~"), maxLength: 4 }),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const anyNumber = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -20, max: 20 }));
const anyId = anyText.map(textOf).filter((id) => id !== "");

const places = <Sort extends string | number>(sort: fc.Arbitrary<Sort>) =>
  fc.tuple(fc.record({ sort: fc.option(sort), id: anyId }), fc.record({ sort: fc.option(sort), id: anyId }));

const compare = (a: string | number, b: string | number): number =>
  typeof a === "string" ? compareText(textOf(a), textOf(b as string)) : a - (b as number);

it.each([
  ["texts", places(anyText)],
  ["numbers", places(anyNumber)],
] as const)("sorts by %s, then ids, and what has no sort value last", (_, pairs) => {
  fc.assert(
    fc.property(pairs as ReturnType<typeof places<string | number>>, ([a, b]) => {
      const bySort =
        a.sort === null || b.sort === null
          ? Number(a.sort === null) - Number(b.sort === null)
          : compare(a.sort, b.sort);
      const expected = Math.sign(bySort || compareText(a.id, b.id));
      expect(Math.sign(compareText(orderKey(a.sort, a.id), orderKey(b.sort, b.id)))).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ["texts", anyText, anyText],
  ["numbers", anyNumber, fc.oneof(anyNumber, fc.double({ noNaN: true, noDefaultInfinity: true }))],
] as const)("has %s in the stretch of a filter exactly where it lets them through", (_, values, asked) => {
  fc.assert(
    fc.property(
      fc.option(values as fc.Arbitrary<string | number>),
      asked as fc.Arbitrary<string | number>,
      anyId,
      (sort, value, id) => {
        for (const op of ["=", "<", "<=", ">", ">="] as const) {
          const difference = sort === null ? NaN : compare(sort, value);
          const lets = {
            "=": difference === 0,
            "<": difference < 0,
            "<=": difference <= 0,
            ">": difference > 0,
            ">=": difference >= 0,
          };
          expect([op, isIn(stretchOf({ column: "c", op, value })!, orderKey(sort, id))]).toEqual([op, lets[op]]);
        }
        expect(isIn(stretchOf({ column: "c", op: "null" })!, orderKey(sort, id))).toBe(sort === null);
        expect(isIn(stretchOf({ column: "c", op: "not null" })!, orderKey(sort, id))).toBe(sort !== null);
      },
    ),
    { numRuns: 2_000 },
  );
});

const isIn = ({ from, to }: { from: string; to: string }, key: string): boolean =>
  compareText(from, key) <= 0 && compareText(key, to) < 0;
