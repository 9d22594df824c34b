// What a request asks for, in the schema's own words: the fields at its top. Never what its sender calls it.
import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from "graphql";

const MOST_NAMED = 10;

const known = new WeakMap<DocumentNode, Map<string | undefined, string>>();

/** The names of an operation's top fields, such as "customer, orders"; of the first ten. The document was validated. */
export function rootFieldsOf(document: DocumentNode, operationName?: string): string {
  const names = known.get(document) ?? new Map<string | undefined, string>();
  let fields = names.get(operationName);
  if (fields === undefined) {
    fields = read(document, operationName);
    known.set(document, names.set(operationName, fields));
  }
  return fields;
}

function read(document: DocumentNode, operationName: string | undefined): string {
  const found = new Set(topFieldsOf(document, operationName).map(({ name }) => name.value));
  return [...found].slice(0, MOST_NAMED).join(", ");
}

/** An operation's top fields in order, those of fragments among them; none where it is not there. The document was validated. */
export function topFieldsOf(document: DocumentNode, operationName: string | undefined): readonly FieldNode[] {
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each] as const),
  );
  const collect = ({ selections }: SelectionSetNode): readonly FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
      return collect(fragment.selectionSet);
    });
  const operation = getOperationAST(document, operationName);
  return operation ? collect(operation.selectionSet) : [];
}
