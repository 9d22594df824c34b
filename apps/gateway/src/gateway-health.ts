// /health of the gateway: what every process says, and how the services behind it are.
import { healthRoutes, type ReadinessCheck } from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";
import type { InstanceHealth, SubgraphExecutor } from "./subgraph-executor.js";

/** Every process of the service is ready; some are; none is reached or ready. */
type ServiceHealth = "ready" | "degraded" | "away";

/**
 * Serves /health/live and /health/ready. A service that is away is named and does not make the gateway unready: it goes on
 * serving the others, and whoever took it out for one of them would take out all.
 */
export function gatewayHealth(
  server: FastifyInstance,
  checks: Readonly<Record<string, ReadinessCheck>>,
  executors: Readonly<Record<string, SubgraphExecutor>>,
): void {
  const elsewhere = Object.entries(executors).filter(([, { instances }]) => instances !== undefined);
  void server.register((scope, _, done) => {
    if (elsewhere.length > 0) {
      scope.addHook("preSerialization", async ({ url }, _reply, payload) =>
        url.startsWith("/health/ready") ? { ...(payload as object), ...(await servicesOf(elsewhere)) } : payload,
      );
    }
    healthRoutes(scope, checks);
    done();
  });
}

async function servicesOf(executors: readonly (readonly [string, SubgraphExecutor])[]) {
  const asked = await Promise.all(
    executors.map(async ([name, executor]) => [name, await executor.instances!()] as const),
  );
  const services = Object.fromEntries(asked.map(([name, instances]) => [name, healthOf(instances)]));
  const degraded = asked.map(([name, instances]) => [name, faultsOf(instances)] as const);
  const faulty = degraded.filter(([, faults]) => faults.length > 0);
  return { services, ...(faulty.length === 0 ? {} : { degraded: Object.fromEntries(faulty) }) };
}

function healthOf(instances: readonly InstanceHealth[]): ServiceHealth {
  const faults = faultsOf(instances).length;
  if (faults === 0) return "ready";
  return faults < instances.length ? "degraded" : "away";
}

const faultsOf = (instances: readonly InstanceHealth[]): readonly string[] =>
  instances.flatMap(({ instance, fault }) => (fault === undefined ? [] : [`${instance}: ${fault}`]));
