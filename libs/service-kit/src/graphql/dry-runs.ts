// Dry runs in the graph: which operations are some, and how they are carried out.
import { DryRun } from "@gendan/eventing";
import { getOperationAST, GraphQLError, Kind, OperationTypeNode, type ArgumentNode, type DocumentNode } from "graphql";
import { topFieldsOf } from "./root-fields.js";

/** Whether an operation is a dry run, by its variables. Throws DRY_RUN_MIXED where a part of it is one. */
export type IsDry = (variables: Readonly<Record<string, unknown>>) => boolean;

const never: IsDry = () => false;

/** How to tell whether an operation is a dry run. The document was validated. */
export function dryRunOf(document: DocumentNode, operationName: string | undefined): IsDry {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.MUTATION) return never;
  const asked = topFieldsOf(document, operationName)
    .filter(({ name }) => !name.value.startsWith("__"))
    .map((each) => each.arguments?.find(({ name }) => name.value === "dryRun"));
  if (asked.every((each) => each === undefined)) return never;
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  const isDry = (given: ArgumentNode | undefined, variables: Readonly<Record<string, unknown>>): boolean => {
    if (given?.value.kind === Kind.BOOLEAN) return given.value.value;
    if (given?.value.kind !== Kind.VARIABLE) return false;
    const { value: name } = given.value.name;
    const set = variables[name];
    if (set !== undefined) return set === true;
    const byDefault = defaults.get(name);
    return byDefault?.kind === Kind.BOOLEAN && byDefault.value;
  };
  return (variables) => {
    const dry = asked.map((given) => isDry(given, variables));
    if (dry.every(Boolean)) return true;
    if (!dry.some(Boolean)) return false;
    const message = "Of the mutations of one operation all are dry runs or none: send them in two operations.";
    throw new GraphQLError(message, { extensions: { code: "DRY_RUN_MIXED" } });
  };
}

/** Carries work out as a dry run, from beginning to end. */
export const inDryRun = <Result>(work: () => Result): Result => new DryRun().during(work);
