import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ask as askOf, supergraphSdl } from "./fixtures/demo-graph.js";
import { calls, identityOf, reported, startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway, type Gateway } from "./gateway.js";
import { httpSubgraph } from "./http-subgraph.js";
import type { SubgraphExecutor } from "./subgraph-executor.js";

const report = (error: unknown) => void reported.push(error);

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const [order, logistics] = demos;
afterAll(() => Promise.all(demos.map((demo) => demo.close())));
beforeEach(() => {
  reported.length = 0;
  calls.length = 0;
});

/** Both ways of reaching the services must answer the same, so every spec runs over both. */
const ways = {
  "in process": () => ({ order: order.subgraph, logistics: logistics.subgraph }),
  "over HTTP": () => ({
    order: httpSubgraph({ name: "order", urls: [order.url], identityOf, report }),
    logistics: httpSubgraph({ name: "logistics", urls: [logistics.url], identityOf, report }),
  }),
};

const asker =
  (gateway: () => Gateway) =>
  (query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    askOf(gateway(), query, variables, headers);
const manyTokens = `{ ${"__typename ".repeat(2_001)} }`;
const coded = (code: string, message: string) => ({
  message: expect.stringContaining(message),
  extensions: expect.objectContaining({ code }),
});

describe.each(Object.entries(ways))("%s", (_, executors) => {
  let gateway: Gateway;
  const ask = asker(() => gateway);
  beforeAll(async () => {
    gateway = await createGateway({ supergraphSdl, executors: executors(), verifier, report });
  });
  afterAll(() => gateway.close());

  test("one query joins the services", async () => {
    const query =
      "query ($id: ID!) { order(id: $id) { number amount { minor } shipments { id carrier orders { number } } } }";
    for (const id of ["1", "2"]) {
      expect(await ask(query, { id })).toMatchObject({
        status: 200,
        data: {
          order: {
            number: `SO-${id}`,
            amount: { minor: "1999" },
            shipments: [{ id: `s-${id}`, carrier: "SF", orders: [{ number: `SO-${id}` }] }],
          },
        },
      });
    }
  });

  test("aliases, fragments, conditions and what is absent", async () => {
    const query = `query ($with: Boolean!) {
      one: order(id: "1") { ...Short } none: order(id: "none") { ...Short carrierScore }
    } fragment Short on Order { id lifecycle nr: number @include(if: $with) carrierScore @skip(if: $with) }`;
    const { data, errors } = await ask(query, { with: true });
    expect({ data, errors }).toEqual({
      data: { one: { id: "1", lifecycle: "RECEIVED", nr: "SO-1" }, none: null },
      errors: undefined,
    });
    expect((await ask(query, { with: false })).data).toEqual({
      one: { id: "1", lifecycle: "RECEIVED", carrierScore: 90 },
      none: null,
    });
  });

  test.each([
    ["an inline one", "{ __typename ... on Query { order(id: 1) { number } } }"],
    ["a named one", "{ __typename ...F } fragment F on Query { order(id: 1) { number } }"],
    ["one under a condition", "{ __typename ... @include(if: true) { order(id: 1) { number } } }"],
    ["one after several", "{ __typename again: __typename ... { order(id: 1) { number } } }"],
  ])("a fragment behind the root's name is answered: %s", async (_, query) => {
    const { status, data, errors } = await ask(query);
    expect({ status, data, errors }).toEqual({
      status: 200,
      data: expect.objectContaining({ __typename: "Query", order: { number: "SO-1" } }),
      errors: undefined,
    });
  });

  test("a mutation is sent once, and its payload joins the services too", async () => {
    const query = `mutation ($input: ConfirmOrder!) { confirmOrder(input: $input) {
      revision replayed settleToken userErrors { code } order { number shipments { id } } } }`;
    const input = { commandId: "c1", orderId: "4", promises: [{ lineId: "1", date: "2026-12-01" }] };
    expect((await ask(query, { input })).data).toEqual({
      confirmOrder: {
        revision: "3",
        replayed: false,
        settleToken: "4:48",
        userErrors: [],
        order: { number: "SO-4", shipments: [{ id: "s-4" }] },
      },
    });
    expect(calls).toEqual(["li: confirmOrder 4"]);
  });

  test("mutations of several services run in the order in which they are written", async () => {
    const query = `mutation { a: planShipment(orderIds: ["1"]) { id }
      b: confirmOrder(input: { commandId: "c", orderId: "5", promises: [{ lineId: "1", date: "2026-12-01" }] }) { revision } }`;
    const { data } = await ask(query);
    expect(data).toEqual({ a: { id: "s-9" }, b: { revision: "3" } });
    expect(calls).toEqual(["li: planShipment 1", "li: confirmOrder 5"]);
  });

  test("refusals come in the caller's language", async () => {
    const query =
      "mutation ($input: ConfirmOrder!) { confirmOrder(input: $input) { order { id } userErrors { code message details } } }";
    const input = { commandId: "c1", orderId: "4", promises: [] };
    const { data } = await ask(query, { input }, { "accept-language": "zh-CN,zh;q=0.9" });
    expect(data).toEqual({
      confirmOrder: {
        order: null,
        userErrors: [{ code: "PROMISE_MISSING", message: "订单行 1 缺少交期。", details: { lineId: "1" } }],
      },
    });
  });

  test("every service knows who asks, in which language", async () => {
    const { data, headers } = await ask(
      '{ order(id: "1") { seenBy language } }',
      {},
      { "accept-language": "zh", "x-correlation-id": "c-9" },
    );
    expect(data).toEqual({ order: { seenBy: "d:cn/east u:li", language: "zh" } });
    expect(headers["x-correlation-id"]).toBe("c-9");
    expect(calls).toEqual(["li: order 1"]);
  });

  describe("errors", () => {
    test("a fault for the caller keeps its code, and the rest of the answer stands", async () => {
      expect(await ask('{ broken(how: "broad") order(id: "1") { id } }')).toMatchObject({
        status: 200,
        data: { broken: null, order: { id: "1" } },
        errors: [{ ...coded("TOO_BROAD", "Name a customer."), path: ["broken"] }],
      });
    });
    test("anything else is masked and reported", async () => {
      const answer = await ask('{ broken(how: "bug") }', {}, { "x-correlation-id": "c-7" });
      expect(answer).toMatchObject({ status: 200, data: { broken: null }, errors: [coded("INTERNAL", "c-7")] });
      expect(JSON.stringify(answer)).not.toContain("Zhang");
      expect(reported).toMatchObject([{ message: "Zhang San's row is broken" }]);
    });
    test("one of an entity's field lies where the client wrote it", async () => {
      const { data, errors } = await ask("{ orders(first: 3) { id carrierScore } }");
      expect(data).toEqual({
        orders: [
          { id: "1", carrierScore: 90 },
          { id: "2", carrierScore: null },
          { id: "3", carrierScore: 90 },
        ],
      });
      expect(errors).toMatchObject([{ ...coded("INTERNAL", "INTERNAL"), path: ["orders", 1, "carrierScore"] }]);
    });
    test.each([
      ["{ ordr }", {}, "GRAPHQL_VALIDATION_FAILED", 'Cannot query field "ordr"'],
      ["{ order(id: ", {}, "GRAPHQL_PARSE_FAILED", "Syntax Error"],
      [
        "query ($id: ID!) { order(id: $id) { id } }",
        {},
        "BAD_USER_INPUT",
        '"$id" of required type "ID!" was not provided',
      ],
      ['{ orders(first: 1, dueBefore: "soon") { id } }', {}, "BAD_USER_INPUT", "A Date is a calendar day"],
      [
        "mutation ($input: ConfirmOrder!) { confirmOrder(input: $input) { revision } }",
        { input: { commandId: "c", orderId: "1", promises: [{ lineId: "1", date: "2026-02-30" }] } },
        "BAD_USER_INPUT",
        '"input.promises[0].date"; A Date is a calendar day',
      ],
      ["query A { __typename } query B { __typename }", {}, "BAD_USER_INPUT", "operationName"],
      [
        '{ __schema { queryType { name } } order(id: "1") { id } }',
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "query of their own",
      ],
      [manyTokens, {}, "GRAPHQL_PARSE_FAILED", "at most 2000 tokens"],
    ])("%#: a request that does not fit is 400 and says why", async (query, variables, code, message) => {
      expect(await ask(query, variables)).toMatchObject({ status: 400, errors: [coded(code, message)] });
      expect(reported).toEqual([]);
    });
  });

  test("without a token 401", async () => {
    expect(await ask("{ __typename }", {}, { authorization: "" })).toMatchObject({
      status: 401,
      errors: [coded("UNAUTHENTICATED", "npm run --silent gendan -- token")],
    });
  });
  test("the schema can be read, without the federation's own types", async () => {
    const { data } = await ask("{ __schema { types { name } } }");
    const names = (data as { __schema: { types: { name: string }[] } }).__schema.types.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["Order", "Shipment", "Money"]));
    expect(names.filter((name) => /join__|^_/.test(name) && !name.startsWith("__"))).toEqual([]);
  });
  test("the same variables and text twice give the same answer", async () => {
    const twice = () => ask("query ($id: ID!) { order(id: $id) { id carrierScore } }", { id: "1" });
    expect((await twice()).data).toEqual((await twice()).data);
  });
});

