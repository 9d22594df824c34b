// Subscriptions at the gateway's door: who may follow, how many, how long; and that whoever goes leaves nothing.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect as connectTo, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import type { GatewayConfig } from "@gendan/service-kit";
import { CLOCK_SKEW_S } from "@gendan/security";
import { eventually, temporaryDirectory } from "@gendan/testing";
import { WebSocket } from "ws";
import { change, liveOrders, reads } from "../fixtures/demo-orders.js";
import { authorization, supergraphSdl } from "../fixtures/demo-graph.js";
import { startDemo, tokenOf, verifier } from "../fixtures/demo-subgraphs.js";
import { connect, followByEvents, type Told } from "../fixtures/live-clients.js";
import { createGateway, type Gateway } from "../gateway.js";

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const [order, logistics] = demos;
const reported: unknown[] = [];
let gateway: Gateway;
let base: string;

async function open(config: Partial<GatewayConfig> = {}): Promise<void> {
  gateway = await createGateway({
    supergraphSdl,
    executors: { order: order.subgraph, logistics: logistics.subgraph },
    verifier,
    report: (error) => reported.push(error),
    config,
  });
  base = await gateway.listen({ port: 0, host: "127.0.0.1" });
}

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await eventually(() => gateway.following().connections === 0 && liveOrders.followers === 0);
  expect(gateway.following()).toEqual({ connections: 0, subjects: 0, subscriptions: 0 });
  await gateway.close();
  expect(reported).toEqual([]);
});
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

const query =
  "subscription ($id: ID!, $from: String) { orderChanged(id: $id, fromRevision: $from) { id revision kind } }";
let made = 0;
function anOrder(visibleTo?: readonly string[]): string {
  const id = `o-${++made}`;
  change(id, visibleTo);
  return id;
}
const following = (subscriptions: number) => eventually(() => liveOrders.followers === subscriptions);

async function byEvents(id: string, from?: string, token = authorization) {
  const told = await followByEvents(base, token, { query, variables: { id, from } });
  stops.push(() => told.stop());
  return told;
}
function bySocket(token: Parameters<typeof connect>[1] = authorization, headers?: Record<string, string>, retries = 0) {
  const connected = connect(base, token, headers, retries);
  stops.push(() => connected.client.dispose());
  return connected;
}
const revisionIn = async (told: Told) =>
  ((await told.next())?.data?.["orderChanged"] as { revision: string } | undefined)?.revision;
const error = async (told: Told): Promise<readonly unknown[] | undefined> =>
  told.next().then(
    (answer) => answer?.errors,
    (errors: readonly unknown[]) => errors,
  );

const transports: Record<string, (id: string, from?: string) => Told | Promise<Told>> = {
  "server-sent events": byEvents,
  "a WebSocket": (id, from) => bySocket().follow({ query, variables: { id, from } }),
};

describe.each(Object.entries(transports))("over %s", (_, follow) => {
  test("each change is told, and nothing but its id, revision and kind", async () => {
    await open();
    const id = anOrder();
    const told = await follow(id);
    await following(1);
    for (const revision of ["1", "2"]) {
      const next = told.next();
      change(id);
      expect(await next).toEqual({ data: { orderChanged: { id, revision, kind: "CHANGED" } } });
    }
  });

  test("what is out of scope from now on is removed, and nothing follows", async () => {
    await open();
    const id = anOrder();
    const told = await follow(id, "0");
    await following(1);
    change(id, ["d:de"]);
    change(id, ["d:de"]);
    expect(await told.next()).toEqual({ data: { orderChanged: { id, revision: "0", kind: "REMOVED" } } });
    expect(await told.next()).toBeUndefined();
    await following(0);
  });

  test("whoever goes leaves nothing behind", async () => {
    await open();
    const id = anOrder();
    const told: Told[] = [];
    for (let each = 0; each < 5; each++) told.push(await follow(id));
    const waiting = told.map((each) => each.next().catch(() => undefined));
    await following(5);
    for (const each of told) await each.stop();
    await following(0);
    await Promise.all(waiting);
  });
});

test("a selection may be named, split and typed as in any query", async () => {
  await open();
  const id = anOrder();
  const spread = `subscription Follow($id: ID!) { told: orderChanged(id: $id, fromRevision: "0") { ...What __typename } }
    fragment What on OrderChanged { at: revision kind }`;
  change(id);
  const told = bySocket().follow({ query: spread, variables: { id } });
  expect(await told.next()).toEqual({ data: { told: { at: "1", kind: "CHANGED", __typename: "OrderChanged" } } });
});

