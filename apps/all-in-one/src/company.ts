// A whole company in one process: four services and the gateway, embedded unless variables name servers. What `npm start` runs, and tests open.
import type { FastifyInstance } from "fastify";
import { startService, type BlobStore, type Clock, type KeyStore, type Service } from "@gendan/eventing";
import { createGateway, type Gateway } from "@gendan/gateway/gateway";
import { Sealer, tokenSecret } from "@gendan/security";
import { reportTo, serviceGauges, type BaseConfig, type Log, type Subgraph } from "@gendan/service-kit";
import { adminRoutes } from "./admin.js";
import { openAudit, type OpenAudit } from "./audit.js";
import { openEngines } from "./engines.js";
import { listening } from "./listening.js";
import { openTelemetry } from "./open-telemetry.js";
import { readSupergraph } from "./read-supergraph.js";
import { loadServiceApp, startApp } from "./service-apps.js";
import { serviceNames } from "./service-names.js";
import { publicKeyRoute, tokenVerifier } from "./trust.js";

export interface CompanyOptions {
  /** The data folder, or "memory" for a company that is gone when stopped. */
  readonly where: { readonly directory: string } | "memory";
  readonly log: Log;
  /** Names the engines, and what the gateway bounds; absent: every port on SQLite, and the defaults. */
  readonly config?: BaseConfig;
  /** What tokens' key follows from; absent: the installation's own secret. */
  readonly tokenSecret?: string;
  readonly clock?: Clock;
  /** Absent: as the build has composed it. */
  readonly supergraphSdl?: string;
}

export interface Company {
  readonly services: ReadonlyMap<string, Service>;
  /** Each service's audit stream, in the services' order. */
  readonly audits: readonly OpenAudit[];
  /** Each service's part of the graph, by its name. */
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  readonly gateway: Gateway;
  readonly keys: KeyStore;
  readonly blobs: BlobStore;
  /** What the key of its own tokens follows from. */
  readonly secret: Uint8Array;
  readonly server: FastifyInstance;
  /** The gateway's answer to a request, without a network. */
  request(authorization: string, body: object): Promise<unknown>;
  /** Listens; gives the base URL and tells it to other programs of this folder. */
  listen(address: { readonly port: number; readonly host: string }): Promise<string>;
  /** Resolved when no service has anything left to do. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the company. Throws Faults whose message is one line for the person at the terminal. */
export async function openCompany(options: CompanyOptions): Promise<Company> {
  const { where, log, clock, config, supergraphSdl } = options;
  const telemetry = await openTelemetry(config, log);
  const engines = await openEngines({
    where,
    alone: true,
    report: (what, err) => log.warn({ what, err }, "trying again"),
    ...(config ? { config } : {}),
    ...(clock ? { clock } : {}),
  });
  const closing: (() => Promise<void>)[] = [() => telemetry.close(), () => engines.close()];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const secret = await tokenSecret(options.tokenSecret, engines.keys);
    const report = reportTo(log);
    const verifier = tokenVerifier(secret, log, config);
    const audits: OpenAudit[] = [];
    const services = new Map<string, Service>();
    const executors: Record<string, Subgraph> = {};
    for (const name of serviceNames) {
      const app = await loadServiceApp(name);
      const service = await startService(app.definition, await engines.of(name), {
        report: (what, err) => log.warn({ service: name, what, err }, "trying again"),
        observer: telemetry,
      });
      telemetry.reading(() => serviceGauges(service));
      closing.push(() => service.stop());
      services.set(name, service);
      const audit = await openAudit(name, { where, keys: engines.keys, log });
      closing.push(() => audit.close());
      audits.push(audit);
      const running = { service, sealer: new Sealer(engines.keys, audit.audit) };
      const started = await startApp(app, running, { report, tellRefused: audit.tellRefused });
      closing.push(() => started.close());
      executors[name] = started.subgraph;
    }
    const gateway = await createGateway({
      supergraphSdl: supergraphSdl ?? readSupergraph(),
      executors,
      verifier,
      report,
      telemetry,
      blobs: engines.blobs,
      ...(config === undefined ? {} : { config }),
      checks: Object.fromEntries([...services].map(([name, service]) => [name, () => service.notReady()])),
    });
    closing.push(() => gateway.close());
    adminRoutes(gateway.server, { services, audits, verifier });
    publicKeyRoute(gateway.server, secret, config);
    return {
      services,
      audits,
      subgraphs: executors,
      gateway,
      keys: engines.keys,
      blobs: engines.blobs,
      secret,
      server: gateway.server,
      request: requestOf(gateway),
      async listen(address) {
        const url = await listening(() => gateway.listen(address), address);
        engines.publish(url);
        return url;
      },
      settled: () => allSettled([...services.values()]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const requestOf =
  ({ server }: Gateway): Company["request"] =>
  async (authorization, payload) => {
    const headers = { authorization };
    return (await server.inject({ method: "POST", url: "/graphql", headers, payload })).json<unknown>();
  };

/** Services give each other work, so all must be done in one round in which nobody moved. */
async function allSettled(services: readonly Service[]): Promise<void> {
  let moved: boolean;
  const forget = services.map((service) => service.onProgress(() => (moved = true)));
  try {
    for (;;) {
      moved = false;
      const done = await Promise.all(services.map((service) => service.caughtUp()));
      if (done.every(Boolean) && !moved) return;
      if (!moved) await nextProgress(services);
    }
  } finally {
    for (const each of forget) each();
  }
}

/** At most this long without news before it is asked again, in milliseconds: a batch may end without any. */
const NEWS_MS = 50;

function nextProgress(services: readonly Service[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const each of forget) each();
      resolve();
    };
    const timer = setTimeout(done, NEWS_MS);
    const forget = services.map((service) => service.onProgress(done));
  });
}
