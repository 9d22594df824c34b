// The four services as Nest applications in this process, each with its part of the graph.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Module, type DynamicModule } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { Service, ServiceDefinition } from "@gendan/eventing";
import { AnalyticsModule } from "@gendan/analytics-service/analytics.module";
import { analyticsService } from "@gendan/analytics-service/service";
import { CustomerModule } from "@gendan/customer-service/customer.module";
import { customerService } from "@gendan/customer-service/service";
import { LogisticsModule } from "@gendan/logistics-service/logistics.module";
import { logisticsService } from "@gendan/logistics-service/service";
import { OrderModule } from "@gendan/order-service/order.module";
import { orderService } from "@gendan/order-service/service";
import type { Sealer } from "@gendan/security";
import { sdlBeside, subgraphModule, subgraphOf, type Report, type Subgraph } from "@gendan/service-kit";

interface Running {
  readonly service: Service;
  readonly sealer: Sealer;
}

interface ServiceApp {
  readonly definition: ServiceDefinition;
  readonly module: (running: Running) => DynamicModule;
}

/** In the order in which they are started: who is asked for facts by others comes first. */
export const serviceApps: readonly ServiceApp[] = [
  { definition: orderService, module: (running) => OrderModule.with(running) },
  { definition: logisticsService, module: (running) => LogisticsModule.with(running) },
  { definition: customerService, module: (running) => CustomerModule.with(running) },
  { definition: analyticsService, module: (running) => AnalyticsModule.with(running) },
];

/** A service's own schema: from dist/ when this runs from dist/, from src/ when it runs from src/ (in tests). */
export const sdlOf = (service: string): string =>
  sdlBeside(
    pathToFileURL(
      join(
        import.meta.dirname,
        "../..",
        `${service}-service`,
        import.meta.dirname.endsWith("src") ? "src" : "dist",
        "api/x",
      ),
    ).href,
  );

export interface StartedApp {
  readonly subgraph: Subgraph;
  close(): Promise<void>;
}

/** Starts the Nest application of a service; it listens nowhere, the gateway of this process executes its subgraph. */
export async function startApp(app: ServiceApp, running: Running, report: Report): Promise<StartedApp> {
  const { name } = app.definition;
  @Module({ imports: [app.module(running), subgraphModule({ name, sdl: sdlOf(name), report })] })
  class Root {}
  const nest = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  return { subgraph: subgraphOf(nest), close: () => nest.close() };
}
