// Random cards, and random questions about them, for the document store's suite.
import fc from "fast-check";
import type { Filter, ListQuery } from "@gendan/eventing";
import type { Card } from "./cards.js";

/** Latin, Chinese, and characters beyond 16 bits, which sort by code points behind the full-width ones. */
const title = fc.constantFrom("a", "b b", "a b", "漢字", "Ω", "！", "𝕏 a", "");
const rank = fc.integer({ min: -3, max: 3 });
const colour = fc.constantFrom("red", "blue");
const mark = fc.constantFrom("d:", "d:cn", "d:cn/east", "u:li");

export const anyCard: fc.Arbitrary<Card> = fc.record({
  title,
  rank: fc.option(rank, { nil: null }),
  colour: fc.option(colour, { nil: null }),
  size: fc.integer({ min: 0, max: 3 }),
  marks: fc.uniqueArray(mark, { maxLength: 4 }),
  links: fc.uniqueArray(fc.constantFrom("x", "y", "z"), { maxLength: 2 }),
});

const comparison = fc.constantFrom("=" as const, "<" as const, "<=" as const, ">" as const, ">=" as const);
const presence = fc.constantFrom("null" as const, "not null" as const);

const onColumn = (column: string, value: fc.Arbitrary<string | number>): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc.record({ column: fc.constant(column), op: comparison, value }),
    fc.record({
      column: fc.constant(column),
      op: fc.constant("in" as const),
      values: fc.array(value, { maxLength: 3 }),
    }),
    fc.record({ column: fc.constant(column), op: presence }),
  );

const simple: fc.Arbitrary<Filter> = fc.oneof(
  onColumn("rank", fc.oneof(rank, fc.constant(0.5))),
  onColumn("colour", colour),
  onColumn("size", fc.integer({ min: 0, max: 3 })),
  onColumn("title", title),
  fc.record({ words: fc.array(fc.constantFrom("a", "b", "漢字", "nowhere"), { maxLength: 2 }) }),
);

export const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 4, arbitrary: simple },
  { weight: 1, arbitrary: fc.record({ any: fc.array(simple, { maxLength: 3 }) }) },
);

export const anyQuestion: fc.Arbitrary<ListQuery> = fc
  .record({
    path: fc.constantFrom("rank", "title", "sizeInColour", "all"),
    tokens: fc.uniqueArray(fc.constantFrom("d:cn", "d:cn/east", "u:li", "u:nobody"), { maxLength: 4 }),
    within: colour,
    where: fc.array(anyFilter, { maxLength: 3 }),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ path, tokens, within, ...query }) => ({
    collection: "cards",
    path,
    ...(path === "all" ? {} : { tokens }),
    ...(path === "sizeInColour" ? { within } : {}),
    ...query,
  }));
