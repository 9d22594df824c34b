// Rates over HTTP: persons, addresses, and service accounts, which are a class of their own.
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { signToken } from "@gendan/security";
import type { Answer, GatewayConfig } from "@gendan/service-kit";
import { supergraphSdl } from "./fixtures/demo-graph.js";
import { secret, startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway, type Gateway } from "./gateway.js";

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const executors = { order: demos[0].subgraph, logistics: demos[1].subgraph };
let gateway: Gateway;
afterEach(() => gateway.close());
afterAll(() => Promise.all(demos.map((demo) => demo.close())));

const open = async (config: Partial<GatewayConfig>): Promise<void> => {
  gateway = await createGateway({ supergraphSdl, executors, verifier, report: () => undefined, config });
};
const tokenOf = async (user: string, role = "sales"): Promise<string> =>
  `Bearer ${await signToken(secret, { user, roles: [role], departments: ["cn/east"], expiresIn: "8h" })}`;

async function ask(authorization: string, remoteAddress = "192.0.2.1", more: Record<string, string> = {}) {
  const headers = { authorization, "content-type": "application/json", ...more };
  const payload = '{"query":"{ __typename }"}';
  const answer = await gateway.server.inject({ method: "POST", url: "/graphql", headers, payload, remoteAddress });
  return { status: answer.statusCode, headers: answer.headers, ...answer.json<Answer>() };
}
async function statuses(count: number, ...how: Parameters<typeof ask>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push((await ask(...how)).status);
  return all;
}
/** So slow that nothing flows in while a test runs. */
const three = { ratePerSubject: 1, rateSavedSeconds: 3 } as const;

describe("a person", () => {
  test("who sends more than is taken is told when to come again; others are not touched by it", async () => {
    await open(three);
    const li = await tokenOf("li");
    expect(await statuses(3, li)).toEqual([200, 200, 200]);
    expect(await ask(li)).toMatchObject({
      status: 429,
      headers: { "retry-after": "1" },
      errors: [
        { message: expect.stringContaining("As li"), extensions: { code: "RATE_LIMITED", retryAfterSeconds: 1 } },
      ],
    });
    expect((await ask(li, "192.0.2.2")).status).toBe(429);
    expect((await ask(await tokenOf("wang"))).status).toBe(200);
  });
  test("who holds several tokens has one rate", async () => {
    await open(three);
    for (const role of ["sales", "manager", "finance"]) expect((await ask(await tokenOf("li", role))).status).toBe(200);
    expect((await ask(await tokenOf("li", "admin"))).status).toBe(429);
  });
});

describe("an address", () => {
  test("has a rate over all of its persons", async () => {
    await open({ ratePerAddress: 1, rateSavedSeconds: 3 });
    const all = await Promise.all(["a", "b", "c", "d"].map(async (user) => (await ask(await tokenOf(user))).status));
    expect(all.toSorted()).toEqual([200, 200, 200, 429]);
    expect((await ask(await tokenOf("a"), "192.0.2.2")).status).toBe(200);
  });
  test("that guesses tokens is not answered for ever", async () => {
    await open({ ratePerAddress: 1, rateSavedSeconds: 3 });
    expect(await statuses(4, "Bearer guessed")).toEqual([401, 401, 401, 429]);
    expect((await ask(await tokenOf("li"))).status).toBe(429);
  });
  test("is the client's where a trusted proxy tells it, and nobody else", async () => {
    await open({ ratePerAddress: 1, rateSavedSeconds: 1, trustedProxies: ["10.0.0.0/8"] });
    const li = await tokenOf("li");
    const forwarded = (address: string) => ({ "x-forwarded-for": address });
    expect((await ask(li, "10.1.2.3", forwarded("192.0.2.7"))).status).toBe(200);
    expect((await ask(await tokenOf("wang"), "10.1.2.3", forwarded("192.0.2.8"))).status).toBe(200);
    expect((await ask(await tokenOf("sun"), "192.0.2.9", forwarded("192.0.2.10"))).status).toBe(200);
    expect((await ask(await tokenOf("mei"), "192.0.2.9", forwarded("192.0.2.11"))).status).toBe(429);
  });
});

describe("a service account", () => {
  test("has a rate of its own and none of an address", async () => {
    await open({ ...three, ratePerAddress: 1, ratePerService: 100 });
    const shop = await tokenOf("web-shop", "importer");
    expect(new Set(await statuses(50, shop))).toEqual(new Set([200]));
    expect((await ask(await tokenOf("li"))).status).toBe(200);
    expect((await ask(await tokenOf("other-shop", "importer"))).status).toBe(200);
  });
  test("is limited too", async () => {
    await open({ ratePerService: 1, rateSavedSeconds: 2 });
    expect(await statuses(3, await tokenOf("web-shop", "importer"))).toEqual([200, 200, 429]);
  });
  test("takes no room of persons, and they none of its", async () => {
    const held = Promise.withResolvers<{ data: object }>();
    const holding = { execute: () => held.promise as never };
    gateway = await createGateway({
      supergraphSdl,
      executors: { order: holding, logistics: holding },
      verifier,
      report: () => undefined,
      config: { maxInFlight: 1, serviceInFlight: 1 },
    });
    const [li, shop] = [await tokenOf("li"), await tokenOf("web-shop", "importer")];
    const slow = async (authorization: string) => {
      const headers = { authorization, "content-type": "application/json" };
      const payload = '{"query":"{ shipment(id: 1) { id } }"}';
      return (await gateway.server.inject({ method: "POST", url: "/graphql", headers, payload })).statusCode;
    };
    const first = slow(shop);
    await ask(li); // a round later the first one is in execution
    expect((await ask(shop)).status).toBe(503);
    expect((await ask(li)).status).toBe(200);
    held.resolve({ data: { shipment: null } });
    expect(await first).toBe(200);
    expect((await ask(shop)).status).toBe(200);
  });
});
