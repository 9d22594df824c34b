import { expect, test } from "@jest/globals";
import { buildSchema, getOperationAST, parse } from "graphql";
import { costOf } from "./query-cost.js";

const schema = buildSchema(`
  type Query { order(id: ID): Order orders(first: Int, last: Int): Orders! names(first: Int = 7): [String!]! node: Node any: Any }
  type Orders { nodes: [Order!]! edges: [Edge!]! totalCount: Int page: Page }
  type Edge { node: Order cursor: String }
  type Page { end: String }
  interface Node { id: ID owner: Person }
  type Order implements Node { id: ID owner: Person lines: [Line!]! tags: [String!]! notes(first: Int = 3): [Note!] }
  type Line { sku: String price: Money }
  type Money { minor: String }
  type Note { by: Person }
  type Person { name: String }
  union Any = Order | Person
`);
const reckon = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  return costOf(schema, document, getOperationAST(document)!, variables, { unpagedRows: 5 });
};
const cost = (query: string, variables?: Record<string, unknown>): number => reckon(query, variables).objects;

test.each([
  ["scalars are free", "{ names __typename }", 0],
  ["an object is 1, its scalars nothing", "{ order { id tags __typename } }", 1],
  ["objects within objects add up", "{ order { owner { name } } }", 2],
  ["a list without pages counts as five", "{ order { lines { sku price { minor } } } }", 1 + 5 * 2],
  [
    "a connection's lists have the page's rows",
    "{ orders(first: 40) { nodes { id } edges { node { id } } page { end } } }",
    1 + 40 + 40 * 2 + 1,
  ],
  ["what is not asked for is not counted", "{ orders(first: 200) { totalCount } }", 1],
  ["without first the default page", "{ orders { nodes { id } } }", 1 + 20],
  ["or what the schema says", "{ order { notes { by { name } } } }", 1 + 3 * 2],
  ["pages multiply", "{ orders(first: 10) { nodes { notes(first: 10) { by { name } } } } }", 1 + 10 * (1 + 10 * 2)],
  ["the larger of first and last", "{ orders(first: 2, last: 9) { nodes { id } } }", 1 + 9],
  ["fragments count where they stand", "{ orders(first: 4) { ...F } } fragment F on Orders { nodes { id } }", 1 + 4],
  [
    "and by the page around them",
    "{ a: orders(first: 4) { ...F } b: orders(first: 6) { ...F } } fragment F on Orders { nodes { id } }",
    12,
  ],
  [
    "an interface and a union",
    "{ node { ... on Order { lines { sku } } owner { name } } any { ... on Person { name } ... on Order { owner { name } } } }",
    1 + 5 + 1 + 1 + 1,
  ],
  ["the schema counts as a whole", "{ __schema { types { name } } }", 500],
] as const)("%s", (_, query, expected) => {
  expect(cost(query)).toBe(expected);
});

test("variables say how long a page is", () => {
  const query = "query ($n: Int = 50) { orders(first: $n) { nodes { id } } }";
  expect(cost(query, { n: 3 })).toBe(4);
  expect(cost(query)).toBe(51);
  expect(cost(query, { n: null })).toBe(51);
  expect(cost(query, { n: "3" })).toBe(21); // refused when it is executed
  expect(cost(query, { n: -3 })).toBe(21);
});

test("the largest page is known by its field", () => {
  const { largestPage } = reckon("{ orders(first: 30) { nodes { notes(first: 300) { by { name } } } } }");
  expect(largestPage).toEqual({ rows: 300, field: "notes" });
});

test("fragments that double are reckoned in no time, and told as what they are", () => {
  const lines = Array.from({ length: 100 }, (_, n) => `fragment F${n} on Order { ...F${n + 1} ...F${n + 1} }`);
  expect(cost(`{ order { ...F0 } } ${lines.join(" ")} fragment F100 on Order { owner { name } }`)).toBe(1 + 2 ** 100);
});
