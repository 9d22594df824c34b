// What callers may send and see of a service, decided in one place for all of them, whatever its resolvers do.
import { describe, expect, test } from "@jest/globals";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { requestContext, type Bearer, type GendanContext } from "./context.js";
import { noGrants, type Grants } from "./grants.js";
import { commonSdl } from "./sdl.js";
import { Subgraph } from "./subgraph.js";
import { Views } from "./views.js";

const typeDefs = parse(`${commonSdl()}
  type Query {
    order(id: ID!): Order
    orders(filter: OrderFilter, orderBy: [OrderOrder!], paidBy: String @price): [Order!]
    named(name: String! @personal): [Order!]
  }
  type Mutation { closeOrder(input: CloseOrder!): OrderPayload! receiveOrder(input: CloseOrder!, expectedRevision: String): OrderPayload! }
  input CloseOrder { orderId: ID! department: String }
  input OrderFilter { number: String over: Int @price and: OrderFilter }
  input OrderOrder { field: OrderField = DUE }
  enum OrderField { DUE AMOUNT @price }
  type OrderPayload { order: Order userErrors: [UserError!]! }
  type Order @key(fields: "id") {
    id: ID!
    amount: Money @price
    phone: String @contact @personal
    differences: [Difference!]!
    data: JSON! @price(keys: ["amount", "freight"])
    availableActions: [String!]
  }
  type Difference { aspect: String! theirs: String @price(where: "aspect", matches: "^PRICE$") }
`);

const order = {
  __typename: "Order",
  id: "1",
  amount: { minor: "1999", currency: "CNY" },
  differences: [
    { aspect: "PRICE", theirs: "1899" },
    { aspect: "ITEM", theirs: "B-7" },
  ],
  data: { amount: 1999, freight: 3, hold: "credit" },
};
let sent: string[] = [];
const resolvers = {
  Query: { order: () => order, orders: () => [order], named: () => [order] },
  Mutation: {
    closeOrder: () => (sent.push("closeOrder"), { order, userErrors: [] }),
    receiveOrder: (_: unknown, __: unknown, { expectedRevision }: GendanContext) => (
      sent.push(`receiveOrder at ${expectedRevision}`),
      { order, userErrors: [] }
    ),
  },
  Order: {
    __resolveReference: () => order,
    phone: () => Promise.resolve("+86 10"),
    availableActions: () => Promise.resolve(["receiveOrder", "closeOrder"]),
  },
};
const build = (document = typeDefs) => new Views(() => buildSubgraphSchema([{ typeDefs: document, resolvers }]));
const subgraph = new Subgraph("order", build(), () => undefined);

const grants = (fields: readonly string[], commands: readonly string[] = []): Grants => ({
  ...noGrants,
  fields: new Set(fields),
  commands: new Set(commands),
  rolesFor: () => ["lead", "sales"],
  unknownDepartment: (path) =>
    path === "cn" ? undefined : path === "cm" ? { nearest: { path: "cn", en: "China", zh: "中国" } } : {},
});
const everything = grants(["price", "contact", "personal", "internal"], ["receiveOrder", "closeOrder"]);
const without = (unseen: string): Grants => ({
  ...everything,
  fields: new Set([...everything.fields].filter((each) => each !== unseen)),
});

const ask = async (query: string, of: Grants | undefined, variables = {}, language = "en") => {
  const bearer: Bearer = { user: "li", tokens: [], ...(of ? { grants: of } : {}) };
  const answer = await subgraph.execute({
    document: parse(query),
    variables,
    context: requestContext(bearer, { language }),
  });
  return JSON.parse(JSON.stringify(answer)) as typeof answer;
};
const codes = async (query: string, of: Grants) =>
  (await ask(query, of)).errors?.map(({ extensions }) => extensions?.["code"]);

describe("a command", () => {
  const close = "mutation ($input: CloseOrder!) { closeOrder(input: $input) { order { id } userErrors { code field message details } } }"; // prettier-ignore
  const closing = (of: Grants | undefined, department?: string, language?: string) => {
    sent = [];
    return ask(close, of, { input: { orderId: "none", ...(department ? { department } : {}) } }, language);
  };
  const refused = (error: object) => ({ data: { closeOrder: { order: null, userErrors: [error] } } });

  test("that is granted is sent", async () => {
    expect(await closing(everything, "cn")).toEqual({ data: { closeOrder: { order: { id: "1" }, userErrors: [] } } });
    expect(sent).toEqual(["closeOrder"]);
  });
  test("that is not granted is refused before it reaches the service, with who may", async () => {
    const refusal = {
      code: "COMMAND_NOT_GRANTED",
      field: null,
      message: "Your roles may not send closeOrder; lead, sales may.",
      details: { command: "closeOrder", roles: ["lead", "sales"] },
    };
    expect(await closing(grants([], ["receiveOrder"]))).toEqual(refused(refusal));
    expect(await closing(grants([]), undefined, "zh")).toEqual(
      refused({ ...refusal, message: "您的角色不能执行 closeOrder，可执行的角色：lead、sales。" }),
    );
    expect(sent).toEqual([]);
  });
  test("is told what its own mutation expects, and no other one's", async () => {
    sent = [];
    const receive = (expected: string) =>
      `mutation { a: receiveOrder(input: { orderId: "1" } ${expected}) { userErrors { code } } b: receiveOrder(input: { orderId: "1" }) { userErrors { code } } }`;
    for (const expected of ['expectedRevision: "7"', 'expectedRevision: "-1"', "expectedRevision: null"]) {
      expect((await ask(receive(expected), everything)).errors).toBeUndefined();
    }
    expect(sent.map((each) => each.replace("receiveOrder at ", ""))).toEqual(
      ["7", "undefined", "-1", "undefined", "undefined", "undefined"], // prettier-ignore
    );
    for (const expected of ["", "-2", "1.0", "07x", "latest"]) {
      expect(await codes(receive(`expectedRevision: "${expected}"`), everything)).toEqual(["BAD_USER_INPUT"]);
    }
  });
  test("of somebody without grants is refused", async () => {
    expect(await closing(undefined)).toMatchObject(refused({ code: "COMMAND_NOT_GRANTED", details: { roles: [] } }));
    expect(sent).toEqual([]);
  });
  test("that names an unknown department is refused with the nearest", async () => {
    expect(await closing(everything, "cm")).toMatchObject(
      refused({
        code: "DEPARTMENT_UNKNOWN",
        field: "department",
        message: "There is no department cm; cn is the nearest.",
        details: { department: "cm", nearest: "cn" },
      }),
    );
    expect(await closing(everything, "x", "zh")).toMatchObject(refused({ message: "没有部门 x。" }));
    expect(sent).toEqual([]);
  });
  test("is among the available actions only where it is granted", async () => {
    const actions = '{ order(id: "1") { availableActions } }';
    const list = async (of: Grants) => (await ask(actions, of)).data;
    expect(await list(everything)).toEqual({ order: { availableActions: ["receiveOrder", "closeOrder"] } });
    expect(await list(grants([], ["closeOrder"]))).toEqual({ order: { availableActions: ["closeOrder"] } });
  });
});

