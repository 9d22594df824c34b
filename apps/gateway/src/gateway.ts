// The gateway: one door to all services. Who asks, how much, what of it, in one Fastify route; no business code.
import type { BlobStore } from "@gendan/eventing";
import {
  gatewayDefaults,
  GraphqlDocuments,
  graphqlRoute,
  type Asked,
  type GatewayConfig,
  type GraphqlRequest,
  type ReadinessCheck,
  requestWatch,
  type Report,
  type Telemetry,
  type Verifier,
} from "@gendan/service-kit";
import { fastify, type FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import { boundRequests } from "./bound-requests.js";
import { browserGuard } from "./browser-guard.js";
import { explorerPage } from "./explorer.js";
import { filesDoor } from "./files/files-door.js";
import { gatewayHealth } from "./gateway-health.js";
import { admissionBy } from "./limits/admission.js";
import { gatewayMetrics, standingsOf } from "./metrics-route.js";
import { operationCheck } from "./limits/check-operation.js";
import { LiveBounds } from "./limits/live-bounds.js";
import { checkShape } from "./limits/query-shape.js";
import { webSocketDoor } from "./live/web-socket.js";
import { NODES } from "./nodes/node-types.js";
import { nodesSubgraph } from "./nodes/nodes-subgraph.js";
import { PersistedOperations } from "./persisted-operations.js";
import type { SubgraphExecutor } from "./subgraph-executor.js";
import { introspectionAlone, openSupergraph } from "./supergraph.js";
import { closeUnusedConnections } from "./unused-connections.js";

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** A service each that the supergraph names: a Subgraph of this process, or an httpSubgraph. */
  readonly executors: Readonly<Record<string, SubgraphExecutor>>;
  readonly verifier: Verifier;
  /** Told of errors that callers are not shown. */
  readonly report: Report;
  /** What /health/ready asks. */
  readonly checks?: Readonly<Record<string, ReadinessCheck>>;
  /** Where files are; absent: none are taken. */
  readonly blobs?: BlobStore;
  /** Absent: nobody watches. */
  readonly telemetry?: Telemetry;
  /** Limits and permissions; what is absent is as `gatewayDefaults` say. */
  readonly config?: Partial<GatewayConfig>;
}

export interface Gateway {
  /** For further routes, before it listens, and for requests without a network (`inject`). */
  readonly server: FastifyInstance;
  /** Who follows something now. */
  following(): LiveBounds["counted"];
  /** Listens; answers where, e.g. http://127.0.0.1:4000. Port 0 is any free one. */
  listen(address: { readonly port: number; readonly host: string }): Promise<string>;
  /** Takes no more requests, finishes those under way, lets go of the services. */
  close(): Promise<void>;
}

/** Makes a gateway over a composed supergraph. Throws a ConfigFault where the persisted operations do not fit it. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, executors, verifier, report, checks = {}, telemetry } = options;
  const config: GatewayConfig = { ...gatewayDefaults, ...options.config };
  const { requestTimeoutMs, corsOrigins = [] } = config;
  const parts = { ...executors, [NODES]: nodesSubgraph(executors) };
  const supergraph = await openSupergraph(supergraphSdl, parts, {
    report,
    requestTimeoutMs,
    ...(telemetry ? { watch: (service: string) => telemetry.watch("gateway", "ask", service) } : {}),
  });
  const documents = documentsOf(supergraph.schema, config);
  const persisted = PersistedOperations.from(config, documents);
  const check = operationCheck(supergraph.schema, config);
  const server = serverOf(config);
  boundRequests(server, config);
  closeUnusedConnections(server);
  browserGuard(server, corsOrigins);
  const bounds = new LiveBounds(config);
  const { heartbeatMs, requestBodyBytes: bodyBytes } = config;
  const door = {
    verifier,
    report,
    documents,
    admission: admissionBy(config),
    textOf: (asked: Asked) => persisted.textOf(asked),
  };
  const subscribe = (request: GraphqlRequest) => supergraph.subscribe(request);
  webSocketDoor(server, {
    ...door,
    path: "/graphql",
    bounds,
    schema: supergraph.schema,
    check,
    subscribe,
    heartbeatMs,
    messageBytes: bodyBytes,
  });
  gatewayHealth(server, checks, executors);
  if (telemetry) {
    gatewayMetrics(server, telemetry, verifier);
    telemetry.reading(() => ({
      gendan_subgraph_instances: standingsOf(executors),
      gendan_following: Object.entries(bounds.counted).map(([what, value]) => ({ labels: { what }, value })),
    }));
  }
  const execute = (request: GraphqlRequest) => check(request) ?? supergraph.execute(request);
  const { schema } = supergraph;
  const watch = telemetry && requestWatch(telemetry, "gateway");
  const files = filesDoor(server, { ...door, schema, execute }, config, { blobs: options.blobs, watch });
  graphqlRoute(server, "/graphql", {
    ...door,
    execute,
    live: {
      subscribe: async (request) => check(request) ?? subscribe(request),
      enter: (caller) => bounds.stream(caller),
      heartbeatMs,
    },
    bodyBytes,
    page: explorerPage(server),
    ...(watch ? { watch } : {}),
  });
  return {
    server,
    following: () => bounds.counted,
    async listen(address) {
      const url = await server.listen(address);
      setImmediate(supergraph.warmUp); // ready first, since nobody asks within the next tick
      return url;
    },
    async close() {
      await server.close();
      await files.close();
      await Promise.all(Object.values(executors).map(async (executor) => executor.close?.()));
    },
  };
}

function serverOf({ requestTimeoutMs, uploadTimeoutMs, trustedProxies }: GatewayConfig): FastifyInstance {
  return fastify({
    logger: false,
    forceCloseConnections: "idle",
    // The time to send a request is bounded too: a body that never ends would keep its connection for ever.
    requestTimeout: Math.max(requestTimeoutMs, uploadTimeoutMs),
    ...(trustedProxies === undefined ? {} : { trustProxy: [...trustedProxies] }),
  });
}

const documentsOf = (schema: GraphQLSchema, config: GatewayConfig): GraphqlDocuments =>
  new GraphqlDocuments(
    schema,
    { tokens: config.queryTokens, remembered: config.rememberedQueries },
    { shape: (document) => checkShape(document, config), rules: [introspectionAlone] },
  );
