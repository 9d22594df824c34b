// How Nest's resolvers become a subgraph: schema first, federated, compiled, over HTTP and in process.
import { buildSubgraphSchema } from "@apollo/subgraph";
import { Injectable, type DynamicModule, type INestApplicationContext, type Type } from "@nestjs/common";
import { AbstractGraphQLDriver, GraphQLModule, type GqlModuleOptions } from "@nestjs/graphql";
import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { RequestWatch } from "../telemetry/door.js";
import type { Verifier } from "./context.js";
import { defaultDocumentBounds, GraphqlDocuments, type DocumentBounds } from "./documents.js";
import type { Report } from "./errors.js";
import type { TellRefused } from "./refused-commands.js";
import { graphqlRoute } from "./route.js";
import { serviceSchema } from "./sdl.js";
import { Subgraph } from "./subgraph.js";
import { Views } from "./views.js";

export interface SubgraphOptions {
  /** The service's name in the graph: "order". */
  readonly name: string;
  /** The service's own schema; what all services share is added. */
  readonly sdl: string;
  /** Needed where the subgraph has a route of its own (an application on Fastify). */
  readonly verifier?: Verifier;
  /** Told of errors that callers are not shown. */
  readonly report: Report;
  /** Modules whose resolvers it takes; all of the application's when absent. */
  readonly include?: readonly Type[];
  readonly documentBounds?: DocumentBounds;
  /** The largest body taken, in bytes. */
  readonly bodyBytes?: number;
  /** Since when the service's documents have not kept up; undefined while they do. */
  readonly staleSince?: () => string | undefined;
  /** Told of every command that is refused, before that is answered. */
  readonly tellRefused?: TellRefused;
  /** Told of every request of the route. */
  readonly watch?: RequestWatch;
}

export const DEFAULT_BODY_BYTES = 1_048_576;
/** How often a service shows a gateway that follows something a sign of life, in milliseconds. */
export const SERVICE_HEARTBEAT_MS = 10_000;

/**
 * The GraphQL module of a service. Resolvers are ordinary @Resolver classes; enhancers do not run on fields, and methods of
 * @ResolveField and @ResolveReference are called directly, as (parent, args, context) and (reference, context), when they have
 * no parameter decorators: leave them out there, since a list calls such a method for each of its rows. A @ResolveReference
 * gives a fresh object (it is marked with its __typename, so it must not be frozen), and only methods may give promises.
 */
export const subgraphModule = (options: SubgraphOptions): DynamicModule =>
  GraphQLModule.forRoot<DriverOptions>({
    driver: SubgraphDriver,
    typeDefs: [options.sdl],
    path: "/graphql",
    fieldResolverEnhancers: [],
    ...(options.include === undefined ? {} : { include: [...options.include] }),
    subgraph: options,
  });

/** The subgraph of an initialised application, to be executed in process. */
export function subgraphOf(app: INestApplicationContext): Subgraph {
  const driver = app.get<unknown>(AbstractGraphQLDriver, { strict: false });
  if (driver instanceof SubgraphDriver && driver.subgraph) return driver.subgraph;
  throw new Error("This application has no subgraph, or is not initialised.");
}

interface DriverOptions extends GqlModuleOptions {
  readonly subgraph: SubgraphOptions;
}

@Injectable()
export class SubgraphDriver extends AbstractGraphQLDriver<DriverOptions> {
  subgraph?: Subgraph;

  override async generateSchema(options: DriverOptions): Promise<GraphQLSchema> {
    const { name, report, staleSince, tellRefused } = options.subgraph;
    const views = new Views(await this.federatedSchema(options), tellRefused);
    this.subgraph = new Subgraph(name, views, report, staleSince);
    return this.subgraph.schema;
  }

  override start({ path, subgraph: options }: DriverOptions): Promise<void> {
    const { verifier, documentBounds = defaultDocumentBounds, bodyBytes = DEFAULT_BODY_BYTES, report, watch } = options;
    if (!verifier) throw new Error(`The subgraph ${options.name} has a route, and so needs a verifier.`);
    const subgraph = this.subgraph!;
    graphqlRoute(this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>(), path!, {
      verifier,
      report,
      bodyBytes,
      documents: new GraphqlDocuments(subgraph.schema, documentBounds),
      execute: (request) => subgraph.execute(request),
      live: { subscribe: (request) => subgraph.subscribe(request), heartbeatMs: SERVICE_HEARTBEAT_MS },
      ...(watch === undefined ? {} : { watch }),
    });
    return Promise.resolve();
  }

  override stop(): Promise<void> {
    return Promise.resolve(); // the server closes its routes
  }

  /**
   * What makes the schema. Nest collects the resolvers; its own factory would build a schema that knows nothing of federation.
   */
  private async federatedSchema({ typeDefs, ...options }: DriverOptions): Promise<() => GraphQLSchema> {
    const document = serviceSchema([typeDefs].flat().join("\n"));
    let resolvers = {};
    const make = () => buildSubgraphSchema([{ typeDefs: document, resolvers }]);
    await this.graphQlFactory.generateSchema({
      ...options,
      typeDefs: [],
      transformResolvers: (collected) => {
        // One map of all resolvers by type, in a list with a map for each scalar class.
        resolvers = Object.assign({}, ...[collected].flat()) as object;
        return collected;
      },
      transformSchema: make,
    });
    return make;
  }
}
