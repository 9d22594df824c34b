// What a change of the public schema would break, in clients that keep to what was released.
import {
  buildSchema,
  findBreakingChanges,
  GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type ConstDirectiveNode,
} from "graphql";

/**
 * Everything that a client of the released schema might miss, but what was deprecated there already: such a field, argument or
 * value may go, and with it a type that nothing else leads to.
 */
export const breakingChanges = (released: string, current: string): readonly string[] =>
  findBreakingChanges(withoutDeprecated(released), buildSchema(current)).map(({ description }) => description);

/** The schema that the released one would be without what it says is deprecated. */
function withoutDeprecated(sdl: string): GraphQLSchema {
  const dropDeprecated = { enter: (node: ASTNode) => (isDeprecated(node) ? null : undefined) };
  const kept = visit(parse(sdl), {
    FieldDefinition: dropDeprecated,
    InputValueDefinition: dropDeprecated,
    EnumValueDefinition: dropDeprecated,
  });
  const schema = buildSchema(print(kept), { assumeValidSDL: true });
  const { query, mutation, subscription, directives } = schema.toConfig();
  // Made again from where operations begin, it has the types alone that something leads to.
  const reached = new GraphQLSchema({ query, mutation, subscription, directives });
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => isInterfaceType(reached.getType(name))),
  );
  return new GraphQLSchema({ query, mutation, subscription, directives, types });
}

const isDeprecated = (node: ASTNode): boolean =>
  "directives" in node &&
  ((node.directives ?? []) as readonly ConstDirectiveNode[]).some(
    (each) => each.kind === Kind.DIRECTIVE && each.name.value === "deprecated",
  );
