// GET /health/live and /health/ready, for whoever starts and watches the process.
import type { FastifyInstance } from "fastify";

/** Why it is not ready now; empty when it is. Names no secrets: the answer needs no token. */
export type ReadinessCheck = () => readonly string[] | Promise<readonly string[]>;

/** A check that takes longer counts as not ready, in milliseconds. */
const CHECK_TIMEOUT_MS = 2_000;

/** Serves both routes; `checks` by the name of what they ask. */
export function healthRoutes(server: FastifyInstance, checks: Readonly<Record<string, ReadinessCheck>>): void {
  server.get("/health/live", (_, reply) => reply.send({ status: "live" }));
  server.get("/health/ready", async (_, reply) => {
    const asked = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const),
    );
    const faults = Object.fromEntries(asked.filter(([, reasons]) => reasons.length > 0));
    const ready = Object.keys(faults).length === 0;
    return reply.code(ready ? 200 : 503).send(ready ? { status: "ready" } : { status: "not ready", faults });
  });
}

async function ask(check: ReadinessCheck): Promise<readonly string[]> {
  const { promise: late, resolve } = Promise.withResolvers<readonly string[]>();
  const timer = setTimeout(() => resolve([`no answer within ${CHECK_TIMEOUT_MS} ms`]), CHECK_TIMEOUT_MS);
  try {
    return await Promise.race([check(), late]);
  } catch {
    return ["the check failed"];
  } finally {
    clearTimeout(timer);
  }
}
