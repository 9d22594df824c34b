import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Verifier } from "@gendan/service-kit";
import { eventually } from "@gendan/testing";
import { ask, authorization, supergraphSdl, type Answered } from "./fixtures/demo-graph.js";
import { calls, identityOf, startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { Instance } from "./fixtures/instance.js";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.js";
import { httpSubgraph } from "./http-subgraph.js";

const report = () => undefined;
const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const [order, logistics] = demos;
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

let instance: Instance;
let gateway: Gateway;

/** The order service in a process that can be slow, logistics in this one. */
async function open(options: Partial<GatewayOptions> & { readonly maxPending?: number }): Promise<void> {
  const { maxPending = 128, ...others } = options;
  const executors = {
    order: httpSubgraph({ name: "order", urls: [instance.url], identityOf, report, maxPending }),
    logistics: logistics.subgraph,
  };
  gateway = await createGateway({ supergraphSdl, executors, verifier, report, ...others });
}

beforeEach(async () => {
  instance = await Instance.start(order.url);
  calls.length = 0;
});
afterEach(async () => {
  await instance.stop();
  await gateway.close();
});

const query = '{ order(id: "1") { number } }';
const other = '{ shipment(id: "s-1") { id } }';

/** Requests that the order service has taken and does not answer. */
async function hold(count: number): Promise<{ readonly held: Promise<Answered[]> }> {
  instance.become("holds");
  const held = Promise.all(Array.from({ length: count }, () => ask(gateway, query)));
  await eventually(() => instance.received.length === count);
  return { held };
}

describe("a gateway with as many requests as it may have", () => {
  beforeEach(() => open({ config: { maxInFlight: 2 } }));

  test("refuses the next at once, keeps to those it has, and takes others when they are done", async () => {
    const { held } = await hold(2);
    const refused = await ask(gateway, other);
    expect(refused).toMatchObject({
      status: 503,
      errors: [
        { message: expect.stringMatching(/^2 requests .* again in a second\.$/), extensions: { code: "OVERLOADED" } },
      ],
      headers: { "retry-after": "1" },
    });
    expect(refused).not.toHaveProperty("data");
    instance.become("answers");
    expect((await held).map(({ data }) => data)).toEqual([
      { order: { number: "SO-1" } },
      { order: { number: "SO-1" } },
    ]);
    expect(await ask(gateway, other)).toMatchObject({ status: 200, data: { shipment: { id: "s-1" } } });
  });
  test("answers for its health", async () => {
    const { held } = await hold(2);
    expect((await gateway.server.inject("/health/live")).statusCode).toBe(200);
    expect((await gateway.server.inject("/health/ready")).statusCode).toBe(200);
    instance.become("answers");
    await held;
  });
  test("does not wait for the body of what it refuses", async () => {
    const { port, hostname } = new URL(await gateway.listen({ port: 0, host: "127.0.0.1" }));
    const { held } = await hold(2);
    const socket = connect(Number(port), hostname);
    socket.write(headOf(100));
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 /);
    socket.destroy();
    instance.become("answers");
    await held;
  });
  test("refuses those that came in while it had room, and whose body came when it had none", async () => {
    const { port, hostname } = new URL(await gateway.listen({ port: 0, host: "127.0.0.1" }));
    const body = JSON.stringify({ query: other });
    const socket = connect(Number(port), hostname);
    const begun = once(gateway.server.server, "request");
    socket.write(`${headOf(body.length)}`);
    await begun;
    const { held } = await hold(2);
    socket.end(body);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 .*"OVERLOADED"/s);
    instance.become("answers");
    await held;
  });
  test("has room again after every kind of refusal", async () => {
    for (const wrong of ["{", "{ ordr }", "query A { __typename } query B { __typename }"]) {
      for (let count = 0; count < 3; count++) expect((await ask(gateway, wrong)).status).toBe(400);
    }
    for (let count = 0; count < 3; count++)
      expect((await ask(gateway, query, {}, { authorization: "" })).status).toBe(401);
    expect((await ask(gateway, other)).status).toBe(200);
  });
});

describe("a service with as many requests as it may have", () => {
  test("leaves its fields null and is named, while others are served", async () => {
    await open({ maxPending: 2 });
    const { held } = await hold(2);
    const { status, data, errors } = await ask(gateway, `{ ${query.slice(1, -1)} ${other.slice(1, -1)} }`);
    expect({ status, data }).toEqual({ status: 200, data: { order: null, shipment: { id: "s-1" } } });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining("order has 2 requests"),
        extensions: { code: "OVERLOADED", service: "order" },
      },
    ]);
    expect(instance.received).toHaveLength(2);
    instance.become("answers");
    await held;
    expect(await ask(gateway, query)).toMatchObject({ status: 200, data: { order: { number: "SO-1" } } });
  });
});

test("a request whose client has gone is not executed", async () => {
  const [verifying, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow: Verifier = {
    verify: async (header) => {
      verifying.resolve();
      await gone.promise;
      return verifier.verify(header);
    },
  };
  let executed = 0;
  const counting = { execute: () => ({ data: { order: null, n: executed++ } }) };
  await open({ verifier: slow, executors: { order: counting, logistics: counting } });
  const { port, hostname } = new URL(await gateway.listen({ port: 0, host: "127.0.0.1" }));
  const accepted = once(gateway.server.server, "connection") as Promise<[Socket]>;
  const body = JSON.stringify({ query });
  const socket = connect(Number(port), hostname);
  socket.write(headOf(body.length) + body);
  const [server] = await accepted;
  await verifying.promise;
  socket.destroy();
  await once(server, "close");
  gone.resolve();
  expect(await ask(gateway, query)).toMatchObject({ status: 200 });
  expect(executed).toBe(1);
});

const headOf = (length: number): string =>
  [
    "POST /graphql HTTP/1.1",
    "host: gateway",
    "connection: close",
    `authorization: ${authorization}`,
    "content-type: application/json",
    `content-length: ${length}`,
    "\r\n",
  ].join("\r\n");
