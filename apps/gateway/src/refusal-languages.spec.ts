// The gateway's own refusals, in the language that the client asks for: the same code, the same status, another text.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { texts, type Answer, type GatewayConfig } from "@gendan/service-kit";
import { ownIssuer, signToken, TokenVerifier, defaultPolicy } from "@gendan/security";
import { temporaryDirectory } from "@gendan/testing";
import { supergraphSdl } from "./fixtures/demo-graph.js";
import { secret, startDemo, tokenOf, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.js";

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

let gateway: Gateway;
afterEach(() => gateway.close());
async function open(config: Partial<GatewayConfig> = {}, more: Partial<GatewayOptions> = {}): Promise<void> {
  const executors = { order: demos[0].subgraph, logistics: demos[1].subgraph };
  gateway = await createGateway({ supergraphSdl, executors, verifier, report: () => undefined, config, ...more });
}

const manager = `Bearer ${await tokenOf("li")}`;
const supplier = `Bearer ${await tokenOf("mei", "supplier")}`;

interface Sent {
  readonly method?: "POST" | "GET" | "PUT" | "PATCH" | "DELETE";
  readonly payload?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send({ method = "POST", payload, headers = {} }: Sent, language: string) {
  const answer = await gateway.server.inject({
    method,
    url: "/graphql",
    headers: {
      ...{ authorization: manager, accept: "application/graphql-response+json", "accept-language": language },
      ...(payload === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  const { errors = [] } = answer.json<Answer>();
  const { allow, "content-language": inLanguage } = answer.headers;
  const codes = errors.map(({ extensions }) => extensions?.["code"]);
  return { status: answer.statusCode, codes, message: errors[0]?.message ?? "", inLanguage, allow };
}

const asking = (query: string, more: object = {}): Sent => ({ payload: JSON.stringify({ query, ...more }) });
const order = '{ order(id: "1") { id } }';

/** What is sent, under which configuration, and what is answered. */
const refusals: readonly [string, Sent, status: number, code: string, Partial<GatewayConfig>?][] = [
  ["no JSON", { payload: "{" }, 400, "BAD_REQUEST"],
  ["a batch", { payload: "[]" }, 400, "BAD_REQUEST"],
  ["no object", { payload: '"query"' }, 400, "BAD_REQUEST"],
  ["no query", { payload: "{}" }, 400, "BAD_REQUEST"],
  ["variables that are none", asking(order, { variables: "none" }), 400, "BAD_REQUEST"],
  ["a hash that is none", { payload: '{"documentId":"1"}' }, 400, "BAD_REQUEST"],
  ["an unknown hash", { payload: JSON.stringify({ documentId: "0".repeat(64) }) }, 400, "PERSISTED_QUERY_NOT_FOUND"],
  ["a form", { payload: "a=b", headers: { "content-type": "text/plain" } }, 415, "BAD_REQUEST"],
  ["an empty body", { payload: "" }, 400, "BAD_REQUEST"],
  ["an answer in HTML", { ...asking(order), headers: { accept: "text/html" } }, 406, "BAD_REQUEST"],
  ["events of a query", { ...asking(order), headers: { accept: "text/event-stream" } }, 406, "BAD_REQUEST"],
  ["too large a body", asking(order, { more: "x".repeat(2_000) }), 413, "BODY_TOO_LARGE", { requestBodyBytes: 1_024 }],
  ["another page's", { ...asking(order), headers: { origin: "https://evil.example" } }, 403, "FORBIDDEN"],
  ["a query by GET", { method: "GET" }, 405, "BAD_REQUEST"],
  ["too many words", asking(`{ ${"a ".repeat(200)} }`), 400, "GRAPHQL_PARSE_FAILED", { queryTokens: 100 }],
  ["too deep", asking('{ order(id: "1") { shipments { orders { id } } } }'), 400, "QUERY_TOO_DEEP", { queryDepth: 3 }],
  ["aliases", asking('{ a: order(id: "1") { id } }'), 400, "TOO_MANY_ALIASES", { queryAliases: 0 }],
  ["too large a page", asking("{ orders(first: 5) { id } }"), 400, "PAGE_TOO_LARGE", { pageRows: 4 }],
  ["too costly", asking("{ orders(first: 50) { id } }"), 400, "QUERY_TOO_COSTLY", { queryCost: 10 }],
  [
    "the schema in a fragment",
    asking("{ ...F } fragment F on Query { __typename __schema { description } }"),
    ...invalid(),
  ],
  ["the schema beside others", asking(`{ __schema { description } order(id: "1") { id } }`), ...invalid()],
  [
    "the schema, without the right",
    { ...asking("{ __schema { description } }"), headers: { authorization: supplier } },
    ...([403, "FORBIDDEN"] as const),
  ],
  ["not a known operation", asking(order), 400, "OPERATION_NOT_PERSISTED", persistedAlone()],
  ["a hash to be added", { payload: JSON.stringify({ documentId: "0".repeat(64) }) }, ...unknown(), persistedAlone()],
  ["no token", { ...asking(order), headers: { authorization: "" } }, 401, "UNAUTHENTICATED"],
  ["another's token", { ...asking(order), headers: { authorization: "Bearer a.b.c" } }, 401, "UNAUTHENTICATED"],
  ["no room", asking(order), 503, "OVERLOADED", { maxInFlight: 0 }],
];
function invalid() {
  return [400, "GRAPHQL_VALIDATION_FAILED"] as const;
}
function unknown() {
  return [400, "PERSISTED_QUERY_NOT_FOUND"] as const;
}
function persistedAlone(): Partial<GatewayConfig> {
  const persistedOperations = join(temporaryDirectory(), "operations.json");
  writeFileSync(persistedOperations, "{}");
  return { operations: "persisted", persistedOperations };
}

/** Every refusal in both languages: the English one has no Chinese, the Chinese one has. */
async function inBoth(sent: Sent, status: number, code: string): Promise<{ readonly en: string; readonly zh: string }> {
  const [en, zh] = [await send(sent, "en"), await send(sent, "fr, zh-CN;q=0.9, en;q=0.5")];
  expect({ status: en.status, codes: en.codes, in: en.inLanguage }).toEqual({ status, codes: [code], in: "en" });
  expect({ status: zh.status, codes: zh.codes, in: zh.inLanguage }).toEqual({ status, codes: [code], in: "zh" });
  expect(en.message).not.toMatch(/\p{Script=Han}/u);
  expect(zh.message).toMatch(/\p{Script=Han}/u);
  return { en: en.message, zh: zh.message };
}

test.each(refusals.map((each) => [each[0], each] as const))("%s", async (_, [, sent, status, code, config]) => {
  await open(config);
  await inBoth(sent, status, code);
});

test("a token that has expired", async () => {
  const identity = { user: "li", roles: ["manager"] } as const;
  const token = await signToken(secret, { ...identity, expiresIn: "30m" });
  const later = new TokenVerifier([ownIssuer(secret)], defaultPolicy, { now: () => Date.now() + 3_600_000 });
  await open({}, { verifier: later });
  const sent = { ...asking(order), headers: { authorization: `Bearer ${token}` } };
  const { en, zh } = await inBoth(sent, 401, "UNAUTHENTICATED");
  expect([en, zh]).toEqual([expect.stringContaining("expired at 20"), expect.stringMatching(/已于 20.* 过期/)]);
});

test("too often, and from too many", async () => {
  await open({ ratePerSubject: 1, rateSavedSeconds: 1 });
  await send(asking(order), "en");
  const { zh } = await inBoth(asking(order), 429, "RATE_LIMITED");
  expect(zh).toContain("li 的请求过多");
});

test("what graphql-js says of a document stays in English, and says so", async () => {
  await open();
  expect(await send(asking("{ nothing }"), "zh")).toMatchObject({
    ...{ status: 400, inLanguage: "en", message: 'Cannot query field "nothing" on type "Query".' },
  });
});

describe("other methods", () => {
  test.each(["PUT", "PATCH", "DELETE"] as const)("%s is not taken, and which are is said", async (method) => {
    await open();
    for (const sent of [{ method }, { method, payload: "{" }, { method, headers: { authorization: "" } }]) {
      expect(await send(sent, "zh")).toEqual({
        ...{ status: 405, codes: ["BAD_REQUEST"], inLanguage: "zh", allow: "GET, POST" },
        message: texts.noMethod(method).zh,
      });
    }
  });
});

test("a service that does not answer", async () => {
  const away = { execute: () => Promise.reject(new Error("away")) };
  await open({}, { executors: { order: away, logistics: away } });
  for (const language of ["en", "zh"] as const) {
    const message = texts.unavailable("order", false)[language];
    expect(await send(asking(order), language)).toMatchObject({ status: 200, codes: ["SERVICE_UNAVAILABLE"], message });
  }
});
