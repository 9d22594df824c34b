// Dry runs in the graph: every mutation takes `dryRun`, every payload says what would happen.
import { DryRun } from "@gendan/eventing";
import {
  getOperationAST,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from "graphql";
import { topFieldsOf } from "./root-fields.js";

const template = parse(`
  type Mutation {
    mutation(
      "Say what would happen, and change nothing. All mutations of an operation or none; a later one sees what the earlier ones would do."
      dryRun: Boolean
    ): Payload
  }
  type Payload {
    "What would happen; null unless it is a dry run."
    dryRun: DryRun
  }
`);
const [mutations, payload] = template.definitions as [ObjectTypeDefinitionNode, ObjectTypeDefinitionNode];
const argument = mutations.fields![0]!.arguments![0]!;
const field = payload.fields![0]!;

/** A service's schema in which every mutation can be a dry run. */
export function withDryRuns(document: DocumentNode): DocumentNode {
  const payloads = new Set<string>();
  const isMutation = ({ name }: { readonly name: { readonly value: string } }) => name.value === "Mutation";
  const dry = (each: FieldDefinitionNode): FieldDefinitionNode => {
    payloads.add(namedType(each.type));
    return { ...each, arguments: [...(each.arguments ?? []), argument as InputValueDefinitionNode] };
  };
  const extended = <Node extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: Node): Node | undefined =>
    isMutation(node) ? { ...node, fields: (node.fields ?? []).map(dry) } : undefined;
  const withArguments = visit(document, { ObjectTypeDefinition: extended, ObjectTypeExtension: extended });
  return visit(withArguments, {
    ObjectTypeDefinition: (node) =>
      payloads.has(node.name.value) ? { ...node, fields: [...(node.fields ?? []), field] } : undefined,
  });
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

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
