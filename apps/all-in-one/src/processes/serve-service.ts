// One service as a process of its own: its part of the graph over HTTP, and what runs beside the requests as a Nest microservice.
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { createService } from "@gendan/eventing";
import { IdentityVerifier, readPolicy, Sealer, tokenSecret } from "@gendan/security";
import {
  BackgroundStrategy,
  healthRoutes,
  metricsRoute,
  reportTo,
  requestWatch,
  serviceGauges,
  type BaseConfig,
  type Log,
} from "@gendan/service-kit";
import { adminRoutes } from "../admin.js";
import { openAudit } from "../audit.js";
import { openEngines } from "../engines.js";
import { listening } from "../listening.js";
import { openTelemetry } from "../open-telemetry.js";
import { loadServiceApp, rootModule } from "../service-apps.js";
import type { ServiceName } from "../service-names.js";

export interface ServiceProcess {
  /** The base URL. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly port: number;
  /** Where what is on SQLite is kept. */
  readonly directory: string;
  readonly config: BaseConfig;
  readonly log: Log;
}

/** Starts the service on what the variables name; resolved when it answers. Throws Faults of one line for a person. */
export async function serveService(name: ServiceName, options: ServeOptions): Promise<ServiceProcess> {
  const { port, directory, config, log } = options;
  const { host, requestBodyBytes, subgraphTokens, rememberedQueries } = config;
  const telemetry = await openTelemetry(config, log);
  const engines = await openEngines({
    where: { directory },
    config,
    alone: false,
    report: (what, err) => log.warn({ what, err }, "trying again"),
  });
  const closing: (() => Promise<void>)[] = [() => telemetry.close(), () => engines.close()];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const app = await loadServiceApp(name);
    const service = createService(app.definition, await engines.of(name), {
      report: (what, err) => log.warn({ what, err }, "trying again"),
      observer: telemetry,
    });
    const secret = await tokenSecret(config.tokenSecret, engines.keys);
    const audit = await openAudit(name, { where: { directory }, keys: engines.keys, log });
    closing.push(() => audit.close());
    const verifier = new IdentityVerifier(secret, readPolicy(config.policyFile), config.clockSkewSeconds);
    telemetry.reading(() => serviceGauges(service));
    const root = rootModule(
      app,
      { service, sealer: new Sealer(engines.keys, audit.audit) },
      {
        report: reportTo(log),
        tellRefused: audit.tellRefused,
        verifier,
        bodyBytes: requestBodyBytes,
        watch: requestWatch(telemetry, name),
        documentBounds: { tokens: subgraphTokens, remembered: rememberedQueries },
      },
    );
    const nest = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    closing.push(() => nest.close());
    const server = nest.getHttpAdapter().getInstance();
    metricsRoute(server, telemetry);
    healthRoutes(server, { [name]: () => service.notReady() });
    adminRoutes(server, { services: new Map([[name, service]]), audits: [audit], verifier });
    const background = new BackgroundStrategy([() => service.start().then(() => service)]);
    nest.connectMicroservice({ strategy: background });
    await nest.startAllMicroservices();
    const url = await listening(() => nest.listen(port, host).then(() => nest.getUrl()), { port, host });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
