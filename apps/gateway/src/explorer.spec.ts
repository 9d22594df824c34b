import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { fastify } from "fastify";
import { buildSchema, introspectionFromSchema, parse, validate, type GraphQLSchema } from "graphql";
import { explorerPage } from "./explorer.js";

const server = fastify();
beforeAll(() => {
  const page = explorerPage(server);
  server.get("/graphql", (_, reply) => page(reply));
});
afterAll(() => server.close());
const html = { accept: "text/html,application/xhtml+xml" };

test("a browser gets the page, under a policy that lets its own script run and nothing else", async () => {
  const page = await server.inject({ url: "/graphql", headers: html });
  expect(page.statusCode).toBe(200);
  const [, script = ""] = /<script>(.*?)<\/script>/s.exec(page.body) ?? [];
  const hash = createHash("sha256").update(script).digest("base64");
  expect(page.headers["content-security-policy"]).toContain(`script-src 'sha256-${hash}'`);
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(page.body).not.toMatch(/https?:\/\//);
  expect(page.body).not.toMatch(/ (on\w+|style)="/);
});

test("the root leads to it", async () => {
  expect((await server.inject("/")).headers.location).toBe("/graphql");
});

/** As much of a browser as the page needs. */
class Element {
  value = "";
  textContent = "";
  title = "";
  type = "";
  dataset = {};
  children: Element[] = [];
  listeners = new Map<string, (event: unknown) => unknown>();
  addEventListener = (type: string, listener: (event: unknown) => unknown) => void this.listeners.set(type, listener);
  replaceChildren = (...children: Element[]) => void (this.children = children);
  fire = (type: string) => this.listeners.get(type)!({});
}

async function openPage(schema: GraphQLSchema, language: string) {
  const elements = new Map<string, Element>();
  const requests: { headers: Record<string, string>; body: { query: string } }[] = [];
  const byId = (id: string) => elements.get(id) ?? elements.set(id, new Element()).get(id)!;
  const page = readFileSync(new URL("./explorer.html", import.meta.url), "utf8");
  const script = /<script>(.*?)<\/script>/s.exec(page)![1]!;
  const fetch = (_: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
    const request = { headers, body: JSON.parse(body) as { query: string } };
    requests.push(request);
    const answer = request.body.query.includes("__schema")
      ? { data: introspectionFromSchema(schema) }
      : { data: { ok: true } };
    return Promise.resolve({ status: 200, headers: new Headers(), json: () => Promise.resolve(answer) });
  };
  const document = {
    getElementById: byId,
    documentElement: {},
    querySelectorAll: () => [],
    addEventListener: () => undefined,
    createElement: () => new Element(),
  };
  const sessionStorage = { getItem: () => null, setItem: () => undefined };
  const globals = { document, sessionStorage, navigator: { language }, fetch, crypto, performance };
  runInContext(script, createContext(globals));
  byId("token").value = "x.y.z";
  byId("token").fire("change");
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return { byId, requests, buttons: () => byId("fields").children };
}

describe("the page", () => {
  const schema = buildSchema(`
    scalar Date
    type Query { order(id: ID!, on: Date): Order orders(first: Int, filter: Filter): Orders! count: Int! }
    type Mutation { confirmOrder(input: Confirm!): Payload! }
    input Filter { late: Boolean }
    input Confirm { commandId: ID! lines: [Line!]! kind: Kind! note: String }
    input Line { on: Date! quantity: Int! }
    enum Kind { GOODS SERVICE }
    type Orders { totalCount: Int edges: [Edge!]! pageInfo: PageInfo! }
    type Edge { cursor: String! node: Order! }
    type PageInfo { hasNextPage: Boolean! }
    type Order { id: ID! customer: Customer shipments: [Shipment!] lines(first: Int!): [Int] }
    type Customer { id: ID! orders: Orders! }
    type Shipment { id: ID! orders: [Order!] }
    type Payload { order: Order userErrors: [UserError!]! }
    type UserError { code: String! }
  `);

  test.each(["order", "orders", "count", "confirmOrder"])("writes a %s that fits the schema", async (name) => {
    const { byId, buttons } = await openPage(schema, "en");
    buttons()
      .find(({ textContent }) => textContent === name)!
      .fire("click");
    expect(validate(schema, parse(byId("query").value))).toEqual([]);
    expect(byId("query").value).toContain(name);
    expect(() => JSON.parse(byId("variables").value) as unknown).not.toThrow();
  });

  test("fills in what a command needs, with an id of its own", async () => {
    const { byId, buttons } = await openPage(schema, "en");
    buttons()
      .find(({ textContent }) => textContent === "confirmOrder")!
      .fire("click");
    expect(JSON.parse(byId("variables").value)).toEqual({
      input: {
        commandId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        lines: [{ on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), quantity: 1 }],
        kind: "GOODS",
      },
    });
  });

  test("asks with the token, in the chosen language, and shows the answer", async () => {
    const { byId, requests } = await openPage(schema, "zh-CN");
    byId("query").value = "{ count }";
    await byId("run").fire("click");
    expect(requests.at(-1)).toMatchObject({
      headers: { authorization: "Bearer x.y.z", "accept-language": "zh" },
      body: { query: "{ count }" },
    });
    expect(byId("answer").textContent).toBe('{\n  "data": {\n    "ok": true\n  }\n}');
    expect(byId("run").textContent).toContain("执行");
  });
});
