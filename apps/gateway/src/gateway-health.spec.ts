import { afterAll, afterEach, beforeEach, expect, test } from "@jest/globals";
import { eventually } from "@gendan/testing";
import { ask, supergraphSdl } from "./fixtures/demo-graph.js";
import { identityOf, startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { Instance } from "./fixtures/instance.js";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.js";
import { httpSubgraphs } from "./http-subgraph.js";

const report = () => undefined;
const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const [order, logistics] = demos;
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

let instances: readonly [Instance, Instance, Instance];
let gateway: Gateway;

async function open(options: Partial<GatewayOptions> = {}): Promise<void> {
  const [first, second, third] = instances;
  const executors = httpSubgraphs({ order: [first.url, second.url], logistics: [third.url] }, { identityOf, report });
  gateway = await createGateway({ supergraphSdl, executors, verifier, report, ...options });
}
const ready = async () => {
  const answer = await gateway.server.inject("/health/ready");
  return { status: answer.statusCode, body: answer.json<unknown>() };
};
const at = (instance: Instance, fault: string) => `${new URL(instance.url).origin}: ${fault}`;

beforeEach(async () => {
  instances = [await Instance.start(order.url), await Instance.start(order.url), await Instance.start(logistics.url)];
});
afterEach(async () => {
  await Promise.all(instances.map((instance) => instance.stop()));
  await gateway.close();
});

test("a gateway whose services are all ready says so", async () => {
  await open();
  expect(await ready()).toEqual({
    status: 200,
    body: { status: "ready", services: { order: "ready", logistics: "ready" } },
  });
});

test("services that are away or not ready are named, and the gateway stays ready", async () => {
  await open();
  const [first, , third] = instances;
  await third.die();
  first.ready = false;
  expect(await ready()).toEqual({
    status: 200,
    body: {
      status: "ready",
      services: { order: "degraded", logistics: "away" },
      degraded: { order: [at(first, "its /health/ready answers 503")], logistics: [at(third, "ECONNREFUSED")] },
    },
  });
});

test("its own checks decide", async () => {
  await open({ checks: { secret: () => ["it cannot be read"] } });
  expect(await ready()).toEqual({
    status: 503,
    body: {
      status: "not ready",
      faults: { secret: ["it cannot be read"] },
      services: { order: "ready", logistics: "ready" },
    },
  });
  expect((await gateway.server.inject("/health/live")).json()).toEqual({ status: "live" });
});

test("each process is asked once, however many ask the gateway, and not at all when nobody does", async () => {
  await open();
  await ask(gateway, '{ order(id: "1") { number } }');
  expect(instances.map(({ probes }) => probes)).toEqual([0, 0, 0]);
  for (const instance of instances) instance.become("holds");
  const asked = [ready(), ready(), ready()];
  await eventually(() => instances.every(({ probes }) => probes > 0));
  for (const instance of instances) instance.become("answers");
  await Promise.all(asked);
  expect(instances.map(({ probes }) => probes)).toEqual([1, 1, 1]);
});

test("one that does not answer its probe is away, unless it has answered requests lately", async () => {
  await open();
  const [first, second, third] = instances;
  for (const instance of [first, second]) {
    await ask(gateway, '{ order(id: "1") { number } }');
    instance.become("holds");
  }
  third.become("holds");
  expect((await ready()).body).toEqual({
    status: "ready",
    services: { order: "ready", logistics: "away" },
    degraded: { logistics: [at(third, "no answer within 1000 ms")] },
  });
});

test("a gateway over services of its own process says what every process says", async () => {
  await open({ executors: { order: order.subgraph, logistics: logistics.subgraph } });
  expect(await ready()).toEqual({ status: 200, body: { status: "ready" } });
});
