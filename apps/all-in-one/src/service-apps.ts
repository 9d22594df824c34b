// The four services as Nest modules, each with its part of the graph; a process loads those that it runs.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Module, type DynamicModule, type Type } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { Service, ServiceDefinition } from "@gendan/eventing";
import type { Sealer } from "@gendan/security";
import { sdlBeside, subgraphModule, subgraphOf, type Subgraph, type SubgraphOptions } from "@gendan/service-kit";
import type { ServiceName } from "./service-names.js";

export interface Running {
  readonly service: Service;
  readonly sealer: Sealer;
}

export interface ServiceApp {
  readonly definition: ServiceDefinition;
  readonly module: (running: Running) => DynamicModule;
}

const loading: Readonly<Record<ServiceName, () => Promise<ServiceApp>>> = {
  async order() {
    const { orderService } = await import("@gendan/order-service/service");
    const { OrderModule } = await import("@gendan/order-service/order.module");
    return { definition: orderService, module: (running) => OrderModule.with(running) };
  },
  async logistics() {
    const { logisticsService } = await import("@gendan/logistics-service/service");
    const { LogisticsModule } = await import("@gendan/logistics-service/logistics.module");
    return { definition: logisticsService, module: (running) => LogisticsModule.with(running) };
  },
  async customer() {
    const { customerService } = await import("@gendan/customer-service/service");
    const { CustomerModule } = await import("@gendan/customer-service/customer.module");
    return { definition: customerService, module: (running) => CustomerModule.with(running) };
  },
  async analytics() {
    const { analyticsService } = await import("@gendan/analytics-service/service");
    const { AnalyticsModule } = await import("@gendan/analytics-service/analytics.module");
    return { definition: analyticsService, module: (running) => AnalyticsModule.with(running) };
  },
};

export const loadServiceApp = (name: ServiceName): Promise<ServiceApp> => loading[name]();

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

/** What its part of the graph is given beside what the service itself knows. */
export type AppOptions = Omit<SubgraphOptions, "name" | "sdl" | "staleSince">;

/** The root module of a service: its resolvers and its part of the graph. */
export function rootModule(app: ServiceApp, running: Running, options: AppOptions): Type {
  const { name } = app.definition;
  const { service } = running;
  const subgraph = subgraphModule({ ...options, name, sdl: sdlOf(name), staleSince: () => service.staleSince() });
  @Module({ imports: [app.module(running), subgraph] })
  class Root {}
  return Root;
}

export interface StartedApp {
  readonly subgraph: Subgraph;
  close(): Promise<void>;
}

/** Starts the Nest application of a service; it listens nowhere, the gateway of this process executes its subgraph. */
export async function startApp(app: ServiceApp, running: Running, options: AppOptions): Promise<StartedApp> {
  const root = rootModule(app, running, options);
  const nest = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  return { subgraph: subgraphOf(nest), close: () => nest.close() };
}
