// Documents as the planner takes them: it leaves out a fragment that follows `__typename` at the beginning of an operation, and
// takes both where the field is in a fragment of its own.
import { Kind, type DefinitionNode, type DocumentNode, type InlineFragmentNode, type SelectionNode } from "graphql";

const known = new WeakMap<DocumentNode, DocumentNode>();

/** The same document where it can be planned as it is. Made once for each document, because plans are kept by it. */
export function plannable(document: DocumentNode): DocumentNode {
  const before = known.get(document);
  if (before) return before;
  const definitions = document.definitions.map(rewritten);
  const isSame = definitions.every((definition, index) => definition === document.definitions[index]);
  const made = isSame ? document : { ...document, definitions };
  known.set(document, made);
  return made;
}

function rewritten(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
  const { selections } = definition.selectionSet;
  const names = selections.findIndex((each) => !isName(each));
  if (names < 1 || selections[names]!.kind === Kind.FIELD) return definition;
  const wrapped = selections.map((each, index) => (index < names ? inFragment(each) : each));
  return { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections: wrapped } };
}

const isName = (selection: SelectionNode): boolean =>
  selection.kind === Kind.FIELD && selection.name.value === "__typename";

const inFragment = (selection: SelectionNode): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
});
