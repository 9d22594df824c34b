// What a request asks for, in the schema's own words: the fields at its top. Never what its sender calls it.
import { getOperationAST, Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";

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
  const operation = getOperationAST(document, operationName);
  if (!operation) return "";
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each] as const),
  );
  const found = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else collect(fragments.get(selection.name.value)!.selectionSet);
    }
  };
  collect(operation.selectionSet);
  return [...found].slice(0, MOST_NAMED).join(", ");
}
