// Every way through the graph that leads to rows, taken from its schema: what is selected, as a tree, and its text.
import { join } from "node:path";
import { partsBeside } from "@gendan/gateway/compose";
import { FIELD_CLASSES, type FieldClass } from "@gendan/security";
import {
  buildSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind as Ast,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { publicSchemaOf } from "@gendan/gateway/schema/schema-files";

/** Types of rows, each with an id and a scope. */
export const KINDS = [
  ...[
    "Quotation",
    "Order",
    "Shipment",
    "Case",
    "Issue",
    "Interaction",
    "Satisfaction",
    "Invoice",
    "Receipt",
    "Customer",
    "Contact",
  ],
] as const;
const rows: ReadonlySet<string> = new Set(KINDS);
/** Whatever has an id: what is asked of it is asked of each kind for itself. */
const NODE = "Node";
const connection = (type: string): string | undefined => /^(\w+)Connection$/.exec(type)?.[1];

/** A selected field: of a row, of a list or connection of rows, of a timeline, or of what lies between. */
export interface Selected {
  readonly field: string;
  /** The type that it is a field of, and the type that it leads to. */
  readonly on: string;
  readonly to: string;
  readonly form: "plain" | "connection" | "timeline";
  readonly below: readonly Selected[];
}

export class Graph {
  readonly schema: GraphQLSchema;
  /** `Type.field` → the classes that a caller must see to be answered. */
  readonly classes = new Map<string, readonly FieldClass[]>();

  constructor(apps: string) {
    const parts = partsBeside(apps, "src");
    this.schema = buildSchema(publicSchemaOf(parts));
    for (const { sdl } of parts) this.readClasses(sdl);
  }

  /** The fields of a type that lead to rows, over whatever lies between. */
  ways(type: string): readonly Selected[] {
    return this.fieldsOf(type).flatMap((field) => this.way(type, field, new Set([type])) ?? []);
  }

  /** `Type.field` of every way that there is from what a query can begin with. */
  allWays(): ReadonlySet<string> {
    const seen = new Set<string>();
    const visit = (type: string): void => {
      for (const { on, field, to } of this.ways(type)) {
        if (seen.has(`${on}.${field}`)) continue;
        seen.add(`${on}.${field}`);
        visit(to);
      }
    };
    visit("Query");
    return seen;
  }

  /** Trees that together go every way from this field on, each at most so deep. */
  trees(way: Selected, depth: number): Selected[] {
    if (way.form === "timeline" || depth === 0) return [way];
    // What lies between rows is on the way to them, and no further away.
    const left = rows.has(way.to) ? depth - 1 : depth;
    const below = this.ways(way.to).flatMap((each) => this.trees(each, left));
    return below.length === 0 ? [way] : below.map((tree) => ({ ...way, below: [tree] }));
  }

  private fieldsOf(type: string): GraphQLField<unknown, unknown>[] {
    const found = this.schema.getType(type);
    return isObjectType(found) || isInterfaceType(found) ? Object.values(found.getFields()) : [];
  }

  private way(on: string, field: GraphQLField<unknown, unknown>, seen: ReadonlySet<string>): Selected | undefined {
    const { name } = getNamedType(field.type);
    const of = connection(name);
    const base = { field: field.name, on, below: [] };
    if (rows.has(name) || name === NODE) return { ...base, to: name, form: "plain" };
    if (of === "Timeline") return { ...base, to: "TimelineItem", form: "timeline" };
    if (of !== undefined && rows.has(of)) return { ...base, to: of, form: "connection" };
    if (on === "Query" || seen.has(name) || !isObjectType(getNamedType(field.type))) return undefined;
    const leads = this.fieldsOf(name).some((each) => this.way(name, each, new Set([...seen, name])));
    return leads ? { ...base, to: name, form: "plain" } : undefined;
  }

  private readClasses(sdl: string): void {
    for (const definition of parse(sdl).definitions) {
      if (definition.kind !== Ast.OBJECT_TYPE_DEFINITION && definition.kind !== Ast.OBJECT_TYPE_EXTENSION) continue;
      for (const { name, directives = [] } of definition.fields ?? []) {
        const whole = directives
          .filter(({ arguments: given = [] }) => given.length === 0)
          .map((each) => each.name.value);
        const classes = FIELD_CLASSES.filter((each) => whole.includes(each));
        if (classes.length > 0) this.classes.set(`${definition.name.value}.${name.value}`, classes);
      }
    }
  }
}

export const openGraph = (): Graph => new Graph(join(import.meta.dirname, "../../.."));

const PAGE = 100;

/** The text of a selection. Of a row always something is asked that only its own service knows. */
export function textOf({ field, to, form, below }: Selected, given = ""): string {
  const inner = below.map((each) => textOf(each)).join(" ");
  if (form === "timeline") return `${field}(first: ${PAGE}) { nodes { id subjectIds } }`;
  const own = rows.has(to) ? "id department" : "__typename";
  if (to === NODE) return `${field}${given} { ${KINDS.map((kind) => `... on ${kind} { id department }`).join(" ")} }`;
  if (form === "plain") return `${field}${given} { ${own} ${inner} }`;
  return `${field}${given || `(first: ${PAGE})`} { totalCount nodes { ${own} ${inner} } ${given ? "pageInfo { hasNextPage endCursor }" : ""} }`;
}

export const waysIn = (tree: Selected): string[] => [`${tree.on}.${tree.field}`, ...tree.below.flatMap(waysIn)];

export const argumentsOf = (type: GraphQLObjectType | undefined, field: string): readonly string[] =>
  type?.getFields()[field]?.args.map(({ name }) => name) ?? [];
