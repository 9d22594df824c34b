import "reflect-metadata";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Injectable, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Args, Context, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { Fault } from "@gendan/eventing";
import DataLoader from "dataloader";
import { parse } from "graphql";
import { requestContext, type GendanContext } from "./context.js";
import { noGrants } from "./grants.js";
import type { Answer, Subgraph, Variables } from "./subgraph.js";
import { subgraphModule, subgraphOf } from "./subgraph-driver.js";

const sdl = `
  type Query {
    order(id: ID!): Order
    orders(ids: [ID!]!): [Order!]!
    fails(how: String!): String
    due(on: Date!): Date
  }
  type Mutation { confirmOrder(input: ConfirmOrder!): OrderPayload! }
  input ConfirmOrder { orderId: ID! promises: [Promise!]! times: Int! = 2 }
  input Promise { line: Int! on: Date! quantity: Quantity }
  type OrderPayload { order: Order revision: String replayed: Boolean! }
  type Order @key(fields: "id") { id: ID! number: String! language: String! }
`;

interface OrderRow {
  readonly id: string;
}

@Injectable()
class Orders {
  readonly batches: (readonly string[])[] = [];
  readonly numbers = () =>
    new DataLoader(
      (ids: readonly string[]) => {
        this.batches.push(ids);
        return Promise.resolve(ids.map((id) => `SO-${id}`));
      },
      { cache: false },
    );
}

@Resolver("Order")
class OrderResolver {
  constructor(private readonly orders: Orders) {}

  @Query()
  order(@Args("id") id: string): OrderRow | null {
    return id === "none" ? null : { id };
  }

  @Query("orders")
  many(@Args("ids") ids: readonly string[]): readonly OrderRow[] {
    return ids.map((id) => ({ id }));
  }

  @Query()
  fails(@Args("how") how: string): string {
    if (how === "broad") throw new Fault("TOO_BROAD", "Name a customer.", { rows: 10_000 });
    if (how === "damaged") throw new Fault("STORE_DAMAGED", "/data/li/events.db is damaged", { file: "/data/li" });
    throw new TypeError("Cannot read properties of undefined (reading 'zhangSan')");
  }

  @Query()
  due(@Args("on") on: string): string {
    return on;
  }

  @Mutation()
  confirmOrder(
    @Args("input") input: { readonly orderId: string; readonly times: number },
    @Context() { caller }: GendanContext,
  ) {
    return { id: input.orderId, revision: `${caller.user} × ${input.times}`, replayed: false };
  }

  @ResolveReference()
  byReference({ id }: OrderRow): Promise<OrderRow> {
    return Promise.resolve({ id });
  }

  @ResolveField()
  number({ id }: OrderRow, _: unknown, context: GendanContext): Promise<string> {
    return context.loader(this.orders.numbers).load(id);
  }

  @ResolveField()
  language(_: OrderRow, __: unknown, context: GendanContext): string {
    return context.language;
  }
}

@Resolver("OrderPayload")
class OrderPayloadResolver {
  static read = 0;

  @ResolveField()
  order({ id }: OrderRow): OrderRow {
    OrderPayloadResolver.read += 1;
    return { id };
  }
}

const reported: unknown[] = [];
const li = { user: "li", tokens: ["u:li"], grants: { ...noGrants, commands: new Set(["confirmOrder"]) } };
const verifier = {
  verify(authorization: string | undefined) {
    if (authorization === "Bearer li") return li;
    throw new Fault("UNAUTHENTICATED", "A token is needed.");
  },
};

@Module({
  imports: [
    subgraphModule({
      name: "order",
      sdl,
      verifier,
      report: (error) => void reported.push(error),
      documentBounds: { tokens: 60, remembered: 10 },
      bodyBytes: 2_000,
    }),
  ],
  providers: [Orders, OrderResolver, OrderPayloadResolver],
})
class OrderModule {}

let app: NestFastifyApplication;
let subgraph: Subgraph;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(OrderModule, new FastifyAdapter(), { logger: false });
  await app.init();
  subgraph = subgraphOf(app);
});
afterAll(() => app.close());
beforeEach(() => void (reported.length = 0));

