// What somebody might send to bring the gateway down, or to learn what is none of theirs: refused with a code, at once.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Answer } from "@gendan/service-kit";
import { getIntrospectionQuery } from "graphql";
import { authorization, supergraphSdl } from "./fixtures/demo-graph.js";
import { startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway, type Gateway } from "./gateway.js";

/** An answer, or a refusal, takes no longer, in milliseconds. */
const LONGEST_MS = 1_000;

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const reported: unknown[] = [];
let gateway: Gateway;
beforeAll(async () => {
  const executors = { order: demos[0].subgraph, logistics: demos[1].subgraph };
  gateway = await createGateway({ supergraphSdl, executors, verifier, report: (error) => void reported.push(error) });
});
afterAll(async () => {
  await gateway.close();
  for (const demo of demos) await demo.close();
});

beforeEach(() => void (reported.length = 0));

const json = { authorization, "content-type": "application/json" };

/** What is slow because of what it is, is slow each time; what the machine did meanwhile, is not. */
const TRIES = 3;

async function send(payload: string | Buffer, headers: Record<string, string> = json, method: "POST" | "PUT" = "POST") {
  for (let tries = 1; ; tries++) {
    const sent = await sendOnce(payload, headers, method);
    if (sent.ms < LONGEST_MS || tries === TRIES) return sent;
  }
}

async function sendOnce(payload: string | Buffer, headers: Record<string, string>, method: "POST" | "PUT") {
  const started = performance.now();
  const answer = await gateway.server.inject({ method, url: "/graphql", headers, payload });
  return { status: answer.statusCode, text: answer.body, ms: performance.now() - started };
}

/** Refused with the code, at once, and with nothing of the inside. */
async function refuses(sent: Promise<{ status: number; text: string; ms: number }>, status: number, code: string) {
  const { status: actual, text, ms } = await sent;
  const { data, errors } = JSON.parse(text) as Answer;
  expect({ status: actual, code: errors?.[0]?.extensions?.["code"], data }).toEqual({ status, code, data: undefined });
  expect(ms).toBeLessThan(LONGEST_MS);
  expect(text).not.toMatch(/node_modules|\.[jt]s:\d|Did you mean|stacktrace|"stack"|join__/);
  expect(reported).toEqual([]);
}

const times = (count: number, text: string | ((index: number) => string)): string =>
  Array.from({ length: count }, (_, index) => (typeof text === "string" ? text : text(index))).join(" ");
const nested = (depth: number, open: string, inner: string): string => open.repeat(depth) + inner + "}".repeat(depth);
/** So many fields within fields of an order; the last one is a scalar. */
const chain = (depth: number, field: "shipments" | "orders" = "shipments"): string =>
  depth === 1 ? "id" : `${field} { ${chain(depth - 1, field === "orders" ? "shipments" : "orders")} }`;
const queryOf = (query: string, variables?: unknown): string => JSON.stringify({ query, variables });

