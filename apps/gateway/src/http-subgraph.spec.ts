import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { eventually } from "@gendan/testing";
import { IdentitySigner, type Caller } from "@gendan/security";
import { ask, authorization, supergraphSdl, type Answered } from "./fixtures/demo-graph.js";
import { calls, identityOf, reported, startDemo, tokenOf, verifier } from "./fixtures/demo-subgraphs.js";
import { Instance } from "./fixtures/instance.js";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.js";
import { httpSubgraph, type HttpSubgraph } from "./http-subgraph.js";
import type { SubgraphExecutor } from "./subgraph-executor.js";

const report = (error: unknown) => void reported.push(error);
const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const [order, logistics] = demos;
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

let first: Instance;
let second: Instance;
let gateway: Gateway;

/** The order service in two processes, logistics in this one. */
async function open(of: Partial<HttpSubgraph> = {}, options: Partial<GatewayOptions> = {}): Promise<void> {
  const executor = httpSubgraph({ name: "order", urls: [first.url, second.url], identityOf, report, ...of });
  const executors = { order: executor, logistics: logistics.subgraph };
  gateway = await createGateway({ supergraphSdl, executors, verifier, report, ...options });
}

beforeEach(async () => {
  [first, second] = await Promise.all([Instance.start(order.url), Instance.start(order.url)]);
  reported.length = 0;
  calls.length = 0;
});
afterEach(async () => {
  await Promise.all([first.stop(), second.stop()]);
  await gateway.close();
});

const query = '{ order(id: "1") { number } shipment(id: "s-1") { id } }';
const whole = { order: { number: "SO-1" }, shipment: { id: "s-1" } };
const partly = { order: null, shipment: { id: "s-1" } };
const confirm = `mutation { confirmOrder(input: { commandId: "c-1", orderId: "4", promises: [{ lineId: "1", date: "2026-12-01" }] })
  { revision } }`;
const many = (count: number) => Array.from({ length: count }, () => ask(gateway, query));
const expectWhole = (answers: readonly Answered[]) =>
  expect(answers.map(({ data, errors }) => ({ data, errors }))).toEqual(answers.map(() => ({ data: whole })));
const fault = (code: string, ...parts: readonly string[]) =>
  parts.map((part) => ({
    message: expect.stringContaining(part) as unknown,
    extensions: { code, service: "order" },
  }));

describe("requests are spread over a service's processes", () => {
  test("in turn", async () => {
    await open();
    for (let count = 0; count < 10; count++) expectWhole([await ask(gateway, query)]);
    expect([first.received.length, second.received.length]).toEqual([5, 5]);
  });
  test("to the one with less to do", async () => {
    await open();
    first.become("holds");
    const held = ask(gateway, query);
    await eventually(() => first.received.length === 1);
    for (let count = 0; count < 10; count++) expectWhole([await ask(gateway, query)]);
    expect([first.received.length, second.received.length]).toEqual([1, 10]);
    first.become("answers");
    expectWhole([await held]);
  });
});

test("what a caller's roles do not see is null from over the wire too, and the answer says why", async () => {
  await open();
  const priced = '{ order(id: "1") { number amount { minor } } shipment(id: "s-1") { orders { amount { minor } } } }';
  const [seen, unseen] = await Promise.all(
    ["manager", "logistics"].map(async (role) =>
      ask(gateway, priced, {}, { authorization: `Bearer ${await tokenOf("li", role)}`, "accept-language": "zh" }),
    ),
  );
  const amount = { minor: "1999" };
  expect(seen).toMatchObject({ data: { order: { amount }, shipment: { orders: [{ amount }, { amount }] } } });
  expect(seen).not.toHaveProperty("extensions");
  expect(unseen).toMatchObject({
    data: { order: { number: "SO-1", amount: null }, shipment: { orders: [{ amount: null }, { amount: null }] } },
    extensions: { masked: [{ field: "Order.amount", class: "price", reason: "您的角色不能查看 price 类字段。" }] },
  });
  expect(unseen!.extensions!.masked).toHaveLength(1);
  expect(unseen).not.toHaveProperty("errors");
});

test("a service hears the request's correlation and trace", async () => {
  await open();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
  await ask(gateway, query, {}, { "x-correlation-id": "c-9", traceparent });
  expect(first.received[0]!.headers).toMatchObject({
    "x-correlation-id": "c-9",
    traceparent: expect.stringMatching(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[\da-f]{16}-00$/),
  });
});

