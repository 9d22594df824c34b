// Traces as a collector gets them: one over the gateway, two services and the reactions between them.
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { baseConfig, createLog, readConfig } from "@gendan/service-kit";
import { eventually } from "@gendan/testing";
import { Collector, type CollectedSpan } from "@gendan/testing/doubles/collector";
import { openCompany, type Company } from "./company.js";
import { Client } from "./spec.js";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";
/** What is personal, or written by people. */
const planted = { name: "Zquixa Nandrivel", phone: "+55 11 90417-8823", place: "Rua Quermidas 7781" };

let collector: Collector;
const opened: Company[] = [];
const logged: string[] = [];
beforeEach(async () => {
  collector = await Collector.start();
  logged.length = 0;
});
afterEach(async () => {
  for (const company of opened.splice(0)) await company.stop();
  await collector.stop();
});

async function open(variables: Readonly<Record<string, string>>) {
  const config = readConfig(baseConfig, variables);
  const log = createLog({ level: "debug", service: "spec" }, { write: (line) => void logged.push(line) });
  const company = await openCompany({ where: "memory", log, config });
  opened.push(company);
  return { company, client: new Client(company, await company.listen({ port: 0, host: "127.0.0.1" })) };
}

test("one trace over the gateway, two services, the bus, reactions and folds, with no personal value in it", async () => {
  const { company, client } = await open({ GENDAN_OTLP_URL: collector.url });
  const { name, phone, place } = planted;
  const orderId = await client.order({ customer: { kind: "PERSON", name, phone, address: place } });
  await client.confirm(orderId);
  await client.plan(orderId, { traceparent: `00-${TRACE}-${PARENT}-00`, "x-correlation-id": "plan-7" });
  await company.stop();
  const spans = collector.spans.filter(({ traceId }) => traceId === TRACE);
  const allocated = spans.find((span) => span.name === "command RecordAllocation")!;
  expect(collector.causesOf(allocated)).toEqual([
    "logistics: command RecordAllocation",
    "logistics: reaction record-allocation",
    "order: command AnswerAllocation",
    "order: reaction answer-allocation",
    "logistics: command PlanShipment",
    "gateway: ask logistics",
    "gateway: request gateway",
  ]);
  const request = spans.find((span) => span.name === "request gateway")!;
  expect(request.parentSpanId).toBe(PARENT);
  expect(request.attributes).toMatchObject({
    "gendan.about": "mutation PlanShipment",
    "gendan.correlation": "plan-7",
    "gendan.outcome": "answered",
  });
  expect(allocated.attributes).toMatchObject({ "gendan.outcome": "accepted", "gendan.correlation": "plan-7" });
  expect(allocated.events).toEqual(["loaded", "decided"]);
  const named = new Set(spans.map(({ service, name: each }) => `${service}: ${each}`));
  for (const each of [
    "logistics: publish relay",
    "order: publish relay",
    "analytics: fold timeline",
    "order: fold orders",
  ])
    expect(named).toContain(each);
  // Everything else has traces of its own, and nothing tells who the customer is.
  expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBeGreaterThan(3);
  for (const value of Object.values(planted)) expect(collector.bodies.join("")).not.toContain(value);
  expect(logged.join("")).not.toMatch(/Zquixa|90417|Quermidas/);
});

test("a refused command says why by its code, and a part of all traces is decided by the trace's id", async () => {
  const { company, client } = await open({ GENDAN_OTLP_URL: collector.url, GENDAN_TRACE_RATIO: "0.5" });
  const orderId = await client.order();
  const query = `mutation ($input: VerifyOrderInput!) { verifyOrder(input: $input) { userErrors { code } } }`;
  // The same halves in every process, whatever the caller's own tracing has decided.
  const [low, high] = [`00-${"1".repeat(7)}0${"0".repeat(23)}1-${PARENT}-00`, `00-f${"0".repeat(30)}1-${PARENT}-01`];
  for (const [n, traceparent] of [low, high].entries()) {
    await client.ask("wang", query, { input: { commandId: `v-${n}`, orderId } }, { traceparent });
  }
  await company.stop();
  const traces = (of: string): readonly CollectedSpan[] =>
    collector.spans.filter(({ traceId }) => traceId === of.split("-")[1]);
  const command = traces(low).find(({ name }) => name === "command VerifyOrder")!;
  expect(command.attributes).toMatchObject({ "gendan.outcome": "refused", "gendan.codes": "ORDER_STATE" });
  expect(command.isError).toBe(false);
  expect(traces(high)).toEqual([]);
});

test("a request that fails is found in the log by its correlation and its trace, and as an error in the trace", async () => {
  const { company, client } = await open({ GENDAN_OTLP_URL: collector.url });
  const orderId = await client.order();
  await company.services.get("order")!.engines.eventStore.close();
  const query = `mutation ($input: PlaceHoldInput!) { placeHold(input: $input) { userErrors { code } } }`;
  const traced = { traceparent: `00-${TRACE}-${PARENT}-01`, "x-correlation-id": "hold-7" };
  const { errors } = await client.post("wang", query, { input: { commandId: "h-1", orderId, hold: "CREDIT" } }, traced);
  expect(errors).toMatchObject([{ extensions: { code: "CLOSED", correlation: "hold-7" } }]);
  const lines = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ msg }) => msg === "a request failed")).toMatchObject([
    { level: "error", correlation: "hold-7", trace: TRACE, err: { code: "CLOSED" } },
  ]);
  await company.stop();
  const command = collector.spans.find(({ traceId, name }) => traceId === TRACE && name === "command PlaceHold")!;
  expect(command).toMatchObject({ isError: true, attributes: { "gendan.outcome": "fault", "gendan.codes": "CLOSED" } });
});

test("a collector that is away disturbs nothing, and is told of once", async () => {
  const { company, client } = await open({ GENDAN_OTLP_URL: "http://127.0.0.1:9" });
  const orderId = await client.order();
  await client.confirm(orderId);
  await eventually(() => logged.some((line) => line.includes('"what":"traces"')), 20_000);
  expect((await company.server.inject({ url: "/metrics", remoteAddress: "127.0.0.1" })).body).toMatch(
    /gendan_spans_total\{outcome="failed"\} [1-9]/,
  );
  await client.plan(orderId);
  const began = performance.now();
  await company.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(logged.filter((line) => line.includes('"what":"traces"'))).toHaveLength(1);
});

test("a collector that refuses is told of once, until it takes spans again", async () => {
  const { company, client } = await open({ GENDAN_OTLP_URL: collector.url });
  const told = (): number => logged.filter((line) => line.includes('"what":"traces"')).length;
  const exported = async (): Promise<void> => {
    const batches = collector.bodies.length;
    await client.ask("li", "{ __typename }", {});
    await eventually(() => collector.bodies.length > batches, 20_000);
  };
  collector.refuses = true;
  await exported();
  await exported();
  await eventually(() => told() === 1);
  collector.refuses = false;
  await exported();
  collector.refuses = true;
  await exported();
  await exported();
  await company.stop();
  expect(told()).toBe(2);
});

test("without an address nothing of OpenTelemetry is begun, and traces go on as they came", async () => {
  const { company, client } = await open({});
  const orderId = await client.order();
  await client.confirm(orderId, { traceparent: `00-${TRACE}-${PARENT}-01` });
  const { events } = await company.services.get("logistics")!.engines.eventStore.readAll({ limit: 100 });
  expect(events.map(({ meta }) => meta.traceparent)).toContain(`00-${TRACE}-${PARENT}-01`);
  expect(collector.spans).toEqual([]);
});
