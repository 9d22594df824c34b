import { expect, test } from "@jest/globals";
import { buildSchema } from "graphql";
import { GraphqlDocuments } from "./documents.js";

const schema = buildSchema("type Query { a: Int } type Subscription { a: Int }");
const read = (text: string) => new GraphqlDocuments(schema).read(text);

test.each([
  "subscription ($v: Boolean!) { a @include(if: $v) }",
  "subscription ($v: [Int!]) { ... @skip(if: $v) { a } }",
  "subscription { a @include }",
])("a subscription under a condition is refused, not a defect: %s", (text) =>
  expect(read(text)).toMatchObject({
    errors: [
      {
        message: expect.stringContaining("no @skip and no @include"),
        extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
      },
    ],
  }),
);

test("a subscription without one, and a query under one, are documents", () => {
  expect(read("subscription { a }")).toHaveProperty("document");
  expect(read("query ($v: Boolean!) { a @include(if: $v) }")).toHaveProperty("document");
});
