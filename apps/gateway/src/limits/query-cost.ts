// What an operation may ask for at most: objects, lists by their sizes. Reckoned before anything is executed.
import type { GatewayConfig, Variables } from "@gendan/service-kit";
import { DEFAULT_PAGE_ROWS } from "@gendan/service-kit";
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { fragmentsIn } from "./fragments.js";

export interface Cost {
  /** Objects; infinite only beyond what numbers can say. */
  readonly objects: number;
  /** The largest page asked for, in rows, and of which field. */
  readonly largestPage: { readonly rows: number; readonly field: string };
}

export type CostBounds = Pick<GatewayConfig, "unpagedRows">;

/** What one whole reading of the schema costs: it has about as many objects. */
const INTROSPECTION_COST = 500;

/**
 * The cost of a validated operation: each object 1, scalars nothing, a list as often as `first` or `last` says (the default page
 * where they do not), another list `unpagedRows` times. A field that is selected twice, in two fragments say, counts twice.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  bounds: CostBounds,
): Cost {
  const root = schema.getRootType(operation.operation);
  if (!root) return { objects: 0, largestPage: { rows: 0, field: "" } };
  const reckoning = new Reckoning(schema, document, valuesOf(operation, variables), bounds);
  const objects = reckoning.of(operation.selectionSet, root, undefined);
  return { objects, largestPage: reckoning.largestPage };
}

class Reckoning {
  largestPage = { rows: 0, field: "" };
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly known = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: ReadonlyMap<string, unknown>,
    private readonly bounds: CostBounds,
  ) {
    this.fragments = fragmentsIn(document);
  }

  /** `pageRows`: the selections are of a connection's, whose lists have so many rows. */
  of({ selections }: SelectionSetNode, type: GraphQLNamedType, pageRows: number | undefined): number {
    let objects = 0;
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          objects += this.ofField(selection, type, pageRows);
          break;
        case Kind.INLINE_FRAGMENT: {
          const on = selection.typeCondition && this.schema.getType(selection.typeCondition.name.value);
          objects += this.of(selection.selectionSet, on ?? type, pageRows);
          break;
        }
        case Kind.FRAGMENT_SPREAD:
          objects += this.ofFragment(selection.name.value, pageRows);
          break;
      }
    }
    return objects;
  }

  private ofFragment(name: string, pageRows: number | undefined): number {
    const key = `${name} ${pageRows}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const fragment = this.fragments.get(name);
    const type = fragment && this.schema.getType(fragment.typeCondition.name.value);
    const objects = fragment && type ? this.of(fragment.selectionSet, type, pageRows) : 0;
    this.known.set(key, objects);
    return objects;
  }

  private ofField(node: FieldNode, parent: GraphQLNamedType, pageRows: number | undefined): number {
    const name = node.name.value;
    if (name === "__schema" || name === "__type") return INTROSPECTION_COST;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (field === undefined || !node.selectionSet) return 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return 0;
    const rows = this.rowsOf(node, field);
    if (isListType(getNullableType(field.type))) {
      return (rows ?? pageRows ?? this.bounds.unpagedRows) * (1 + this.of(node.selectionSet, type, undefined));
    }
    return 1 + this.of(node.selectionSet, type, rows);
  }

  /** How many rows are asked for; undefined for a field that has no pages. */
  private rowsOf(node: FieldNode, { name, args }: GraphQLField<unknown, unknown>): number | undefined {
    const paging = args.filter((argument) => argument.name === "first" || argument.name === "last");
    if (paging.length === 0) return undefined;
    const asked = paging.flatMap((argument) => {
      const given = node.arguments?.find((each) => each.name.value === argument.name)?.value;
      const value = given?.kind === Kind.VARIABLE ? this.variables.get(given.name.value) : undefined;
      const rows = given?.kind === Kind.INT ? Number(given.value) : (value ?? argument.defaultValue);
      return typeof rows === "number" && rows >= 0 ? [rows] : [];
    });
    const rows = asked.length === 0 ? DEFAULT_PAGE_ROWS : Math.max(...asked);
    if (rows > this.largestPage.rows) this.largestPage = { rows, field: name };
    return rows;
  }
}

/** Whole numbers alone matter; others do not fit `first`, which is said when the operation is executed. */
function valuesOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): ReadonlyMap<string, unknown> {
  return new Map(
    variableDefinitions.map(({ variable, defaultValue }) => {
      const name = variable.name.value;
      const byDefault = defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined;
      return [name, variables[name] ?? byDefault];
    }),
  );
}
