// What every mutation takes and every payload tells, whatever a service's own schema says of it.
import {
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from "graphql";

const template = parse(`
  type Mutation {
    mutation(
      "Say what would happen, and change nothing. All mutations of an operation or none; a later one sees what the earlier ones would do."
      dryRun: Boolean
      "Only while what it changes is at this revision, as it was read; \\"-1\\": only where there is nothing yet. Else REVISION_CHANGED."
      expectedRevision: String
    ): Payload
  }
  type Payload {
    "What would happen; null unless it is a dry run."
    dryRun: DryRun
  }
`);
const [mutations, payload] = template.definitions as [ObjectTypeDefinitionNode, ObjectTypeDefinitionNode];
const added = mutations.fields![0]!.arguments!;
const field = payload.fields![0]!;

/** A service's schema in which every mutation can be a dry run, and say what it expects. */
export function withMutationArguments(document: DocumentNode): DocumentNode {
  const payloads = new Set<string>();
  const isMutation = ({ name }: { readonly name: { readonly value: string } }) => name.value === "Mutation";
  const extend = (each: FieldDefinitionNode): FieldDefinitionNode => {
    payloads.add(namedType(each.type));
    return { ...each, arguments: [...(each.arguments ?? []), ...added] };
  };
  const extended = <Node extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: Node): Node | undefined =>
    isMutation(node) ? { ...node, fields: (node.fields ?? []).map(extend) } : undefined;
  const withArguments = visit(document, { ObjectTypeDefinition: extended, ObjectTypeExtension: extended });
  return visit(withArguments, {
    ObjectTypeDefinition: (node) =>
      payloads.has(node.name.value) ? { ...node, fields: [...(node.fields ?? []), field] } : undefined,
  });
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
