// The gateway: one door to all services. Who asks, how much, what of it, in one Fastify route; no business code.
import {
  defaultDocumentBounds,
  DEFAULT_BODY_BYTES,
  GraphqlDocuments,
  graphqlRoute,
  type DocumentBounds,
  type ReadinessCheck,
  type Report,
  type Verifier,
} from "@gendan/service-kit";
import { fastify, type FastifyInstance } from "fastify";
import { explorerRoute } from "./explorer.js";
import { gatewayDefaults } from "./gateway-defaults.js";
import { gatewayHealth } from "./gateway-health.js";
import type { SubgraphExecutor } from "./subgraph-executor.js";
import { introspectionAlone, openSupergraph } from "./supergraph.js";

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** A service each that the supergraph names: a Subgraph of this process, or an httpSubgraph. */
  readonly executors: Readonly<Record<string, SubgraphExecutor>>;
  readonly verifier: Verifier;
  /** Told of errors that callers are not shown. */
  readonly report: Report;
  /** What /health/ready asks. */
  readonly checks?: Readonly<Record<string, ReadinessCheck>>;
  readonly documentBounds?: DocumentBounds;
  /** The largest body taken, in bytes. */
  readonly bodyBytes?: number;
  /** The longest that a request takes, over all services, in milliseconds: what is not there then is null (SERVICE_TIMEOUT). */
  readonly requestTimeoutMs?: number;
  /** Requests executed at once; further ones are answered 503 OVERLOADED. */
  readonly maxInFlight?: number;
}

export interface Gateway {
  /** For further routes, before it listens, and for requests without a network (`inject`). */
  readonly server: FastifyInstance;
  /** Listens; answers where, e.g. http://127.0.0.1:4000. Port 0 is any free one. */
  listen(address: { readonly port: number; readonly host: string }): Promise<string>;
  /** Takes no more requests, finishes those under way, lets go of the services. */
  close(): Promise<void>;
}

/** Makes a gateway over a composed supergraph. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, executors, verifier, report, checks = {}, documentBounds = defaultDocumentBounds } = options;
  const { requestTimeoutMs, maxInFlight } = { ...gatewayDefaults, ...options };
  const supergraph = await openSupergraph(supergraphSdl, executors, { report, requestTimeoutMs });
  // The time to send a request is bounded too: a body that never ends would keep its connection for ever.
  const server = fastify({ logger: false, forceCloseConnections: "idle", requestTimeout: requestTimeoutMs });
  gatewayHealth(server, checks, executors);
  explorerRoute(server);
  graphqlRoute(server, "/graphql", {
    verifier,
    report,
    documents: new GraphqlDocuments(supergraph.schema, documentBounds, [introspectionAlone]),
    execute: supergraph.execute,
    bodyBytes: options.bodyBytes ?? DEFAULT_BODY_BYTES,
    maxInFlight,
  });
  return {
    server,
    async listen(address) {
      const url = await server.listen(address);
      setImmediate(supergraph.warmUp); // ready first, since nobody asks within the next tick
      return url;
    },
    async close() {
      await server.close();
      await Promise.all(Object.values(executors).map(async (executor) => executor.close?.()));
    },
  };
}
