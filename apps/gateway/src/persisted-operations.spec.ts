import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import type { Answer, GatewayConfig } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing";
import { authorization, supergraphSdl } from "./fixtures/demo-graph.js";
import { calls, startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway, type Gateway } from "./gateway.js";

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const executors = { order: demos[0].subgraph, logistics: demos[1].subgraph };
let gateway: Gateway | undefined;
afterEach(() => gateway?.close());
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const byId = "query One($id: ID!) { order(id: $id) { number } }";
const plan = 'mutation { planShipment(orderIds: ["1"]) { id } }';
const known = { [hashOf(byId)]: byId, [hashOf(plan)]: plan };

function fileOf(content: unknown): string {
  const file = join(temporaryDirectory(), "operations.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}
async function open(config: Partial<GatewayConfig> = {}, operations: unknown = known): Promise<void> {
  const all = { persistedOperations: fileOf(operations), ...config };
  gateway = await createGateway({ supergraphSdl, executors, verifier, report: () => undefined, config: all });
}
const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  gateway!.server.inject({
    url: `/graphql?${new URLSearchParams(parameters).toString()}`,
    headers: { authorization, ...headers },
  });
async function post(body: object) {
  const headers = { authorization, "content-type": "application/json" };
  const answer = await gateway!.server.inject({ method: "POST", url: "/graphql", headers, payload: body });
  return { status: answer.statusCode, ...answer.json<Answer>() };
}
const refused = (status: number, code: string) => ({ status, errors: [{ extensions: { code } }] });
const one = { documentId: hashOf(byId), variables: '{"id":"1"}' };

describe("an operation that is known", () => {
  test("is asked for by its hash, in both of the ways that clients have", async () => {
    await open();
    const answer = { status: 200, data: { order: { number: "SO-1" } } };
    const variables = { id: "1" };
    expect(await post({ documentId: hashOf(byId), variables })).toMatchObject(answer);
    expect(await post({ documentId: `sha256:${hashOf(byId).toUpperCase()}`, variables })).toMatchObject(answer);
    const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(byId) } };
    expect(await post({ extensions, variables })).toMatchObject(answer);
    const apollo = await get({ extensions: JSON.stringify(extensions), variables: '{"id":"1"}', operationName: "One" });
    expect([apollo.statusCode, apollo.json()]).toEqual([200, { data: answer.data }]);
  });
  test("keeps to the limits like any other", async () => {
    const pages = "query ($n: Int) { orders(first: $n) { id } }";
    await open({}, { [hashOf(pages)]: pages });
    expect(await post({ documentId: hashOf(pages), variables: { n: 201 } })).toMatchObject(
      refused(400, "PAGE_TOO_LARGE"),
    );
  });
});

describe("GET", () => {
  test("gives a tag, and then nothing but that it is still the same", async () => {
    await open();
    const first = await get(one);
    const { etag } = first.headers;
    expect(first.json()).toEqual({ data: { order: { number: "SO-1" } } });
    expect(first.headers).toMatchObject({
      "cache-control": "private, no-cache",
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
    });
    expect(first.headers.vary).toContain("authorization");
    for (const tags of [String(etag), `"other", W/${etag}`]) {
      const again = await get(one, { "if-none-match": tags });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, "", etag]);
    }
    expect((await get(one, { "if-none-match": '"other"' })).statusCode).toBe(200);
    const other = await get({ ...one, variables: '{"id":"2"}' }, { "if-none-match": String(etag) });
    expect([other.statusCode, other.headers.etag === etag]).toEqual([200, false]);
  });
  test("needs a token", async () => {
    await open();
    expect((await get(one, { authorization: "" })).statusCode).toBe(401);
  });
  test("carries out no mutation", async () => {
    await open();
    calls.length = 0;
    const answer = await get({ documentId: hashOf(plan) });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, "POST"]);
    expect(calls).toEqual([]);
  });
  test("takes no query", async () => {
    await open();
    for (const parameters of [{ query: "{ __typename }" }, { ...one, query: "{ __typename }" }]) {
      expect((await get(parameters)).statusCode).toBe(405);
    }
  });
  test.each([
    { documentId: "1" },
    { documentId: "0".repeat(64) },
    { ...one, variables: "{" },
    { ...one, variables: "[]" },
  ])("%j is 400", async (parameters) => {
    await open();
    const answer = await get(parameters);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers.etag).toBeUndefined();
  });
  test("an answer with errors has no tag", async () => {
    const broken = '{ broken(how: "bug") }';
    await open({}, { [hashOf(broken)]: broken });
    const answer = await get({ documentId: hashOf(broken) });
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, undefined]);
  });
});

describe("a gateway that takes known operations alone", () => {
  test("refuses every other, and takes the text of one", async () => {
    await open({ operations: "persisted" });
    expect(await post({ query: "{ __typename }" })).toMatchObject(refused(400, "OPERATION_NOT_PERSISTED"));
    expect(await post({ documentId: "0".repeat(64) })).toMatchObject(refused(400, "PERSISTED_QUERY_NOT_FOUND"));
    expect(await post({ query: byId, variables: { id: "1" } })).toMatchObject({ status: 200 });
  });
  test("any other takes all", async () => {
    await open();
    expect(await post({ query: "{ __typename }" })).toMatchObject({ status: 200 });
  });
});

describe("a gateway does not start", () => {
  test.each([
    [
      "without the operations that it takes alone",
      { operations: "persisted", persistedOperations: undefined },
      known,
      "is missing",
    ],
    ["with a file that is no JSON", {}, "{", "cannot be read as JSON"],
    ["with a list", {}, [byId], "must hold one object"],
    ["with a text of another hash", {}, { [hashOf(plan)]: byId }, `which is ${hashOf(byId)}`],
    [
      "with an operation that the schema does not take",
      {},
      { [hashOf("{ ordr }")]: "{ ordr }" },
      'Cannot query field "ordr"',
    ],
  ] as const)("%s", async (_, config, operations, message) => {
    gateway = undefined;
    await expect(open(config as Partial<GatewayConfig>, operations)).rejects.toThrow(message);
  });
});
