// The graph of all services: plans a query once (Hive's Rust planner), asks the services, joins their answers.
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import { withScalars, type Answer, type GendanContext, type GraphqlRequest, type Report } from "@gendan/service-kit";
import {
  buildASTSchema,
  getOperationAST,
  GraphQLError,
  isEnumType,
  Kind,
  parse,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";
import { unavailable, type SubgraphExecutor } from "./subgraph-executor.js";

export interface Supergraph {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  execute(request: GraphqlRequest): Promise<Answer>;
  /** Makes what Hive otherwise makes with the first request, a fraction of a second for a large graph. */
  warmUp(): void;
}

type Handler = Awaited<ReturnType<typeof unifiedGraphHandler>>;
type Executor = NonNullable<Handler["executor"]>;

/** Opens a composed supergraph. Throws when a service that it names has no executor. */
export async function openSupergraph(
  supergraphSdl: string,
  executors: Readonly<Record<string, SubgraphExecutor>>,
  report: Report,
): Promise<Supergraph> {
  if (supergraphSdl.trim() === "")
    throw new Error("The supergraph is empty: no service had a schema when it was built.");
  const unifiedGraph = buildASTSchema(parse(supergraphSdl), { assumeValid: true, assumeValidSDL: true });
  const services = servicesOf(unifiedGraph);
  const missing = services.filter((name) => !(name in executors));
  if (missing.length > 0) throw new Error(`The supergraph names services that nobody runs: ${missing.join(", ")}.`);
  const handler = await unifiedGraphHandler({
    unifiedGraph,
    getUnifiedGraphSDL: () => supergraphSdl,
    onSubgraphExecute: (name, { document, variables, operationName, context }) => {
      const request = { document, variables: variables ?? {}, operationName, context: context as GendanContext };
      return ask(name, executors[name]!, request, report) as never;
    },
  });
  const executor = handler.executor!;
  return {
    schema: withScalars(handler.unifiedGraph),
    execute: (request) => execute(executor, request, report),
    warmUp: () => void handler.getSubgraphSchema(services[0]!),
  };
}

/** The services' names, as the composition keeps them: `enum join__Graph { ORDER @join__graph(name: "order") }`. */
function servicesOf(unifiedGraph: GraphQLSchema): string[] {
  const graphs = unifiedGraph.getType("join__Graph");
  if (!isEnumType(graphs)) throw new Error("This is no supergraph: it has no join__Graph.");
  return graphs.getValues().map(({ name, astNode }) => {
    const [argument] = astNode?.directives?.[0]?.arguments?.filter(({ name }) => name.value === "name") ?? [];
    return argument?.value.kind === Kind.STRING ? argument.value.value : name;
  });
}

/** A service that fails altogether leaves its fields null, and the others' as they are. */
async function ask(name: string, executor: SubgraphExecutor, request: GraphqlRequest, report: Report): Promise<Answer> {
  try {
    return await executor.execute(request);
  } catch (error) {
    report(error, request.context.correlation);
    return unavailable(name);
  }
}

async function execute(executor: Executor, request: GraphqlRequest, report: Report): Promise<Answer> {
  const { document, variables, operationName, context } = request;
  const operation = getOperationAST(document, operationName);
  if (!operation) return { errors: [operationFault(operationName)] };
  try {
    const { data, errors } = (await executor({ document, variables, operationName, context } as never)) as {
      data?: Answer["data"];
      errors?: readonly GraphQLError[];
    };
    return errors?.length ? { data: data ?? null, errors: errors.map(presented) } : { data: data ?? null };
  } catch (error) {
    return { errors: requestFaults(error, context, report) };
  }
}

const operationFault = (name: string | undefined): GraphQLFormattedError => ({
  message:
    name === undefined ? "Name one of the query's operations as operationName." : `There is no operation "${name}".`,
  extensions: { code: "BAD_USER_INPUT" },
});

/** The services have masked their errors already; where in a service's query one lies says nothing to the client. */
const presented = ({ message, path, extensions }: GraphQLError): GraphQLFormattedError => ({
  message,
  ...(path === undefined ? {} : { path }),
  extensions: { code: "INTERNAL", ...extensions },
});

/** What is thrown before a service is asked: variables that do not fit, or else our own fault. */
function requestFaults(
  error: unknown,
  { correlation }: GendanContext,
  report: Report,
): readonly GraphQLFormattedError[] {
  const errors = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  return errors.map((each) => {
    if (each instanceof GraphQLError) {
      return { message: each.message, extensions: { code: "BAD_USER_INPUT", ...each.extensions } };
    }
    report(each, correlation);
    const message = `The request failed (INTERNAL). The gateway's log says why under ${correlation}.`;
    return { message, extensions: { code: "INTERNAL", correlation } };
  });
}

/** The planner answers introspection by itself, and only whole queries of it. */
export const introspectionAlone: ValidationRule = (context) => ({
  OperationDefinition({ selectionSet }) {
    const fields = selectionSet.selections.filter((each) => each.kind === Kind.FIELD).map(({ name }) => name.value);
    const isIntrospection = (name: string) => name === "__schema" || name === "__type";
    const others = selectionSet.selections.length > fields.filter((name) => name.startsWith("__")).length;
    if (!fields.some(isIntrospection) || !others) return;
    context.reportError(new GraphQLError("Ask for __schema and __type in a query of their own."));
  },
});