test("many who follow one order cost one read per change", async () => {
  await open({ liveConnectionsPerSubject: 1_000, subscriptionsPerConnection: 1_000, subscriptionsPerSubject: 1_000 });
  const id = anOrder();
  const { follow } = bySocket();
  const told = Array.from({ length: 200 }, () => follow({ query, variables: { id } }));
  const next = told.map(revisionIn);
  await following(200);
  reads.count = 0;
  change(id);
  expect(await Promise.all(next)).toEqual(Array.from(told, () => "1"));
  expect(reads.count).toBe(1);
});

describe("no more follow than may", () => {
  const tooMany = (message: RegExp) => [
    { message: expect.stringMatching(message), extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } },
  ];

  test("of one connection", async () => {
    await open({ subscriptionsPerConnection: 2 });
    const id = anOrder();
    const { follow } = bySocket();
    const two = [1, 2].map(() => follow({ query, variables: { id } }));
    two.forEach((each) => void each.next());
    await following(2);
    expect(await error(follow({ query, variables: { id } }))).toEqual(tooMany(/^This connection has 2/));
    await two[0]!.stop();
    await following(1);
    const third = revisionIn(follow({ query, variables: { id } }));
    await following(2);
    change(id);
    expect(await third).toBe("1");
  });

  test("of one caller, over all connections and both transports; others are not kept out", async () => {
    await open({ subscriptionsPerSubject: 2 });
    const id = anOrder();
    await byEvents(id);
    void bySocket().follow({ query, variables: { id } }).next();
    await following(2);
    const refused = await byEvents(id);
    expect(refused.status).toBe(429);
    expect(await error(refused)).toEqual(tooMany(/^As li there are 2 subscriptions/));
    const wang = await byEvents(id, undefined, `Bearer ${await tokenOf("wang")}`);
    expect(wang.status).toBe(200);
  });

  test("of one caller's connections", async () => {
    await open({ liveConnectionsPerSubject: 1 });
    const id = anOrder();
    await byEvents(id);
    const { closed, follow } = bySocket();
    await error(follow({ query, variables: { id } }));
    expect(closed).toEqual([{ code: 1013, reason: expect.stringMatching(/^TOO_MANY_SUBSCRIPTIONS: As li/) }]);
  });

  test("of all connections together, whoever they are", async () => {
    await open({ liveConnections: 1 });
    const id = anOrder();
    const [silent] = [new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-transport-ws")];
    stops.push(() => silent.terminate());
    await once(silent, "open");
    const refused = await byEvents(id);
    expect(refused.status).toBe(503);
    expect(await error(refused)).toMatchObject([{ extensions: { code: "OVERLOADED" } }]);
    const other = new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    expect(await once(other, "error")).toMatchObject([{ message: "Unexpected server response: 503" }]);
  });

  test("in a time: beginning counts as a request does", async () => {
    await open({ ratePerSubject: 1, rateSavedSeconds: 3 });
    const id = anOrder();
    const { follow } = bySocket(); // one
    const told = [1, 2, 3].map(() => error(follow({ query, variables: { id: "none" } })));
    const codes = (await Promise.all(told)).map(
      (errors) => (errors?.[0] as { extensions: { code: string } }).extensions.code,
    );
    expect(codes.toSorted()).toEqual(["NOT_FOUND", "NOT_FOUND", "RATE_LIMITED"]);
    expect((await byEvents(id)).status).toBe(429);
  });
});