const execute = async (text: string, variables: Variables = {}): Promise<Answer> =>
  subgraph.execute({ document: parse(text), variables, context: requestContext(li) });

const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const answer = await app.inject({
    method: "POST",
    url: "/graphql",
    headers: { "content-type": "application/json", authorization: "Bearer li", ...headers },
    payload: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.statusCode, headers: answer.headers, ...answer.json<Answer>() };
};
const coded = (code: string, message: string) => ({
  message: expect.stringContaining(message),
  extensions: expect.objectContaining({ code }),
});

describe("in process", () => {
  test("Nest's resolvers answer", async () => {
    expect(await execute('{ order(id: "1") { id number } none: order(id: "none") { id } }')).toEqual({
      data: { order: { id: "1", number: "SO-1" }, none: null },
    });
  });

  test("a list's rows are read in one batch", async () => {
    const { batches } = app.get(Orders);
    batches.length = 0;
    await execute("query ($ids: [ID!]!) { orders(ids: $ids) { number } }", { ids: ["1", "2", "3"] });
    expect(batches).toEqual([["1", "2", "3"]]);
  });

  test("references are resolved in one batch, in order", async () => {
    const { batches } = app.get(Orders);
    batches.length = 0;
    const representations = ["7", "8"].map((id) => ({ __typename: "Order", id }));
    const text =
      "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { number } } }";
    expect(await execute(text, { representations })).toEqual({
      data: { _entities: [{ number: "SO-7" }, { number: "SO-8" }] },
    });
    expect(batches).toEqual([["7", "8"]]);
  });

  test("a payload's aggregate is read only when it is selected", async () => {
    OrderPayloadResolver.read = 0;
    const input = { orderId: "4", promises: [{ line: 1, on: "2026-12-01", quantity: "2.5" }] };
    const text = (fields: string) => `mutation ($input: ConfirmOrder!) { confirmOrder(input: $input) { ${fields} } }`;
    expect(await execute(text("revision"), { input })).toEqual({ data: { confirmOrder: { revision: "li × 2" } } });
    expect(OrderPayloadResolver.read).toBe(0);
    expect(await execute(text("order { number }"), { input })).toEqual({
      data: { confirmOrder: { order: { number: "SO-4" } } },
    });
    expect(OrderPayloadResolver.read).toBe(1);
  });

  test("a document is compiled once, and each of its operations apart", async () => {
    const document = parse('query A { order(id: "1") { id } } query B { order(id: "2") { id } }');
    const context = requestContext({ user: "li", tokens: [] });
    const run = async (operationName?: string) => subgraph.execute({ document, variables: {}, context, operationName });
    expect(await run("A")).toEqual({ data: { order: { id: "1" } } });
    expect(await run("B")).toEqual({ data: { order: { id: "2" } } });
    expect(await run("A")).toEqual({ data: { order: { id: "1" } } });
    expect(await run("C")).toEqual({ errors: [coded("BAD_USER_INPUT", 'Unknown operation named "C"')] });
  });
});

describe("errors", () => {
  test("a fault for the caller keeps code, message, details and path", async () => {
    expect(await execute('{ fails(how: "broad") }')).toEqual({
      data: { fails: null },
      errors: [
        {
          message: "Name a customer.",
          path: ["fails"],
          locations: [{ line: 1, column: 3 }],
          extensions: { code: "TOO_BROAD", rows: 10_000 },
        },
      ],
    });
    expect(reported).toEqual([]);
  });
  test("a fault of the house keeps its code alone; the log has the rest", async () => {
    const answer = await execute('{ fails(how: "damaged") }');
    expect(answer.errors).toMatchObject([coded("STORE_DAMAGED", "The request failed (STORE_DAMAGED).")]);
    expect(JSON.stringify(answer)).not.toContain("/data/li");
    expect(reported).toMatchObject([{ message: "/data/li/events.db is damaged" }]);
  });
  test("anything else is INTERNAL", async () => {
    const answer = await execute('{ fails(how: "bug") }');
    expect(answer.errors).toMatchObject([coded("INTERNAL", "under")]);
    expect(JSON.stringify(answer)).not.toMatch(/zhangSan|subgraph\.spec/);
    expect(reported).toMatchObject([expect.any(TypeError)]);
  });
  test("a variable that does not fit is named with its field and the rule", async () => {
    const input = { orderId: "4", promises: [{ line: 1, on: "2026-02-30" }] };
    const answer = await execute("mutation ($input: ConfirmOrder!) { confirmOrder(input: $input) { revision } }", {
      input,
    });
    expect(answer).toEqual({
      errors: [expect.objectContaining(coded("BAD_USER_INPUT", 'at "input.promises[0].on"; A Date is a calendar day'))],
    });
  });
});

