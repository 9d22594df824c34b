// The subgraph of a whole running service: events come from the bus, answers go out as GraphQL.
import "reflect-metadata";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { Module, type INestApplicationContext } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import { startService, systemClock, type Engines, type Happened, type Message, type Service } from "@gendan/eventing";
import { contractOf, type PublicEvent } from "@gendan/contracts";
import { callerOf, defaultPolicy, type Caller } from "@gendan/security";
import { requestContext, sdlBeside, subgraphModule, subgraphOf, type Answer, type Subgraph } from "@gendan/service-kit";
import { caughtUp, temporaryDirectory } from "@gendan/testing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventBus } from "@gendan/adapters/sqlite/event-bus";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";
import { parse, validate } from "graphql";
import { AnalyticsModule } from "../analytics.module.js";
import {
  answered,
  confirmed,
  delivered,
  event,
  happened,
  id,
  issueOpened,
  paid,
  received,
  scope,
} from "../read/spec.js";
import { analyticsService } from "../service.js";
import { told } from "../spec.js";

const order = id("order", 1);
const east = scope("cn/east", "li");

const events = [
  ...told(
    order,
    received({ order: 1, owner: east, at: "2026-02-01T08:00:00.000Z", lines: [["shoes", 1999, 100]] }),
    event("order.verified", { orderId: order, firstPass: false }),
    confirmed(1, east),
    delivered("2026-02-08T20:00:00.000Z", { order: 1, late: true }),
    paid(2099, "CNY", 1),
    event("order.hold.placed", { orderId: order, hold: "stock", holds: ["stock"] }),
  ),
  ...told(id("order", 2), received({ order: 2, owner: scope("cn/west"), at: "2026-02-02T08:00:00.000Z", currency: "EUR", channel: "import" })), // prettier-ignore
  ...told(id("issue"), issueOpened(1, "2026-02-09", "late-delivery", east)),
  ...told(id("answer"), answered(2, "2026-02-10", east)),
];

const message = ({
  id,
  source,
  aggregateId,
  sequence,
  event: { type, ...data },
  meta,
}: Happened<PublicEvent>): Message => {
  const { newest: version } = contractOf(type)!;
  return { id, type, version, topic: source, key: aggregateId, sequence, source: "spec", data, ...meta };
};

const who: Record<string, Caller> = {
  boss: callerOf({ user: "boss", roles: ["manager"] }, defaultPolicy),
  li: callerOf({ user: "li", roles: ["merchandiser"] }, defaultPolicy),
  west: callerOf({ user: "wu", roles: ["merchandiser"], departments: ["cn/west"] }, defaultPolicy),
};

let engines: Engines;
let service: Service;
let app: INestApplicationContext;
let subgraph: Subgraph;
const reported: unknown[] = [];

beforeAll(async () => {
  const directory = temporaryDirectory();
  engines = {
    eventStore: await SqliteEventStore.open({ file: join(directory, "events.db") }),
    bus: await SqliteEventBus.open({ file: join(directory, "bus.db") }),
    documents: await SqliteDocumentStore.open({ directory: join(directory, "documents") }),
    operational: await SqliteDocumentStore.open({ directory: join(directory, "operational") }),
    keys: await SqliteKeyStore.open({ file: join(directory, "keys.db") }),
    clock: systemClock,
  };
  await engines.bus.publish(events.slice(0, 3).map(message));
  service = await startService(analyticsService, engines);
  await engines.bus.publish(events.slice(2).map(message));
  await caughtUp(service);

  @Module({
    imports: [
      AnalyticsModule.with({ service }),
      subgraphModule({
        name: "analytics",
        sdl: sdlBeside(import.meta.url),
        verifier: { verify: () => who["boss"]! },
        report: (error) => void reported.push(error),
      }),
    ],
  })
  class Application {}
  const fastify = await NestFactory.create(Application, new FastifyAdapter(), { logger: false });
  app = await fastify.init();
  subgraph = subgraphOf(app);
});
afterAll(async () => {
  await app.close();
  await service.stop();
  const { eventStore, bus, documents, operational, keys } = engines;
  for (const engine of [eventStore, bus, documents, operational, keys]) await engine.close();
});

