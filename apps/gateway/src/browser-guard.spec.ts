import { afterAll, describe, expect, test } from "@jest/globals";
import { authorization, supergraphSdl } from "./fixtures/demo-graph.js";
import { startDemo, tokenOf, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway } from "./gateway.js";

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const executors = { order: demos[0].subgraph, logistics: demos[1].subgraph };
const open = (config: object) => createGateway({ supergraphSdl, executors, verifier, report: () => undefined, config });
const listed = "https://orders.example";
const gateways = { strict: await open({}), open: await open({ corsOrigins: [listed] }) };
afterAll(async () => {
  for (const gateway of Object.values(gateways)) await gateway.close();
  for (const demo of demos) await demo.close();
});

async function send(to: keyof typeof gateways, headers: Record<string, string>, method: "POST" | "OPTIONS" = "POST") {
  const json = { authorization, "content-type": "application/json", host: "gateway.example:4000", ...headers };
  const payload = '{"query":"{ __typename }"}';
  return gateways[to].server.inject({
    method,
    url: "/graphql",
    headers: json,
    ...(method === "POST" ? { payload } : {}),
  });
}

describe("a page of another site", () => {
  test.each(["https://evil.example", "null", "https://gateway.example:4001", "https://orders.example.evil.example"])(
    "(%s) is refused, and its browser shows it nothing",
    async (origin) => {
      for (const to of ["strict", "open"] as const) {
        const answer = await send(to, { origin });
        expect(answer.statusCode).toBe(403);
        expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
        expect(answer.headers["access-control-allow-origin"]).not.toBe(origin);
      }
    },
  );
  test("that is listed may ask, and say who asks", async () => {
    const preflight = await send(
      "open",
      { origin: listed, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
      "OPTIONS",
    );
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({ "access-control-allow-origin": listed, "access-control-max-age": "600" });
    expect(preflight.headers["access-control-allow-headers"]).toContain("authorization");
    const answer = await send("open", { origin: listed });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ "access-control-allow-origin": listed });
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  });
  test("is told of no origin by a gateway that lists none", async () => {
    const preflight = await send("strict", { origin: listed, "access-control-request-method": "POST" }, "OPTIONS");
    expect(preflight.statusCode).toBeGreaterThanOrEqual(400);
    expect(preflight.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

test.each([{}, { origin: "https://gateway.example:4000" }, { origin: "http://gateway.example:4000" }])(
  "a program, or the gateway's own page, may ask: %j",
  async (headers: Record<string, string>) => {
    expect((await send("strict", headers)).statusCode).toBe(200);
  },
);

test("every answer says what browsers may do with it", async () => {
  const refused = await send("strict", { authorization: "" });
  const health = await gateways.strict.server.inject("/health/live");
  for (const { headers } of [await send("strict", {}), refused, health]) {
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers["x-powered-by"] ?? headers["server"]).toBeUndefined();
  }
  const page = await gateways.strict.server.inject({ url: "/graphql", headers: { accept: "text/html" } });
  expect(page.headers["content-security-policy"]).toContain("script-src 'sha256-");
});

describe("who may read the schema", () => {
  const query = JSON.stringify({ query: "{ __schema { queryType { name } } }" });
  const ask = async (role: string) => {
    const gateway = await open({});
    const headers = { authorization: `Bearer ${await tokenOf("li", role)}`, "content-type": "application/json" };
    const answer = await gateway.server.inject({ method: "POST", url: "/graphql", headers, payload: query });
    await gateway.close();
    return [
      answer.statusCode,
      answer.json<{ errors?: { extensions: { code: string } }[] }>().errors?.[0]?.extensions.code,
    ];
  };
  test("is said by the policy: who has the right introspection", async () => {
    expect(await ask("sales")).toEqual([200, undefined]);
    expect(await ask("supplier")).toEqual([403, "FORBIDDEN"]);
  });
});
