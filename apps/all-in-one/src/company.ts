// A whole company in one process: four services and the gateway on the embedded engines. What `npm start` runs, and tests open.
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { Fault, startService, type Clock, type KeyStore, type Service } from "@gendan/eventing";
import { createGateway, type Gateway } from "@gendan/gateway/gateway";
import { supergraphFile } from "@gendan/gateway/supergraph-file";
import { Sealer, tokenSecret, TokenVerifier } from "@gendan/security";
import { reportTo, type DocumentBounds, type Log, type Subgraph } from "@gendan/service-kit";
import { adminRoutes } from "./admin.js";
import { openEmbedded } from "./embedded-engines.js";
import { serviceApps, startApp } from "./service-apps.js";

export interface CompanyOptions {
  /** The data folder, or "memory" for a company that is gone when stopped. */
  readonly where: { readonly directory: string } | "memory";
  readonly log: Log;
  /** Signs tokens; absent: the installation's own secret. */
  readonly tokenSecret?: string;
  readonly clock?: Clock;
  readonly documentBounds?: DocumentBounds;
  /** The largest request body, in bytes. */
  readonly bodyBytes?: number;
  /** Absent: as the build has composed it. */
  readonly supergraphSdl?: string;
}

export interface Company {
  readonly services: ReadonlyMap<string, Service>;
  /** Each service's part of the graph, by its name. */
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  readonly gateway: Gateway;
  readonly keys: KeyStore;
  /** What tokens are signed with. */
  readonly secret: Uint8Array;
  readonly server: FastifyInstance;
  /** Listens; gives the base URL and tells it to other programs of this folder. */
  listen(address: { readonly port: number; readonly host: string }): Promise<string>;
  /** Resolved when no service has anything left to do. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the company. Throws Faults whose message is one line for the person at the terminal. */
export async function openCompany(options: CompanyOptions): Promise<Company> {
  const { where, log, clock, supergraphSdl, documentBounds, bodyBytes } = options;
  const engines = await openEmbedded(where, clock);
  const closing: (() => Promise<void>)[] = [() => engines.close()];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const secret = await tokenSecret(options.tokenSecret, engines.keys);
    const verifier = new TokenVerifier(secret);
    const sealer = new Sealer(engines.keys);
    const report = reportTo(log);
    const services = new Map<string, Service>();
    const executors: Record<string, Subgraph> = {};
    for (const app of serviceApps) {
      const { name } = app.definition;
      const service = await startService(app.definition, await engines.of(name), {
        report: (what, err) => log.warn({ service: name, what, err }, "trying again"),
      });
      closing.push(() => service.stop());
      services.set(name, service);
      const started = await startApp(app, { service, sealer }, report);
      closing.push(() => started.close());
      executors[name] = started.subgraph;
    }
    const gateway = await createGateway({
      supergraphSdl: supergraphSdl ?? readSupergraph(),
      executors,
      verifier,
      report,
      ...(documentBounds === undefined ? {} : { documentBounds }),
      ...(bodyBytes === undefined ? {} : { bodyBytes }),
      checks: Object.fromEntries([...services].map(([name, service]) => [name, () => service.notReady()])),
    });
    closing.push(() => gateway.close());
    adminRoutes(gateway.server, { services, verifier });
    return {
      services,
      subgraphs: executors,
      gateway,
      keys: engines.keys,
      secret,
      server: gateway.server,
      async listen(address) {
        const url = await listening(gateway, address);
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

function readSupergraph(): string {
  try {
    return readFileSync(supergraphFile(), "utf8");
  } catch (cause) {
    throw new Fault("CONFIGURATION", "The supergraph is missing: run `npm run build`.", {}, { cause });
  }
}

async function listening(gateway: Gateway, address: { readonly port: number; readonly host: string }): Promise<string> {
  try {
    return await gateway.listen(address);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const { port, host } = address;
    if (code === "EADDRINUSE") {
      throw new Fault(
        "PORT_IN_USE",
        `Port ${port} of ${host} is in use: stop the program that has it, or give another one with --port (0: any free one).`,
        {},
        { cause },
      );
    }
    if (code === "EACCES")
      throw new Fault(
        "PORT_IN_USE",
        `Port ${port} of ${host} may not be used: give one above 1023 with --port.`,
        {},
        { cause },
      );
    throw cause;
  }
}

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
