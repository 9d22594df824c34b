import { afterEach, expect, test } from "@jest/globals";
import { fastify, type FastifyInstance } from "fastify";
import { healthRoutes } from "./health.js";

let server: FastifyInstance;
afterEach(() => server.close());

async function ask(path: string, checks: Parameters<typeof healthRoutes>[1]) {
  server = fastify();
  healthRoutes(server, checks);
  const answer = await server.inject(path);
  return { status: answer.statusCode, body: answer.json<unknown>() };
}

test("ready when every check is silent", async () => {
  const answer = await ask("/health/ready", { order: () => [], logistics: () => Promise.resolve([]) });
  expect(answer).toEqual({ status: 200, body: { status: "ready" } });
});

test("not ready: which, and why", async () => {
  const answer = await ask("/health/ready", {
    order: () => ["rebuilding order-list"],
    logistics: () => Promise.reject(new Error("at /home/li/secret")),
    customer: () => [],
  });
  expect(answer).toEqual({
    status: 503,
    body: { status: "not ready", faults: { order: ["rebuilding order-list"], logistics: ["the check failed"] } },
  });
});

test("alive although not ready", async () => {
  expect(await ask("/health/live", { order: () => ["away"] })).toEqual({ status: 200, body: { status: "live" } });
});
