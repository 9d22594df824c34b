// What is checked of an operation once its variables are there: how much it asks for, and whether the caller may read the schema.
import type { Answer, GatewayConfig, GraphqlRequest } from "@gendan/service-kit";
import { getOperationAST, Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { costOf } from "./query-cost.js";

export type OperationLimits = Pick<GatewayConfig, "queryCost" | "pageRows" | "unpagedRows">;

/** Why the request is not executed; undefined for one that is. The document is one that was validated. */
export function operationCheck(
  schema: GraphQLSchema,
  limits: OperationLimits,
): (request: GraphqlRequest) => Answer | undefined {
  /** Of operations without variables, which cost the same each time. */
  const verdicts = new WeakMap<OperationDefinitionNode, { readonly refusal: Answer | undefined }>();
  const costRefusal = (document: DocumentNode, operation: OperationDefinitionNode, { variables }: GraphqlRequest) => {
    const known = verdicts.get(operation);
    if (known) return known.refusal;
    const { objects, largestPage } = costOf(schema, document, operation, variables, limits);
    const refusal = refusalOf(objects, largestPage, limits);
    if (!operation.variableDefinitions?.length) verdicts.set(operation, { refusal });
    return refusal;
  };
  return (request) => {
    const { document, operationName, context } = request;
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined; // said by whoever executes it
    if (readsSchema(operation) && !context.caller.grants?.rights.has("introspection")) {
      return failed("FORBIDDEN", "None of your roles has the right to read the schema (introspection).", {});
    }
    return costRefusal(document, operation, request);
  };
}

/** A rule of its own has made sure that whoever asks for the schema asks for nothing else, and without a fragment. */
const readsSchema = ({ selectionSet }: OperationDefinitionNode): boolean =>
  selectionSet.selections.some(
    (each) => each.kind === Kind.FIELD && (each.name.value === "__schema" || each.name.value === "__type"),
  );

function refusalOf(
  objects: number,
  { rows, field }: { readonly rows: number; readonly field: string },
  { queryCost, pageRows }: OperationLimits,
): Answer | undefined {
  if (rows > pageRows) {
    const message = `${field} has pages of at most ${pageRows} rows, not ${rows}: fetch more page by page, with after.`;
    return failed("PAGE_TOO_LARGE", message, { rows, limit: pageRows });
  }
  if (objects > queryCost) {
    const message = `The query asks for up to ${objects} objects, at most ${queryCost} are given: ask for smaller pages, or for less of each row.`;
    return failed("QUERY_TOO_COSTLY", message, { cost: objects, limit: queryCost });
  }
  return undefined;
}

const failed = (code: string, message: string, details: Readonly<Record<string, number>>): Answer => ({
  errors: [{ message, extensions: { ...details, code } }],
});
