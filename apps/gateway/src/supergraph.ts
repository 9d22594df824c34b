// The graph of all services: plans a query once (Hive's Rust planner), asks the services, joins their answers.
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import {
  rootFieldsOf,
  subscribeTo,
  texts,
  toldError,
  withoutSuggestion,
  withScalars,
  type Answer,
  type Answers,
  type GendanContext,
  type GraphqlRequest,
  type MaskedField,
  type Report,
} from "@gendan/service-kit";
import { unobserved, type Watch } from "@gendan/eventing";
import {
  buildASTSchema,
  getOperationAST,
  GraphQLError,
  isEnumType,
  Kind,
  parse,
  type ASTNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";
import { Deadline } from "./deadline.js";
import { openSubscriptions } from "./live/subscriptions.js";
import { plannable } from "./plannable.js";
import { notAsked, timedOut, unavailable, type SubgraphExecutor, type SubgraphRequest } from "./subgraph-executor.js";

export interface Supergraph {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  execute(request: GraphqlRequest): Promise<Answer>;
  /** Begins a subscription: its answers, or why there are none. */
  subscribe(request: GraphqlRequest): Promise<Answers | Answer>;
  /** Makes what Hive otherwise makes with the first request, a fraction of a second for a large graph. */
  warmUp(): void;
}

export interface SupergraphOptions {
  /** Told of errors that callers are not shown. */
  readonly report: Report;
  /** The longest that a request takes, over all services, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Told of what a service is asked for. */
  readonly watch?: (service: string) => Watch;
}

/** What Hive carries from a request to each question that it asks a service. */
interface Carried extends Pick<SubgraphRequest, "context" | "deadline"> {
  /** What services say of how old their part of the answer is. */
  readonly stale: Record<string, string>;
  /** What services say of fields that the caller does not see, by the fields' names. */
  readonly masked: Map<string, MaskedField>;
}

type Handler = Awaited<ReturnType<typeof unifiedGraphHandler>>;
type Executor = NonNullable<Handler["executor"]>;

/** Opens a composed supergraph. Throws when a service that it names has no executor. */
export async function openSupergraph(
  supergraphSdl: string,
  executors: Readonly<Record<string, SubgraphExecutor>>,
  options: SupergraphOptions,
): Promise<Supergraph> {
  const unifiedGraph = readSupergraph(supergraphSdl);
  const services = servicesOf(unifiedGraph);
  const missing = services.filter((name) => !(name in executors));
  if (missing.length > 0) throw new Error(`The supergraph names services that nobody runs: ${missing.join(", ")}.`);
  const watches = new Map(services.map((name) => [name, (options.watch ?? unwatched)(name)]));
  const handler = await unifiedGraphHandler({
    unifiedGraph,
    getUnifiedGraphSDL: () => supergraphSdl,
    onSubgraphExecute: (name, { document, variables, operationName, context }) => {
      const { stale, masked, ...carried } = context as Carried;
      const request = { document, variables: variables ?? {}, operationName, ...carried };
      const asked = watched(watches.get(name)!, request, (each) => ask(name, executors[name]!, each, options.report));
      return noted(asked, stale, masked) as never;
    },
  });
  const executor = handler.executor!;
  const schema = withScalars(handler.unifiedGraph);
  const graphs = graphsOf(unifiedGraph);
  openSubscriptions(schema, unifiedGraph, executors, (graph) => graphs.get(graph)!);
  return {
    schema,
    execute: (request) => execute(executor, named(request), options),
    subscribe: (request) => subscribeTo(schema, named(request), options.report),
    warmUp: () => void handler.getSubgraphSchema(services[0]!),
  };
}

/** Whatever its sender said, services hear what the request asks for. */
function named(request: GraphqlRequest): GraphqlRequest {
  request.context.operation = rootFieldsOf(request.document, request.operationName);
  return request;
}

/** The names of the services that a composed supergraph asks. */
export const servicesIn = (supergraphSdl: string): readonly string[] => servicesOf(readSupergraph(supergraphSdl));

function readSupergraph(sdl: string): GraphQLSchema {
  if (sdl.trim() === "") throw new Error("The supergraph is empty: no service had a schema when it was built.");
  return buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
}

/** The services' names, as the composition keeps them: `enum join__Graph { ORDER @join__graph(name: "order") }`. */
const servicesOf = (unifiedGraph: GraphQLSchema): string[] => [...graphsOf(unifiedGraph).values()];

/** The same by the names that the supergraph has for them: ORDER. */
function graphsOf(unifiedGraph: GraphQLSchema): ReadonlyMap<string, string> {
  const graphs = unifiedGraph.getType("join__Graph");
  if (!isEnumType(graphs)) throw new Error("This is no supergraph: it has no join__Graph.");
  return new Map(
    graphs.getValues().map(({ name, astNode }) => {
      const [argument] = astNode?.directives?.[0]?.arguments?.filter(({ name }) => name.value === "name") ?? [];
      return [name, argument?.value.kind === Kind.STRING ? argument.value.value : name];
    }),
  );
}

/** Keeps what the answer says of its age, and of what is left out of it. */
async function noted(asked: Promise<Answer>, stale: Carried["stale"], masked: Carried["masked"]): Promise<Answer> {
  const { extensions, ...answer } = await asked;
  Object.assign(stale, extensions?.stale);
  for (const each of extensions?.masked ?? []) masked.set(each.field, each);
  return answer;
}

const unwatched = (service: string): Watch => unobserved.watch(service, "command", service);

/** What the service does for the request follows from this question. */
async function watched(
  watch: Watch,
  request: SubgraphRequest,
  ask: (request: SubgraphRequest) => Promise<Answer>,
): Promise<Answer> {
  const { context } = request;
  const work = watch.begin(context, "");
  const { traceparent } = work;
  const answer = await ask(traceparent === undefined ? request : { ...request, context: { ...context, traceparent } });
  // Without data the service was not reached, or was late.
  const code = "data" in answer ? undefined : answer.errors?.[0]?.extensions?.["code"];
  work.end(typeof code === "string" ? code : "answered");
  return answer;
}

/** A service that fails altogether, or is late, leaves its fields null, and the others' as they are. */
async function ask(
  name: string,
  executor: SubgraphExecutor,
  request: SubgraphRequest,
  report: Report,
): Promise<Answer> {
  const { deadline, context } = request;
  const leftMs = deadline.leftMs;
  // The plan goes on after a late answer; another mutation of it must not begin when nobody waits any more.
  if (leftMs === 0) return notAsked(name, request);
  try {
    const answer = executor.execute(request);
    if (!(answer instanceof Promise)) return answer;
    return await deadline.bound(answer, () => {
      report(new Error(`${name} was not done when the request's time was over.`), context);
      return timedOut(name, leftMs, request);
    });
  } catch (error) {
    report(error, context);
    return unavailable(name, request);
  }
}

async function execute(
  executor: Executor,
  request: GraphqlRequest,
  { report, requestTimeoutMs }: SupergraphOptions,
): Promise<Answer> {
  const { document, variables, operationName, context } = request;
  const operation = getOperationAST(document, operationName);
  if (!operation) return { errors: [operationFault(operationName)] };
  const carried: Carried = { context, deadline: new Deadline(requestTimeoutMs), stale: {}, masked: new Map() };
  try {
    const { data, errors } = (await executor({
      document: plannable(document),
      variables,
      operationName,
      context: carried,
    } as never)) as {
      data?: Answer["data"];
      errors?: readonly GraphQLError[];
    };
    return {
      data: data ?? null,
      ...(errors?.length ? { errors: errors.map(presented) } : {}),
      ...extensionsOf(carried),
    };
  } catch (error) {
    return { errors: requestFaults(error, context, report) };
  } finally {
    carried.deadline.clear();
  }
}

function extensionsOf({ stale, masked }: Carried): Pick<Answer, "extensions"> {
  const isStale = Object.keys(stale).length > 0;
  if (!isStale && masked.size === 0) return {};
  return {
    extensions: { ...(isStale ? { stale } : {}), ...(masked.size > 0 ? { masked: [...masked.values()] } : {}) },
  };
}

const operationFault = (name: string | undefined): GraphQLFormattedError => ({
  message:
    name === undefined ? "Name one of the query's operations as operationName." : `There is no operation "${name}".`,
  extensions: { code: "BAD_USER_INPUT" },
});

/** The services have masked their errors already; where in a service's query one lies says nothing to the client. */
const presented = ({ message, path, extensions }: GraphQLError): GraphQLFormattedError => ({
  message: withoutSuggestion(message),
  ...(path === undefined ? {} : { path }),
  extensions: { code: "INTERNAL", ...extensions },
});

/** What is thrown before a service is asked: variables that do not fit, or else our own fault. */
function requestFaults(error: unknown, context: GendanContext, report: Report): readonly GraphQLFormattedError[] {
  const errors = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  return errors.map((each) => {
    if (each instanceof GraphQLError) {
      return { message: withoutSuggestion(each.message), extensions: { code: "BAD_USER_INPUT", ...each.extensions } };
    }
    report(each, context);
    const { correlation } = context;
    const message = `The request failed (INTERNAL). The gateway's log says why under ${correlation}.`;
    return { message, extensions: { code: "INTERNAL", correlation } };
  });
}

/** The planner answers introspection by itself, and only whole queries of it. */
export const introspectionAlone: ValidationRule = (context) => ({
  Field(node, _key, _parent, _path, ancestors) {
    if (!isIntrospection(node.name.value) || isOperation(ancestors.at(-2))) return;
    context.reportError(toldError(texts.introspectionInFragment(), { nodes: node }));
  },
  OperationDefinition({ selectionSet }) {
    const fields = selectionSet.selections.filter((each) => each.kind === Kind.FIELD).map(({ name }) => name.value);
    const others = selectionSet.selections.length > fields.filter((name) => name.startsWith("__")).length;
    if (!fields.some(isIntrospection) || !others) return;
    context.reportError(toldError(texts.introspectionMixed()));
  },
});

const isIntrospection = (name: string): boolean => name === "__schema" || name === "__type";

/** Of what lies above a field: its selection set's owner. */
const isOperation = (node: ASTNode | readonly ASTNode[] | undefined): boolean =>
  node !== undefined && "kind" in node && node.kind === Kind.OPERATION_DEFINITION;
