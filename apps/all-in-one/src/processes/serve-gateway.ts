// The gateway as a process of its own: it finds the services' processes by GENDAN_SUBGRAPHS.
import { createGateway } from "@gendan/gateway/gateway";
import { httpSubgraphs } from "@gendan/gateway/http-subgraph";
import { readSubgraphs } from "@gendan/gateway/subgraph-urls";
import { IdentitySigner, type Caller } from "@gendan/security";
import { ConfigFault, reportTo } from "@gendan/service-kit";
import { routes } from "../admin.js";
import { openBlobs, sharedSecret } from "../engines.js";
import { listening } from "../listening.js";
import { openTelemetry } from "../open-telemetry.js";
import { readSupergraph } from "../read-supergraph.js";
import { serviceNames } from "../service-names.js";
import { publicKeyRoute, tokenVerifier } from "../trust.js";
import { forwardTask } from "./forward-admin.js";
import type { ServeOptions, ServiceProcess } from "./serve-service.js";

/** Starts the gateway; resolved when it answers. `shared`: other gateways listen on the same port. */
export async function serveGateway(options: ServeOptions, shared: boolean): Promise<ServiceProcess> {
  const { port, directory, config, log } = options;
  const { host, serviceTimeoutMs, maxPending } = config;
  const urls = readSubgraphs(config.subgraphs ?? missing(), serviceNames);
  const secret = await sharedSecret(directory, config);
  const verifier = tokenVerifier(secret, log, config);
  const signer = new IdentitySigner(secret);
  const report = reportTo(log);
  const telemetry = await openTelemetry(config, log);
  const blobs = await openBlobs({ directory }, config);
  const gateway = await createGateway({
    supergraphSdl: readSupergraph(),
    executors: httpSubgraphs(urls, {
      identityOf: (caller) => signer.headerOf(caller as Caller),
      report,
      timeoutMs: serviceTimeoutMs,
      maxPending,
    }),
    verifier,
    report,
    telemetry,
    blobs,
    config,
  });
  publicKeyRoute(gateway.server, secret, config);
  const stop = async (): Promise<void> => {
    await gateway.close();
    await blobs.close();
    await telemetry.close();
  };
  const doors = Object.fromEntries(serviceNames.map((name) => [name, urls[name]!.map((url) => new URL(url).origin)]));
  routes(gateway.server, verifier, async (task, { caller, body, progress, watch }) =>
    forwardTask(task, { doors, authorization: await signer.headerOf(caller), body, progress, watch }),
  );
  try {
    const url = await listening(() => gateway.listen({ port, host, ...(shared ? { reusePort: true } : {}) }), {
      port,
      host,
    });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function missing(): never {
  throw new ConfigFault([
    "GENDAN_SUBGRAPHS is missing, accepted: order=http://host:4101/graphql,http://…;logistics=http://…;customer=…;analytics=…",
  ]);
}