describe("whose page and whose token it is", () => {
  test("a page of another origin does not come in, and one that is listed does", async () => {
    await open({ corsOrigins: ["https://orders.example.com"] });
    const foreign = new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
      origin: "https://evil.example.com",
    });
    expect(await once(foreign, "error")).toMatchObject([{ message: "Unexpected server response: 403" }]);
    const id = anOrder();
    change(id);
    const { follow } = bySocket(authorization, { origin: "https://orders.example.com" });
    expect(await revisionIn(follow({ query, variables: { id, from: "0" } }))).toBe("1");
  });

  test("a token comes in the first message or in the header", async () => {
    await open();
    const id = anOrder();
    change(id);
    const { follow } = bySocket(null, { authorization });
    expect(await revisionIn(follow({ query, variables: { id, from: "0" } }))).toBe("1");
  });

  test("without one, or with one that is none, the connection is closed and says why", async () => {
    await open();
    for (const token of [null, "Bearer none"]) {
      const { follow, closed } = bySocket(token);
      await error(follow({ query, variables: { id: "o-1" } }));
      expect(closed).toEqual([{ code: 4403, reason: expect.stringMatching(/^UNAUTHENTICATED: /) }]);
    }
  });

  /** A token that ends in some moments; its hours are over, and what clocks may differ is nearly so. */
  const ending = async (inMs = 1_500): Promise<string> => {
    const issuedAt = Date.now() - 8 * 3_600_000 - CLOCK_SKEW_S * 1_000 + inMs;
    return `Bearer ${await tokenOf("li", "manager", new Date(Math.ceil(issuedAt / 1_000) * 1_000))}`;
  };

  test("an event stream ends with its token, and says so", async () => {
    await open();
    const told = await byEvents(anOrder(), "0", await ending());
    expect(await told.next()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(await told.next()).toBeUndefined();
  });

  test("a connection is closed with its token; the client comes back with a new one, and misses nothing", async () => {
    await open();
    const id = anOrder();
    const tokens = [await ending(), authorization];
    const { closed, client } = bySocket(() => tokens.shift()!, {}, 1);
    let seen = "0";
    const told: string[] = [];
    // What a client does: each attempt asks from what it has.
    const variables = {
      id,
      get from() {
        return seen;
      },
    };
    void client.subscribe(
      { query, variables },
      {
        next: ({ data }) =>
          void told.push((seen = (data as { orderChanged: { revision: string } }).orderChanged.revision)),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    await following(1);
    change(id);
    await eventually(() => closed.length === 1);
    expect(closed).toEqual([{ code: 4403, reason: expect.stringMatching(/^UNAUTHENTICATED: .* expired/) }]);
    change(id);
    await eventually(() => told.includes("2"));
    expect(told).toEqual(["1", "2"]);
  });
});

describe("the limits of requests hold for subscriptions", () => {
  const deep = "subscription { orderChanged(id: 1) { id } a: orderChanged(id: 1) { id } }";

  test("for their documents", async () => {
    await open({ queryDepth: 3, queryAliases: 0 });
    const told = { query: 'subscription { a: orderChanged(id: "1") { id } }' };
    for (const each of [bySocket().follow(told), await followByEvents(base, authorization, told)]) {
      expect(await error(each)).toMatchObject([{ extensions: { code: "TOO_MANY_ALIASES" } }]);
    }
    expect(await error(bySocket().follow({ query: deep }))).toMatchObject([
      { extensions: { code: "TOO_MANY_ALIASES" } },
    ]);
  });

  test("and each kind of operation has its door", async () => {
    await open();
    const asked = { query: '{ order(id: "1") { id } }' };
    expect(await error(bySocket().follow(asked))).toMatchObject([{ extensions: { code: "BAD_REQUEST" } }]);
    expect((await followByEvents(base, authorization, asked)).status).toBe(406);
    const json = { accept: "application/json" };
    const plain = await followByEvents(base, authorization, { query, variables: { id: "1" } }, json);
    expect([plain.status, await error(plain)]).toMatchObject([406, [{ extensions: { code: "BAD_REQUEST" } }]]);
  });

  test("and introspection is refused over a WebSocket too", async () => {
    await open();
    const errors = await error(bySocket().follow({ query: "{ __schema { queryType { name } } }" }));
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST" } }]);
  });
});

describe("a WebSocket that sends what it may not is closed, and nobody else minds", () => {
  const ack = { type: "connection_init", payload: { authorization } };
  const subscribe = (id: string, payload: object) => ({ type: "subscribe", id, payload });
  const none = { query, variables: { id: "none" } };

  test.each([
    ["no JSON", ["{"], 4400],
    ["a message of no kind", [{ type: "shout" }], 4400],
    ["bytes that are no text", [Buffer.from([0xff, 0xfe, 0x00])], 4400],
    ["a subscription before it has said who it is", [subscribe("1", none)], 4401],
    ["who it is, twice", [ack, ack], 4429],
    ["a query that is none", [ack, subscribe("1", { query: 7 })], 4400],
    ["a message that is too large", [ack, "x".repeat(70_000)], 1009],
  ])("%s", async (_, messages, code) => {
    await open({ requestBodyBytes: 65_536 });
    const socket = new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    for (const each of messages) {
      socket.send(typeof each === "string" || Buffer.isBuffer(each) ? each : JSON.stringify(each));
    }
    expect((await once(socket, "close"))[0]).toBe(code);
  });

  test("another protocol", async () => {
    await open();
    const socket = new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-ws");
    await once(socket, "error");
  });

  test("another address", async () => {
    await open();
    const socket = new WebSocket(`${base.replace("http", "ws")}/health/live`, "graphql-transport-ws");
    expect(await once(socket, "error")).toMatchObject([{ message: "Unexpected server response: 200" }]);
  });

  test("and one that says nothing", async () => {
    await open();
    const socket = new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    expect((await once(socket, "close"))[0]).toBe(4408);
  }, 20_000);
});

describe("known operations are followed by their hash", () => {
  test("and where those alone are taken, no others", async () => {
    const file = join(temporaryDirectory(), "operations.json");
    const hash = createHash("sha256").update(query).digest("hex");
    writeFileSync(file, JSON.stringify({ [hash]: query }));
    await open({ operations: "persisted", persistedOperations: file });
    const id = anOrder();
    change(id);
    const known = { query: "", variables: { id, from: "0" }, extensions: { persistedQuery: { sha256Hash: hash } } };
    expect(await revisionIn(bySocket().follow(known))).toBe("1");
    const other = { query: `subscription { orderChanged(id: "${id}") { id } }` };
    for (const each of [bySocket().follow(other), await followByEvents(base, authorization, other)]) {
      expect(await error(each)).toMatchObject([{ extensions: { code: "OPERATION_NOT_PERSISTED" } }]);
    }
  });
});

describe("signs of life", () => {
  test("an event stream shows one", async () => {
    await open({ heartbeatMs: 50 });
    const socket = await rawStream(anOrder());
    const seen: string[] = [];
    socket.on("data", (chunk) => seen.push(String(chunk)));
    await eventually(() => seen.join("").includes(":\n\n"));
  });

  test("whoever shows none is let go", async () => {
    await open({ heartbeatMs: 50 });
    const silent = new WebSocket(`${base.replace("http", "ws")}/graphql`, "graphql-transport-ws", { autoPong: false });
    await once(silent, "open");
    await once(silent, "close");
  });
});

test("a slow reader gets of an order what is newest, and holds nobody up", async () => {
  await open();
  // So long that the system's own buffers are soon full of it.
  const id = `${anOrder()}-${"x".repeat(40_000)}`;
  change(id);
  const slow = await rawStream(id);
  await following(1);
  slow.pause();
  const quick = await byEvents(id);
  await following(2);
  const changes = 500;
  for (let revision = 1; revision <= changes; revision++) {
    change(id);
    expect(await revisionIn(quick)).toBe(String(revision));
  }
  let text = "";
  slow.on("data", (chunk) => (text += String(chunk)));
  slow.resume();
  await eventually(() => text.includes(`"revision":"${changes}"`));
  const told = text.split("event: next").length - 1;
  expect(told).toBeGreaterThan(1);
  expect(told).toBeLessThan(changes);
});

describe("a server that stops", () => {
  test("does not wait for a connection by which nothing was asked", async () => {
    await open();
    const { hostname, port } = new URL(base);
    const socket = connectTo(Number(port), hostname);
    await once(socket, "connect");
    const closed = once(socket, "close");
    await gateway.close();
    await closed;
  });

  test("ends what is followed, says so, and is gone", async () => {
    await open();
    const id = anOrder();
    const events = await byEvents(id);
    const { closed, follow } = bySocket();
    void follow({ query, variables: { id } })
      .next()
      .catch(() => undefined);
    await following(2);
    await gateway.close();
    expect(await events.next()).toMatchObject({ errors: [{ extensions: { code: "CLOSED" } }] });
    expect(await events.next()).toBeUndefined();
    expect(closed).toEqual([{ code: 1001, reason: expect.stringMatching(/^CLOSED: /) }]);
  });
});

/** A subscription by events whose bytes the spec reads itself. */
async function rawStream(id: string): Promise<Socket> {
  const { hostname, port } = new URL(base);
  const socket = connectTo(Number(port), hostname);
  stops.push(() => socket.destroy());
  const body = JSON.stringify({ query, variables: { id } });
  const head = [
    "POST /graphql HTTP/1.1",
    `host: ${hostname}:${port}`,
    `authorization: ${authorization}`,
    "accept: text/event-stream",
    "content-type: application/json",
    `content-length: ${body.length}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  await once(socket, "readable");
  return socket;
}