test("an input's field that is left out of a variable has its default", async () => {
  const text = "mutation ($input: ConfirmOrder!) { confirmOrder(input: $input) { revision } }";
  const confirmed = (times: number) => ({ data: { confirmOrder: { revision: `li × ${times}` } } });
  expect(await execute(text, { input: { orderId: "4", promises: [] } })).toEqual(confirmed(2));
  expect(await execute(text, { input: { orderId: "4", promises: [], times: 7 } })).toEqual(confirmed(7));
});

describe("over HTTP", () => {
  test("the same answers, in the caller's language", async () => {
    const query = "query ($id: ID!) { order(id: $id) { number language } }";
    const answer = await post(
      { query, variables: { id: "1" } },
      { "accept-language": "zh-CN", "x-correlation-id": "c-1" },
    );
    expect(answer).toMatchObject({ status: 200, data: { order: { number: "SO-1", language: "zh" } } });
    expect(answer.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-correlation-id": "c-1",
    });
  });
  test("without a token 401, and how to send one", async () => {
    const answer = await post({ query: "{ __typename }" }, { authorization: "" });
    expect(answer).toMatchObject({ status: 401, errors: [coded("UNAUTHENTICATED", "A token is needed.")] });
    expect(answer.headers["www-authenticate"]).toContain("Bearer");
  });
  test.each([
    ["not JSON", "{", "BAD_REQUEST", "not JSON"],
    ["no body", "", "BAD_REQUEST", "not JSON"],
    ["a list", [{ query: "{ __typename }" }], "BAD_REQUEST", "Send one operation in each request"],
    ["no query", {}, "BAD_REQUEST", "must have a query"],
    ["variables of another kind", { query: "{ __typename }", variables: [] }, "BAD_REQUEST", "variables must be"],
    [
      "an operation name of another kind",
      { query: "{ __typename }", operationName: 1 },
      "BAD_REQUEST",
      "operationName",
    ],
    ["a text that is no query", { query: "{ order(" }, "GRAPHQL_PARSE_FAILED", "Syntax Error"],
    ["a field that is none", { query: "{ ordr }" }, "GRAPHQL_VALIDATION_FAILED", 'Cannot query field "ordr"'],
    ["a literal that does not fit", { query: '{ due(on: "soon") }' }, "BAD_USER_INPUT", "A Date is a calendar day"],
    ["too many tokens", { query: `{ ${"__typename ".repeat(61)} }` }, "GRAPHQL_PARSE_FAILED", "at most 60 tokens"],
    [
      "an unknown operation",
      { query: "query A { __typename }", operationName: "B" },
      "BAD_USER_INPUT",
      "Unknown operation",
    ],
  ])("%s is 400 and says why", async (_, body, code, message) => {
    expect(await post(body)).toMatchObject({ status: 400, errors: [coded(code, message)] });
  });
  test("a form of another site is 415", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const answer = await post("query={__typename}", { "content-type": type });
      expect(answer).toMatchObject({ status: 415, errors: [coded("BAD_REQUEST", "application/json")] });
    }
  });
  test("a body over the bound is 413", async () => {
    expect(await post({ query: "{ __typename }", variables: { a: "x".repeat(2_000) } })).toMatchObject({
      status: 413,
      errors: [coded("BODY_TOO_LARGE", "2000 bytes")],
    });
  });
});