async function ask(text: string, variables: Record<string, unknown> = {}, caller = who["boss"]!): Promise<Answer> {
  const document = parse(text);
  const faults = validate(subgraph.schema, document);
  if (faults.length > 0) throw faults[0]!;
  // What was answered is looked at as a client would see it.
  return JSON.parse(
    JSON.stringify(await subgraph.execute({ document, variables, context: requestContext(caller) })),
  ) as Answer;
}
const data = async (...asked: Parameters<typeof ask>) => {
  const answer = await ask(...asked);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

const february = '(from: "2026-02-01", to: "2026-02-28"';

describe("reports", () => {
  test("orderCounts, in the names of the wire", async () => {
    expect(await data("{ orderCounts(by: LIFECYCLE) { key count } }")).toEqual({
      orderCounts: [
        { key: "RECEIVED", count: 1 },
        { key: "IN_EXECUTION", count: 1 },
      ],
    });
    expect(await data("{ a: orderCounts(by: HOLD) { key } b: orderCounts(by: DEPARTMENT) { key } c: orderCounts(by: CHANNEL) { key } }")).toEqual({
      a: [{ key: "STOCK" }],
      b: [{ key: "cn/east" }, { key: "cn/west" }],
      c: [{ key: "IMPORT" }, { key: "SALES" }],
    }); // prettier-ignore
  });

  test("deliveryPerformance, with percentiles where they are selected", async () => {
    const figures = "key delivered late lateShare meanDays p50Days p90Days";
    expect(await data(`{ deliveryPerformance${february}) { ${figures} } }`)).toEqual({
      deliveryPerformance: [
        { key: null, delivered: 1, late: 1, lateShare: 1, meanDays: 7.5, p50Days: 7.5, p90Days: 7.5 },
      ],
    });
    expect(await data(`{ deliveryPerformance${february}, groupBy: CHANNEL) { key p90Days } }`)).toEqual({
      deliveryPerformance: [{ key: "SALES", p90Days: 7.5 }],
    });
    expect(await data(`{ deliveryPerformance${february}, filter: { channel: "IMPORT" }) { delivered lateShare p50Days } }`)).toEqual({
      deliveryPerformance: [{ delivered: 0, lateShare: null, p50Days: null }],
    }); // prettier-ignore
  });

  test("verification, with percentiles where they are selected", async () => {
    const figures = "key verified firstPass firstPassShare inTime late open overdue inTimeShare p50Hours p90Hours";
    expect(await data(`{ verification${february}) { ${figures} } }`)).toEqual({
      verification: [
        {
          key: null,
          verified: 1,
          firstPass: 0,
          firstPassShare: 0,
          inTime: 0,
          late: 0,
          open: 0,
          overdue: 0,
          inTimeShare: null,
          p50Hours: 696,
          p90Hours: 696,
        },
      ],
    });
    expect(await data(`{ verification${february}, groupBy: CHANNEL) { key p90Hours } }`)).toEqual({
      verification: [{ key: "SALES", p90Hours: 696 }],
    });
    expect(await data(`{ verification${february}, groupBy: CHANNEL, filter: { department: "cn/west" }) { key } }`)).toEqual({
      verification: [],
    }); // prettier-ignore
  });

  test("sales, one amount per currency", async () => {
    const money = "{ minor currency }";
    const [cny, eur] = [
      { minor: "1999", currency: "CNY" },
      { minor: "1000", currency: "EUR" },
    ];
    expect(
      await data(`{ sales${february}) { key orders lines amount ${money} freight ${money} received ${money} } }`),
    ).toEqual({
      sales: [
        {
          key: null,
          orders: 2,
          lines: 2,
          amount: [cny, eur],
          freight: [{ ...cny, minor: "100" }, { ...eur, minor: "100" }],
          received: [{ ...cny, minor: "2099" }, { ...eur, minor: "0" }],
        },
      ],
    }); // prettier-ignore
    expect(await data(`{ sales${february}, groupBy: FAMILY) { key received ${money} } }`)).toEqual({
      sales: [{ key: "shoes", received: null }],
    });
  });

  test("issuePareto and satisfaction", async () => {
    expect(await data(`{ issuePareto${february}) { cause kind count share cumulativeShare vitalFew } }`)).toEqual({
      issuePareto: [{ cause: "late-delivery", kind: "RULE", count: 1, share: 1, cumulativeShare: 1, vitalFew: true }],
    });
    expect(await data(`{ satisfaction${february}, groupBy: MONTH) { key answers mean distribution } }`)).toEqual({
      satisfaction: [{ key: "2026-02", answers: 1, mean: 2, distribution: [0, 1, 0, 0, 0] }],
    });
  });

  test("are the caller's own", async () => {
    const orders = async (caller: Caller) =>
      data(`{ sales${february}, groupBy: DEPARTMENT) { key orders } }`, {}, caller);
    expect(await orders(who["li"]!)).toEqual({ sales: [{ key: "cn/east", orders: 1 }] });
    expect(await orders(who["west"]!)).toEqual({ sales: [{ key: "cn/west", orders: 1 }] });
  });

  test("name what is wrong with a question", async () => {
    const codes = async (text: string) => (await ask(text)).errors?.map(({ extensions }) => extensions?.["code"]);
    expect(await codes('{ sales(from: "2026-02-02", to: "2026-02-01") { orders } }')).toEqual(["BAD_USER_INPUT"]);
    expect(await codes('{ issuePareto(from: "2006-01-01", to: "2026-02-01") { count } }')).toEqual(["BAD_USER_INPUT"]);
    expect(await codes(`{ sales${february}, groupBy: FAMILY, filter: { channel: "SALES" }) { orders } }`)).toEqual([
      "BAD_USER_INPUT",
    ]);
    expect(reported).toEqual([]);
  });
});

describe("timelines", () => {
  const timelines = `query ($of: [_Any!]!, $first: Int, $after: String, $direction: Direction) {
    _entities(representations: $of) {
      ... on Order { id timeline(first: $first, after: $after, direction: $direction) {
        edges { cursor node { id } } nodes { at recordedAt type actor { kind id } subjectIds data claimedAt }
        pageInfo { hasNextPage hasPreviousPage endCursor }
      } }
      ... on Issue { timeline { nodes { type } } }
      ... on Customer { timeline { nodes { type } } }
    }
  }`;
  interface Connection {
    readonly nodes: readonly { readonly type: string; readonly data: unknown }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }
  const of = async (typename: string, of: string, variables = {}, caller = who["boss"]!) => {
    const found = await data(timelines, { of: [{ __typename: typename, id: of }], ...variables }, caller);
    return (found!["_entities"] as { timeline: Connection | null }[])[0]!.timeline;
  };
  const types = (connection: Connection | null) => connection?.nodes.map(({ type }) => type);

  test("are fields of the entities of other services, newest first", async () => {
    const oldest = await of("Order", order, { direction: "ASC" });
    expect(oldest).toMatchObject({
      nodes: expect.arrayContaining([
        {
          at: "2026-03-02T08:00:00.000Z",
          recordedAt: "2026-03-02T08:00:01.000Z",
          type: "order.received",
          actor: { kind: "PERSON", id: "li" },
          subjectIds: [order], // nothing was told of the customer himself
          data: expect.objectContaining({ channel: "sales", amount: { minor: "1999", currency: "CNY" } }),
          claimedAt: null,
        },
      ]),
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
    expect(types(await of("Order", order))).toEqual(types(oldest)!.toReversed());
    expect(types(oldest)).toHaveLength(8);
    expect(types(await of("Issue", id("issue")))).toEqual(["issue.opened"]);
  });

  test("come in pages", async () => {
    const first = await of("Order", order, { first: 4 });
    expect(first?.pageInfo.hasNextPage).toBe(true);
    const rest = await of("Order", order, { first: 4, after: first!.pageInfo.endCursor });
    expect(rest?.pageInfo.hasNextPage).toBe(false);
    expect([...types(first)!, ...types(rest)!]).toEqual(types(await of("Order", order)));
  });

  test("are null where the caller sees no such thing", async () => {
    expect(await of("Order", order, {}, who["west"]!)).toBeNull();
    expect(await of("Customer", id("customer"))).toBeNull(); // nothing was told of the customer himself
    expect(types(await of("Order", order, {}, who["li"]!))).toHaveLength(8);
  });

  test("name a page or a cursor that cannot be", async () => {
    const codes = async (variables: object) =>
      (await ask(timelines, { of: [{ __typename: "Order", id: order }], ...variables })).errors?.map(
        ({ extensions }) => extensions?.["code"],
      );
    expect(await codes({ first: 1_000 })).toEqual(["BAD_USER_INPUT"]);
    expect(await codes({ after: "nonsense" })).toEqual(["INVALID_CURSOR"]);
  });
});

test("analyticsSettled is true as soon as it is counted", async () => {
  expect(await data(`{ analyticsSettled(token: "${order}:64") }`)).toEqual({ analyticsSettled: true });
  const waiting = data(`{ analyticsSettled(token: "${order}:96") }`);
  const verified = event("order.verified", { orderId: order, firstPass: true });
  await engines.bus.publish([message(happened(verified, { aggregateId: order, sequence: 96 }))]);
  expect(await waiting).toEqual({ analyticsSettled: true });
  expect(await data("{ orderCounts(by: LIFECYCLE) { key count } }")).toMatchObject({
    orderCounts: [{ key: "RECEIVED" }, { key: "VERIFIED" }],
  });
});

test("everything folds again to the same", async () => {
  const verified = await service.verify();
  expect(verified.checked).toBeGreaterThan(10);
  expect(verified.differences).toEqual([]);
});