describe("a service that does not answer", () => {
  let gateway: Gateway;
  const ask = asker(() => gateway);
  const open = async (executor: SubgraphExecutor) => {
    gateway = await createGateway({
      supergraphSdl,
      executors: { order: order.subgraph, logistics: executor },
      verifier,
      report,
    });
  };
  const query = '{ order(id: "1") { number shipments { id } } shipment(id: "s-1") { id } }';
  const partly = {
    status: 200,
    data: { order: { number: "SO-1", shipments: null }, shipment: null },
  };

  test.each([
    [
      "is not there",
      () => httpSubgraph({ name: "logistics", urls: ["http://127.0.0.1:1/graphql"], identityOf, report }),
    ],
    [
      "answers something else",
      () => httpSubgraph({ name: "logistics", urls: [order.url.replace("graphql", "health")], identityOf, report }),
    ],
    ["throws", () => ({ execute: () => Promise.reject(new Error("closed")) })],
  ])("because it %s leaves its fields null and is named", async (_, executor) => {
    await open(executor());
    const answer = await ask(query);
    expect(answer).toMatchObject(partly);
    expect(answer.errors).toHaveLength(2);
    for (const error of answer.errors!) {
      expect(error).toMatchObject(coded("SERVICE_UNAVAILABLE", "logistics"));
      expect(error.extensions).toMatchObject({ service: "logistics" });
    }
    expect(reported.length).toBeGreaterThan(0);
    await gateway.close();
  });
});

test("a gateway does not start without a service that the supergraph names", async () => {
  const opened = createGateway({ supergraphSdl, executors: { order: order.subgraph }, verifier, report });
  await expect(opened).rejects.toThrow("services that nobody runs: logistics");
  await expect(createGateway({ supergraphSdl: "", executors: {}, verifier, report })).rejects.toThrow("is empty");
});