describe("a field of a class", () => {
  const all = '{ order(id: "1") { amount { minor } phone differences { theirs } data } }';
  test("is seen by who sees the class, and nothing is said of it", async () => {
    expect(await ask(all, everything)).toEqual({
      data: {
        order: {
          amount: { minor: "1999" },
          phone: "+86 10",
          differences: [{ theirs: "1899" }, { theirs: "B-7" }],
          data: order.data,
        },
      },
    });
  });
  test("is null for others, wholly or where and as far as it is of the class, and the answer says so once", async () => {
    expect(await ask(`query A ${all} query B { order(id: "2") { phone } }`, everything)).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
    const answer = await ask('{ order(id: "1") { ...F } orders { ...F } } fragment F on Order { amount { minor } differences { theirs } data }', without("price")); // prettier-ignore
    const seen = { amount: null, differences: [{ theirs: null }, { theirs: "B-7" }], data: { hold: "credit" } };
    const reason = "Your roles do not see price fields.";
    expect(answer).toEqual({
      data: { order: seen, orders: [seen] },
      extensions: {
        masked: ["Order.amount", "Difference.theirs", "Order.data"].map((field) => ({ field, class: "price", reason })),
      },
    });
  });
  test("of two classes takes both", async () => {
    for (const unseen of ["contact", "personal"]) {
      const { data, extensions } = await ask('{ order(id: "1") { phone } }', without(unseen), {}, "zh");
      expect(data).toEqual({ order: { phone: null } });
      expect(extensions).toEqual({
        masked: [{ field: "Order.phone", class: unseen, reason: `您的角色不能查看 ${unseen} 类字段。` }],
      });
    }
  });
  test("is null in payloads and for other services too", async () => {
    const input = { orderId: "1" };
    const mutation = "mutation ($input: CloseOrder!) { closeOrder(input: $input) { order { amount { minor } } } }";
    expect(await ask(mutation, without("price"), { input })).toMatchObject({
      data: { closeOrder: { order: { amount: null } } },
    });
    const entities = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { amount { minor } } } }";
    const answer = await ask(entities, without("price"), { of: [{ __typename: "Order", id: "1" }] });
    expect(answer).toMatchObject({ data: { _entities: [{ amount: null }] }, extensions: { masked: [{}] } });
  });
  test("is not sorted, filtered or found by, in a variable or in the text", async () => {
    const price = without("price");
    const masked = ["FIELD_MASKED"];
    expect(await codes("{ orders(orderBy: [{ field: AMOUNT }]) { id } }", price)).toEqual(masked);
    expect(await codes("{ orders(filter: { over: 3 }) { id } }", price)).toEqual(masked);
    expect(await codes("{ orders(filter: { and: { and: { over: 3 } } }) { id } }", price)).toEqual(masked);
    expect(await codes('{ orders(paidBy: "x") { id } }', price)).toEqual(masked);
    expect(await codes('{ named(name: "x") { id } }', without("personal"))).toEqual(masked);
    const sorted = "query ($by: [OrderOrder!]) { orders(orderBy: $by) { id } }";
    const answer = await ask(sorted, price, { by: [{ field: "DUE" }, { field: "AMOUNT" }] });
    expect(answer.errors).toMatchObject([
      { extensions: { code: "FIELD_MASKED", field: "OrderField.AMOUNT", class: "price" } },
    ]);
    for (const query of [
      '{ orders(filter: { number: "1" }, orderBy: [{ field: DUE }]) { id } }',
      "{ orders { id } }",
    ]) {
      expect(await codes(query, price)).toBeUndefined();
      expect(await codes(query.replace("DUE", "AMOUNT"), everything)).toBeUndefined();
    }
  });
  test("must be one that can be null", () => {
    const faulty = parse(`${commonSdl()} type Query { total: Int! @price }`);
    expect(() => new Views(() => buildSubgraphSchema([{ typeDefs: faulty, resolvers: {} }]))).toThrow(
      "Query.total is of the class price, and so must be nullable.",
    );
  });
});

test("callers who see the same share a view, whatever else they may", () => {
  const views = build();
  expect(views.of({ grants: grants(["price"], ["closeOrder"]) })).toBe(views.of({ grants: grants(["price"]) }));
  expect(views.of({ grants: everything })).toBe(views.whole);
  expect(views.of({})).not.toBe(views.whole);
});
