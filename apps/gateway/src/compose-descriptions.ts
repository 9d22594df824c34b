// Descriptions of what is called the same in many places, written once: compose-descriptions.json is the dictionary of the graph.
import { readFileSync } from "node:fs";
import {
  Kind,
  visit,
  type ASTNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type StringValueNode,
} from "graphql";

export interface Dictionary {
  readonly types: Readonly<Record<string, string>>;
  /** Types by the end of their name; {} stands for what is before it. */
  readonly endings: Readonly<Record<string, string>>;
  /** Fields and values, as `Type.name` or, where it means the same wherever it stands, as `name`. */
  readonly members: Readonly<Record<string, string>>;
}

export const readDictionary = (): Dictionary =>
  JSON.parse(readFileSync(new URL("./compose-descriptions.json", import.meta.url), "utf8")) as Dictionary;

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

/** The document with a description from the dictionary wherever it has none itself; `used` hears of each entry that was taken. */
export function describeFrom(
  document: DocumentNode,
  dictionary: Dictionary,
  used: (entry: string) => void = () => undefined,
): DocumentNode {
  const taken = (entry: string, text: string): StringValueNode => {
    used(entry);
    return { kind: Kind.STRING, value: text };
  };
  const ofType = (name: string): StringValueNode | undefined => {
    const text = entryOf(dictionary.types, name);
    if (text !== undefined) return taken(name, text);
    const [ending, meaning] =
      Object.entries(dictionary.endings).find(([end]) => name.endsWith(end) && name.length > end.length) ?? [];
    if (ending === undefined) return undefined;
    return taken(ending, meaning!.replace("{}", lowerFirst(name.slice(0, -ending.length))));
  };
  const ofMember = (type: string, name: string): StringValueNode | undefined => {
    const entry = [`${type}.${name}`, name].find((each) => Object.hasOwn(dictionary.members, each));
    return entry === undefined ? undefined : taken(entry, dictionary.members[entry]!);
  };
  const describeMembers = <Node extends Member>(type: string, members: readonly Node[] = []): Node[] =>
    members.map((each) => withDescription(each, () => ofMember(type, each.name.value)));
  return visit(document, {
    enter(node: ASTNode) {
      switch (node.kind) {
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION: {
          const fields = describeMembers(node.name.value, node.fields);
          return withDescription({ ...node, fields }, () => ofType(node.name.value));
        }
        case Kind.OBJECT_TYPE_EXTENSION:
          return { ...node, fields: describeMembers(node.name.value, node.fields) };
        case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
          const fields = describeMembers(node.name.value, node.fields);
          return withDescription({ ...node, fields }, () => ofType(node.name.value));
        }
        case Kind.ENUM_TYPE_DEFINITION: {
          const values = describeMembers(node.name.value, node.values);
          return withDescription({ ...node, values }, () => ofType(node.name.value));
        }
        default:
          return undefined;
      }
    },
  });
}

/** The document with the classes of fields in their descriptions, because clients do not see the directives. */
export function describeClasses(document: DocumentNode): DocumentNode {
  const classes = new Set(
    document.definitions.flatMap((each) => (each.kind === Kind.DIRECTIVE_DEFINITION ? [each.name.value] : [])),
  );
  return visit(document, {
    FieldDefinition(node) {
      const of = (node.directives ?? []).map(({ name }) => name.value).filter((name) => classes.has(name));
      if (of.length === 0) return undefined;
      const text = `Of the class ${of.join(", ")}: null for callers whose roles do not see it.`;
      const value = node.description ? `${node.description.value} ${text}` : text;
      return { ...node, description: { kind: Kind.STRING, value } };
    },
  });
}

const entryOf = (of: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;

function withDescription<Node extends { readonly description?: StringValueNode | undefined }>(
  node: Node,
  description: () => StringValueNode | undefined,
): Node {
  const found = node.description ?? description();
  return found === undefined ? node : { ...node, description: found };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
