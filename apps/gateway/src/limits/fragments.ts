// A document's fragments by their names.
import { Kind, type DocumentNode, type FragmentDefinitionNode } from "graphql";

export const fragmentsIn = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
