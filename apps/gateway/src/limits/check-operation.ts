// What is checked of an operation once its variables are there: how much it asks for, and whether the caller may read the schema.
import { errorOf, texts, type Answer, type GatewayConfig, type GraphqlRequest, type Text } from "@gendan/service-kit";
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
      return failed("FORBIDDEN", texts.noIntrospection(), {});
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
    return failed("PAGE_TOO_LARGE", texts.pageTooLarge(field, rows, pageRows), { rows, limit: pageRows });
  }
  if (objects > queryCost) {
    return failed("QUERY_TOO_COSTLY", texts.tooCostly(objects, queryCost), { cost: objects, limit: queryCost });
  }
  return undefined;
}

const failed = (code: string, text: Text, details: Readonly<Record<string, number>>): Answer => ({
  errors: [errorOf(text, { ...details, code })],
});
