// The metrics of a whole company, as Prometheus scrapes them.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { baseConfig, metrics, readConfig, type MetricSpec } from "@gendan/service-kit";
import type { Company } from "./company.js";
import { bearerOf, Client, companyInMemory } from "./spec.js";

let company: Company;
let client: Client;
let url: string;

beforeAll(async () => {
  const config = readConfig(baseConfig, { GENDAN_RATE_PER_ADDRESS: "50", GENDAN_RATE_SAVED_SECONDS: "10" });
  company = await companyInMemory({ config });
  url = await company.listen({ port: 0, host: "127.0.0.1" });
  client = new Client(company, url);
});
afterAll(() => company.stop());

const scrape = async (headers: Readonly<Record<string, string>> = {}): Promise<string> => {
  const answer = await fetch(`${url}/metrics`, { headers });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  return answer.text();
};

/** The value of one series, its labels in any order. */
function valueOf(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  for (const line of text.split("\n")) {
    const [, found, inBraces = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (
      found === name &&
      Object.entries(labels).every(([label, of]) => inBraces.split(",").includes(`${label}="${of}"`))
    )
      return Number(value);
  }
  return undefined;
}

test("count what an order makes four services do", async () => {
  const orderId = await client.order();
  await client.confirm(orderId);
  await client.plan(orderId);
  const again = { commandId: newId(), orderId, hold: "CREDIT" };
  await client.send("li", "placeHold", "replayed", again);
  await client.send("li", "placeHold", "replayed", again);
  const refused = `mutation ($input: VerifyOrderInput!) { verifyOrder(input: $input) { userErrors { code } } }`;
  await client.ask("wang", refused, { input: { commandId: newId(), orderId } });
  const text = await scrape();
  const commands = (service: string, command: string, outcome: string) =>
    valueOf(text, "gendan_commands_total", { service, command, outcome });
  expect(commands("order", "ReceiveOrder", "accepted")).toBe(1);
  expect(commands("order", "PlaceHold", "accepted")).toBe(1);
  expect(commands("order", "PlaceHold", "replayed")).toBe(1);
  expect(commands("order", "VerifyOrder", "refused")).toBe(1);
  expect(commands("logistics", "PlanShipment", "accepted")).toBe(1);
  expect(commands("logistics", "NoteOrder", "accepted")).toBe(1);
  expect(valueOf(text, "gendan_command_seconds_count", { service: "logistics", outcome: "accepted" })).toBeGreaterThan(
    2,
  );
  expect(valueOf(text, "gendan_command_seconds_bucket", { service: "order", outcome: "refused", le: "+Inf" })).toBe(1);
  const { events } = await company.services.get("order")!.engines.eventStore.readAll({ limit: 1_000 });
  const ofOrders = events.filter(({ stream }) => /^order\.(order|receipt)-/.test(stream));
  // What a customer's credit and assortment follow is told to nobody.
  const kept = events.filter(({ stream }) => /^order\.(credit|assortment)-/.test(stream));
  expect(valueOf(text, "gendan_events_appended_total", { service: "order" })).toBe(ofOrders.length + kept.length);
  expect(valueOf(text, "gendan_messages_published_total", { service: "order" })).toBe(ofOrders.length);
  expect(valueOf(text, "gendan_events_folded_total", { service: "order", projection: "orders" })).toBeGreaterThan(3);
  expect(
    valueOf(text, "gendan_reactions_total", { service: "order", reaction: "answer-allocation", outcome: "sent" }),
  ).toBe(1);
  for (const service of ["order", "logistics", "customer", "analytics"])
    expect(valueOf(text, "gendan_service_ready", { service })).toBe(1);
  for (const [name, labels] of [
    ["gendan_relay_lag_events", { service: "order" }],
    ["gendan_relay_lag_seconds", { service: "order" }],
    ["gendan_projection_lag_seconds", { service: "analytics", projection: "timeline" }],
    ["gendan_reactions_lag_seconds", { service: "logistics" }],
    ["gendan_parked_aggregates", { service: "logistics", part: "reactions" }],
    ["gendan_requests_in_flight", { service: "gateway" }],
  ] as const)
    expect([name, valueOf(text, name, labels)]).toEqual([name, 0]);
  expect(valueOf(text, "gendan_subgraph_seconds_count", { subgraph: "order", outcome: "answered" })).toBeGreaterThan(4);
  expect(valueOf(text, "gendan_requests_total", { service: "gateway", status: "200", code: "none" })).toBe(
    valueOf(text, "gendan_request_seconds_count", { service: "gateway" }),
  );
});

test("say what became of requests that were refused", async () => {
  const post = (body: object, headers: object) =>
    fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const authorization = await bearerOf(company, { user: "wu", roles: ["sales"] });
  await post({ query: "{ __typename }" }, {});
  await post({ query: "{ nothing }" }, { authorization, accept: "application/graphql-response+json" });
  let status = 0;
  for (let count = 0; status !== 429 && count < 1_000; count++)
    status = (await post({ query: "{ __typename }" }, { authorization })).status;
  const text = await scrape();
  const requests = (status: string, code: string) =>
    valueOf(text, "gendan_requests_total", { service: "gateway", status, code });
  expect(requests("401", "UNAUTHENTICATED")).toBe(1);
  expect(requests("400", "GRAPHQL_VALIDATION_FAILED")).toBe(1);
  expect(requests("429", "RATE_LIMITED")).toBe(1);
});

test("each say what they are, with the labels that they are declared with, and name nobody", async () => {
  const text = await scrape();
  for (const [name, { type, help, labels }] of Object.entries(metrics) as [string, MetricSpec][]) {
    expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
    for (const [, inBraces] of text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{(.*)\\}`, "gm"))) {
      const found = inBraces!.match(/\w+(?==")/g)!.filter((label) => label !== "le");
      expect([name, found]).toEqual([name, labels]);
    }
  }
  for (const name of ["nodejs_eventloop_lag_p99_seconds", "process_resident_memory_bytes"])
    expect(valueOf(text, name)).toBeGreaterThan(0);
  expect(text).toContain("# TYPE nodejs_gc_duration_seconds histogram");
  expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/);
  for (const name of ["Blauberg", "li", "wang"]) expect(text).not.toContain(`"${name}"`);
});

describe("who may read them at the gateway", () => {
  const asked = async (remoteAddress: string, headers: Readonly<Record<string, string>> = {}) =>
    (await company.server.inject({ url: "/metrics", remoteAddress, headers })).statusCode;
  const bearing = async (role: string) => ({
    authorization: await bearerOf(company, { user: "wu", roles: [role] }),
  });
  test("a scraper on the same machine, not behind a proxy there", async () => {
    for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) expect(await asked(address)).toBe(200);
    for (const proxy of ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
      expect(await asked("127.0.0.1", { [proxy]: "127.0.0.1" })).toBe(401);
  });
  test("from elsewhere a token with the role admin or auditor", async () => {
    expect(await asked("10.0.0.7")).toBe(401);
    expect(await asked("10.0.0.7", { authorization: "Bearer x" })).toBe(401);
    for (const role of ["admin", "auditor"]) expect(await asked("10.0.0.7", await bearing(role))).toBe(200);
    for (const role of ["manager", "importer"]) expect(await asked("10.0.0.7", await bearing(role))).toBe(403);
    // Who shows a token is who it names, also on the same machine.
    expect(await asked("127.0.0.1", await bearing("sales"))).toBe(403);
  });
});