describe("a service hears who asks", () => {
  test("signed by the gateway, the same for the same token, and nothing of the token", async () => {
    await open();
    const asked = await Promise.all(many(4));
    expectWhole(asked);
    const heard = [...first.received, ...second.received].map(({ headers }) => headers.authorization!);
    expect(new Set(heard).size).toBe(1);
    expect(heard[0]).toMatch(/^Identity [\w-]+\.[\w-]+\.[\w-]+$/);
    expect(heard[0]).not.toContain(authorization.split(".")[1]);
  });
  test("and takes no token", async () => {
    await open();
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(order.url, { method: "POST", headers, body: '{"query":"{ __typename }"}' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });
  test("from a gateway of another installation it takes nothing: the operator is told, and not the caller", async () => {
    const stranger = new IdentitySigner(new TextEncoder().encode("another secret of 32 characters.."));
    await open({ identityOf: (caller) => stranger.headerOf(caller as Caller) });
    const { data, errors } = await ask(gateway, query);
    expect({ data, errors }).toMatchObject({
      data: partly,
      errors: fault("SERVICE_UNAVAILABLE", "does not answer now"),
    });
    expect(String(reported[0])).toContain("have the same GENDAN_TOKEN_SECRET");
  });
});

describe("a process that dies", () => {
  test("under load costs no query an answer, and is used again when it is back", async () => {
    await open();
    first.become("holds");
    const under = many(20);
    await eventually(() => first.received.length > 0);
    await first.die();
    expectWhole(await Promise.all(under));
    expectWhole(await Promise.all(many(20)));
    expect(reported.length).toBeGreaterThan(0);

    const before = first.received.length;
    await first.revive();
    await eventually(async () => {
      expectWhole([await ask(gateway, query)]);
      return first.received.length > before;
    });
    expectWhole(await Promise.all(many(20)));
  });
  test("after it did what it was told leaves a mutation to another, as it was sent", async () => {
    await open();
    first.become("forgets");
    const { data, errors } = await ask(gateway, confirm);
    expect({ data, errors }).toEqual({ data: { confirmOrder: { revision: "3" } } });
    expect(calls).toEqual(["li: confirmOrder 4", "li: confirmOrder 4"]);
    expect(second.received.map(({ body }) => body)).toEqual(first.received.map(({ body }) => body));
  });
  test("and says that it closes is left alone", async () => {
    await open();
    first.become("closing");
    expectWhole(await Promise.all(many(4)));
    expect(first.received.length).toBeGreaterThan(0);
  });
});

describe("a service whose processes are all away", () => {
  test("leaves its fields null and is named, and is asked again at once when one is back", async () => {
    await open();
    await Promise.all([first.die(), second.die()]);
    for (const { data, errors, status } of await Promise.all(many(5))) {
      expect({ status, data }).toEqual({ status: 200, data: partly });
      expect(errors).toMatchObject(fault("SERVICE_UNAVAILABLE", "The service order does not answer now"));
    }
    expect(reported.length).toBeGreaterThanOrEqual(2);
    await second.revive();
    expectWhole([await ask(gateway, query)]);
  });
  test("is asked once in each of them", async () => {
    await open();
    for (const instance of [first, second]) instance.become("forgets");
    const { data, errors } = await ask(gateway, confirm);
    expect(data).toBeNull();
    expect(errors).toMatchObject(fault("SERVICE_UNAVAILABLE", "again under the same commandId"));
    expect(calls).toHaveLength(2);
  });
});

describe("a service that takes too long", () => {
  test("leaves its fields null, is named, and is not asked again elsewhere", async () => {
    await open({ timeoutMs: 50 });
    first.become("holds");
    const { status, data, errors } = await ask(gateway, query);
    expect({ status, data }).toEqual({ status: 200, data: partly });
    expect(errors).toMatchObject(fault("SERVICE_TIMEOUT", "order did not answer within 50 ms; the rest"));
    expect(second.received).toEqual([]);
    expect(String(reported)).toContain("order did not answer within 50 ms");
  });
  test("with a mutation may have done it", async () => {
    await open({ timeoutMs: 50 });
    first.become("holds");
    const { errors } = await ask(gateway, confirm);
    expect(errors).toMatchObject(fault("SERVICE_TIMEOUT", "again under the same commandId"));
  });
});

describe("the time of a request", () => {
  const leftAt = ({ received }: Instance, index = 0) => Number(received[index]!.headers["x-deadline-ms"]);

  test("is told to services, as what is left of it", async () => {
    await open({}, { config: { requestTimeoutMs: 5_000 } });
    await ask(gateway, query);
    expect(leftAt(first)).toBeGreaterThan(0);
    expect(leftAt(first)).toBeLessThanOrEqual(5_000);
  });
  test("is never more than what the gateway waits for the service", async () => {
    await open({ timeoutMs: 4_000 });
    await ask(gateway, query);
    expect(leftAt(first)).toBeGreaterThan(0);
    expect(leftAt(first)).toBeLessThanOrEqual(4_000);
  });
  test("ends it, whatever it waits for", async () => {
    await open({}, { config: { requestTimeoutMs: 500 } });
    await ask(gateway, query); // planned from here on, which takes time too
    for (const instance of [first, second]) instance.become("holds");
    const { data, errors } = await ask(gateway, query);
    expect(data).toEqual(partly);
    expect(errors).toMatchObject(fault("SERVICE_TIMEOUT", "order did not answer within"));
  });
  test("is over for the mutations that are not begun yet", async () => {
    await open({}, { config: { requestTimeoutMs: 500 } });
    first.become("holds");
    const { data, errors } = await ask(gateway, `${confirm.slice(0, -1)} planShipment(orderIds: ["1"]) { id } }`);
    expect(data).toBeNull();
    expect(errors!.map(({ extensions }) => extensions)).toContainEqual({
      code: "SERVICE_TIMEOUT",
      service: "logistics",
    });
    expect(calls).toEqual([]);
  });
  test("holds in one process too", async () => {
    let isStuck = false;
    const stuck: SubgraphExecutor = {
      execute: (request) => (isStuck ? new Promise<never>(() => undefined) : order.subgraph.execute(request)),
    };
    await open({}, { config: { requestTimeoutMs: 500 }, executors: { order: stuck, logistics: logistics.subgraph } });
    await ask(gateway, query);
    isStuck = true;
    const { data, errors } = await ask(gateway, query);
    expect(data).toEqual(partly);
    expect(errors).toMatchObject(fault("SERVICE_TIMEOUT", "order did not answer within"));
  });
});
