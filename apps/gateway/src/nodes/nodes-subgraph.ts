// node(id): asks the services whose it is. What is selected of it is then fetched as of any other reference.
import type { Answer } from "@gendan/service-kit";
import { execute, buildSchema, GraphQLError, parse, type DocumentNode, type GraphQLFormattedError } from "graphql";
import type { SubgraphExecutor, SubgraphRequest } from "../subgraph-executor.js";
import { nodesSdl, nodeTypes } from "./node-types.js";

interface Found {
  readonly __typename: string;
  readonly id: string;
}

/** The question to each service: one query for each of its types. */
const questions: ReadonlyMap<string, DocumentNode> = new Map(
  Object.entries(
    Object.groupBy(Object.values(nodeTypes), ({ service }) => service) as Record<string, { query: string }[]>,
  ).map(([service, types]) => {
    const fields = types.map(({ query }) => `${query}(id: $id) { __typename id }`);
    return [service, parse(`query Node($id: ID!) { ${fields.join(" ")} }`)];
  }),
);

// Directives of federation are for the composition alone.
const schema = buildSchema(nodesSdl.replaceAll(/ @key\([^)]*\)/g, "").replace("extend type Query", "type Query"));

/** The part of the graph that is the gateway's own. Needs an executor of each service that has nodes. */
export function nodesSubgraph(executors: Readonly<Record<string, SubgraphExecutor>>): SubgraphExecutor {
  return {
    async execute(request) {
      const { document, variables, operationName } = request;
      const result = await execute({
        schema,
        document,
        rootValue: { node: ({ id }: { readonly id: string }) => find(executors, request, id) },
        ...(variables === undefined ? {} : { variableValues: variables }),
        operationName,
      });
      const { data, errors } = result;
      return { data: data ?? null, ...(errors ? { errors: errors.map(formatted) } : {}) };
    },
  };
}

async function find(
  executors: Readonly<Record<string, SubgraphExecutor>>,
  request: SubgraphRequest,
  id: string,
): Promise<Found | null> {
  const answers = await Promise.all(
    [...questions].map(([service, document]) => ask(executors[service]!, { ...request, document, variables: { id } })),
  );
  for (const { data } of answers) {
    const found = Object.values((data ?? {}) as Readonly<Record<string, Found | null>>).find((each) => each !== null);
    if (found) return found;
  }
  // Of a service that did not answer nobody knows whether it is there.
  const [error] = answers.flatMap(({ errors = [] }) => errors);
  if (error) throw new GraphQLError(error.message, { extensions: error.extensions ?? {} });
  return null;
}

const ask = (executor: SubgraphExecutor, request: SubgraphRequest): Promise<Answer> =>
  Promise.resolve(executor.execute({ ...request, operationName: "Node" }));

const formatted = ({ message, path, extensions }: GraphQLError): GraphQLFormattedError => ({
  message,
  ...(path === undefined ? {} : { path }),
  extensions,
});