const documents: Readonly<Record<string, readonly [query: string, code: string, variables?: object]>> = {
  "2,001 tokens": [`{ ${times(1_999, "__typename")} }`, "GRAPHQL_PARSE_FAILED"],
  "a million commas and a word": [`{${",".repeat(900_000)}a`, "GRAPHQL_PARSE_FAILED"],
  "a name of 900,000 letters": [`{ ${"a".repeat(900_000)} }`, "GRAPHQL_VALIDATION_FAILED"],
  "an open text": [`{ order(id: "${"x".repeat(10_000)}`, "GRAPHQL_PARSE_FAILED"],
  "1,900 brackets": [`{ orders(first: ${"[".repeat(1_900)}`, "GRAPHQL_PARSE_FAILED"],
  "900 braces": [nested(900, "{ a ", ""), "GRAPHQL_PARSE_FAILED"],
  nothing: ["", "GRAPHQL_PARSE_FAILED"],
  zeros: ["\u0000\u0000", "GRAPHQL_PARSE_FAILED"],
  "half a character": ["{ \ud800 }", "GRAPHQL_PARSE_FAILED"],
  "another kind of definition": ["type Query { a: Int }", "GRAPHQL_VALIDATION_FAILED"],
  "13 levels": [`{ order(id: "1") { ${chain(12)} } }`, "QUERY_TOO_DEEP"],
  "13 levels by fragments": [
    `{ order(id: "1") { ...F0 } } ${times(12, (n) => `fragment F${n} on Order { shipments { orders { ${n < 11 ? `...F${n + 1}` : "id"} } } }`)}`,
    "QUERY_TOO_DEEP",
  ],
  "13 levels of fields that there are not": [nested(13, "{ a ", "{ a }"), "QUERY_TOO_DEEP"],
  "31 aliases": [`{ ${times(31, (n) => `a${n}: order(id: "1") { id }`)} }`, "TOO_MANY_ALIASES"],
  "31 aliases of a scalar": [`{ order(id: "1") { ${times(31, (n) => `a${n}: id`)} } }`, "TOO_MANY_ALIASES"],
  "32 aliases by fragments": [
    `{ order(id: "1") { ...A ...A ...A ...A } } fragment A on Order { ${times(8, (n) => `a${n}: id`)} }`,
    "TOO_MANY_ALIASES",
  ],
  "a mutation thirty-one times": [
    `mutation { ${times(31, (n) => `m${n}: planShipment(orderIds: ["1"]) { id }`)} }`,
    "TOO_MANY_ALIASES",
  ],
  "fragments that double": [
    `{ order(id: "1") { ...F0 } } ${times(60, (n) => `fragment F${n} on Order { ${n < 59 ? times(2, `...F${n + 1}`) : "id"} }`)}`,
    "QUERY_TOO_WIDE",
  ],
  "inline fragments that double fragments": [
    `{ order(id: "1") { ...F0 } } ${times(40, (n) => `fragment F${n} on Order { ${n < 39 ? times(3, `... on Order { ...F${n + 1} }`) : "id"} }`)}`,
    "QUERY_TOO_WIDE",
  ],
  "a fragment in itself": ['{ order(id: "1") { ...F } } fragment F on Order { ...F }', "GRAPHQL_VALIDATION_FAILED"],
  "fragments in a circle": [
    '{ order(id: "1") { ...F } } fragment F on Order { shipments { orders { ...G } } } fragment G on Order { ...F }',
    "GRAPHQL_VALIDATION_FAILED",
  ],
  "fields of one name that differ, 180 times": [
    `{ ${times(180, (n) => `order(id: "${n}") { id }`)} }`,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  "60 fragments in a circle": [
    `{ order(id: "1") { ${times(60, (n) => `...F${n}`)} } } ${times(60, (n) => `fragment F${n} on Order { f${n}: id ...F${(n + 1) % 60} }`)}`.replaceAll(
      /f\d+: /g,
      "",
    ),
    "QUERY_TOO_WIDE",
  ],
  "a thousand directives": [
    `{ order(id: "1") { id ${times(600, "@skip(if: false)").slice(0, 9_000)} } }`,
    "GRAPHQL_PARSE_FAILED",
  ],
  "200 directives": [`{ order(id: "1") { id ${times(200, "@skip(if: false)")} } }`, "GRAPHQL_VALIDATION_FAILED"],
  "300 unknown directives": [`{ order(id: "1") { id ${times(300, (n) => `@d${n}`)} } }`, "GRAPHQL_VALIDATION_FAILED"],
  "a page of 201": ["{ orders(first: 201) { id } }", "PAGE_TOO_LARGE"],
  "a page of 2,147,483,647": ["{ orders(first: 2147483647) { id } }", "PAGE_TOO_LARGE"],
  "a page of 201 by a variable": ["query ($n: Int) { orders(first: $n) { id } }", "PAGE_TOO_LARGE", { n: 201 }],
  "a page of 201 by a variable's default": ["query ($n: Int = 201) { orders(first: $n) { id } }", "PAGE_TOO_LARGE"],
  "5,001 objects": [
    `{ orders(first: 200) { ${times(24, (n) => `a${n}: amount { minor }`)} } order(id: "1") { id } }`,
    "QUERY_TOO_COSTLY",
  ],
  "6,200 objects": ["{ orders(first: 200) { shipments { orders { id } } } }", "QUERY_TOO_COSTLY"],
  "6,200 objects by a variable": [
    "query ($n: Int) { orders(first: $n) { shipments { orders { id } } } }",
    "QUERY_TOO_COSTLY",
    { n: 200 },
  ],
  "6,000 objects by a fragment twice": [
    "{ orders(first: 170) { ...F shipments { ...G } } } fragment F on Order { shipments { ...G } } fragment G on Shipment { orders { id } }",
    "QUERY_TOO_COSTLY",
  ],
  "the schema eleven times": [`{ ${times(11, (n) => `s${n}: __schema { types { name } }`)} }`, "QUERY_TOO_COSTLY"],
  "the schema in a fragment": [
    "{ ...F } fragment F on Query { __schema { types { name } } }",
    "GRAPHQL_VALIDATION_FAILED",
  ],
  "the schema within itself": [
    "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
    "GRAPHQL_VALIDATION_FAILED",
  ],
  "the federation's own fields": ["{ _service { sdl } }", "GRAPHQL_VALIDATION_FAILED"],
  "the federation's entities": ["{ _entities(representations: []) { __typename } }", "GRAPHQL_VALIDATION_FAILED"],
  "a misspelt field": ["{ ordrs { id } }", "GRAPHQL_VALIDATION_FAILED"],
  "a misspelt field of an input": [
    "mutation ($i: ConfirmOrder!) { confirmOrder(input: $i) { revision } }",
    "BAD_USER_INPUT",
    { i: { commandId: "1", orderId: "1", promises: [], promise: 1 } },
  ],
  "a number beyond Int": ["{ orders(first: 99999999999999999999) { id } }", "GRAPHQL_VALIDATION_FAILED"],
  "a text as page": ["query ($n: Int) { orders(first: $n) { id } }", "BAD_USER_INPUT", { n: "200" }],
  "an object as page": ["query ($n: Int) { orders(first: $n) { id } }", "BAD_USER_INPUT", { n: { valueOf: 1 } }],
  "a subscription": ["subscription { order { id } }", "GRAPHQL_VALIDATION_FAILED"],
};

describe("a document", () => {
  test.each(Object.entries(documents))("of %s", async (_, [query, code, variables]) => {
    await refuses(send(queryOf(query, variables)), 400, code);
  });
});

describe("a body", () => {
  test.each([
    ["of more than a megabyte", " ".repeat(1_048_577), 413, "BODY_TOO_LARGE"],
    ["that is a batch", `[${queryOf("{ __typename }")},${queryOf("{ __typename }")}]`, 400, "BAD_REQUEST"],
    [
      "that is a batch of a thousand",
      JSON.stringify(Array(1_000).fill({ query: "{ __typename }" })),
      400,
      "BAD_REQUEST",
    ],
    ["of 500,000 brackets", "[".repeat(500_000), 400, "BAD_REQUEST"],
    ["of 500,000 closed brackets", "[".repeat(500_000) + "]".repeat(500_000), 400, "BAD_REQUEST"],
    ["with a prototype", '{"__proto__":{"query":"{ __typename }"}}', 400, "BAD_REQUEST"],
    ["whose query is a list", '{"query":["{ __typename }"]}', 400, "BAD_REQUEST"],
    ["whose variables are a text", '{"query":"{ __typename }","variables":"{}"}', 400, "BAD_REQUEST"],
    ["whose extensions are a number", '{"query":"{ __typename }","extensions":1}', 400, "BAD_REQUEST"],
    ["whose documentId is a path", '{"documentId":"../../etc/passwd"}', 400, "BAD_REQUEST"],
    ["whose documentId is unknown", `{"documentId":"${"0".repeat(64)}"}`, 400, "PERSISTED_QUERY_NOT_FOUND"],
    ["that is null", "null", 400, "BAD_REQUEST"],
    ["that is not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400, "BAD_REQUEST"],
  ] as const)("%s", async (_, payload, status, code) => {
    await refuses(send(payload as string), status, code);
  });
  test("with variables as deep as they go is answered like any other", async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const { status, ms } = await send(`{"query":"{ __typename }","variables":{"x":${deep}}}`);
    expect(status).toBe(200);
    expect(ms).toBeLessThan(LONGEST_MS);
    const taken = `{"query":"mutation ($i: ConfirmOrder!) { confirmOrder(input: $i) { revision } }","variables":{"i":${deep}}}`;
    await refuses(send(taken), 400, "BAD_USER_INPUT");
  });
});

describe("a head", () => {
  test.each([
    ["of a form", { ...json, "content-type": "application/x-www-form-urlencoded" }, 415, "BAD_REQUEST"],
    ["of plain text", { ...json, "content-type": "text/plain" }, 415, "BAD_REQUEST"],
    ["of many parts", { ...json, "content-type": "multipart/form-data; boundary=x" }, 415, "BAD_REQUEST"],
    ["that takes pictures alone", { ...json, accept: "image/png" }, 406, "BAD_REQUEST"],
    ["of another site's page", { ...json, origin: "https://evil.example" }, 403, "FORBIDDEN"],
    ["of a page in a sandbox", { ...json, origin: "null" }, 403, "FORBIDDEN"],
    ["without a token", { "content-type": "application/json" }, 401, "UNAUTHENTICATED"],
    [
      "with a token of 9,000 characters",
      { ...json, authorization: `Bearer ${"x".repeat(9_000)}` },
      401,
      "UNAUTHENTICATED",
    ],
  ] as const)("%s", async (_, headers, status, code) => {
    await refuses(send(queryOf("{ __typename }"), headers), status, code);
  });
  test("of another method", async () => {
    const { status, text } = await send(queryOf("{ __typename }"), json, "PUT");
    expect(status).toBe(405);
    expect(text).not.toMatch(/node_modules|\.[jt]s:\d/);
  });
});

test.each([
  ["30 aliases", `{ ${times(30, (n) => `a${n}: order(id: "1") { id }`)} }`],
  ["a page of 200", "{ orders(first: 200) { id } }"],
  ["5,000 objects", `{ orders(first: 200) { ${times(24, (n) => `a${n}: amount { minor }`)} } }`],
  ["the schema, as tools ask for it", getIntrospectionQuery()],
])("%s, the most that is allowed, is answered", async (_, query) => {
  const { status, text, ms } = await send(queryOf(query));
  expect([status, (JSON.parse(text) as Answer).errors]).toEqual([200, undefined]);
  expect(ms).toBeLessThan(LONGEST_MS);
});
