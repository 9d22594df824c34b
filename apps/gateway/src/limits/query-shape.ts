// How deep and how wide an operation is, by its text alone, with its fragments written out. Each fragment is measured once, so
// that fragments within fragments, which double with every line, take no longer than others.
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { texts, toldError, type GatewayConfig, type Text } from "@gendan/service-kit";
import { fragmentsIn } from "./fragments.js";

export interface Shape {
  /** Fields within fields; a field of the operation itself is at 1. What is asked of the schema itself is not counted. */
  readonly depth: number;
  /** Fields that are given another name. */
  readonly aliases: number;
  /** All fields and spreads. */
  readonly selections: number;
}

type ShapeLimits = Pick<GatewayConfig, "queryDepth" | "queryAliases" | "queryTokens">;

/** Why the operations of a document are too deep or too wide; empty where they are not. */
export function checkShape(document: DocumentNode, limits: ShapeLimits): readonly GraphQLError[] {
  const shapes = new Shapes(document);
  return document.definitions
    .filter((each) => each.kind === Kind.OPERATION_DEFINITION)
    .flatMap(({ selectionSet }) => faultsOf(shapes.of(selectionSet), limits));
}

/** Measures what a document selects. */
export class Shapes {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** A fragment that contains itself, which validation refuses, counts nothing inside itself. */
  private readonly measured = new Map<string, Shape>();

  constructor(document: DocumentNode) {
    this.fragments = fragmentsIn(document);
  }

  of({ selections }: SelectionSetNode): Shape {
    return selections.map((each) => this.ofSelection(each)).reduce(besides, nothing);
  }

  private ofSelection(selection: SelectionNode): Shape {
    switch (selection.kind) {
      case Kind.FIELD: {
        const { alias, name, selectionSet } = selection;
        const inner = selectionSet === undefined ? nothing : this.of(selectionSet);
        // The schema itself is deep; validation bounds how its lists may be nested.
        const depth = name.value.startsWith("__") ? 1 : 1 + inner.depth;
        return {
          depth,
          aliases: inner.aliases + (alias === undefined ? 0 : 1),
          selections: 1 + inner.selections,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return besides(spread, this.of(selection.selectionSet));
      case Kind.FRAGMENT_SPREAD:
        return besides(spread, this.ofFragment(selection.name.value));
    }
  }

  private ofFragment(name: string): Shape {
    const known = this.measured.get(name);
    if (known !== undefined) return known;
    const fragment = this.fragments.get(name);
    if (fragment === undefined) return nothing;
    this.measured.set(name, nothing);
    const shape = this.of(fragment.selectionSet);
    this.measured.set(name, shape);
    return shape;
  }
}

const nothing: Shape = { depth: 0, aliases: 0, selections: 0 };
const spread: Shape = { ...nothing, selections: 1 };

const besides = (one: Shape, other: Shape): Shape => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  selections: one.selections + other.selections,
});

function faultsOf(shape: Shape, { queryDepth, queryAliases, queryTokens }: ShapeLimits): GraphQLError[] {
  const faults: GraphQLError[] = [];
  if (shape.depth > queryDepth) {
    const text = texts.tooDeep(shape.depth, queryDepth);
    faults.push(fault("QUERY_TOO_DEEP", text, { depth: shape.depth, limit: queryDepth }));
  }
  if (shape.aliases > queryAliases) {
    const text = texts.tooManyAliases(shape.aliases, queryAliases);
    faults.push(fault("TOO_MANY_ALIASES", text, { aliases: shape.aliases, limit: queryAliases }));
  }
  // Without fragments a query has fewer fields than tokens; with them it may have any number.
  if (shape.selections > queryTokens) {
    faults.push(fault("QUERY_TOO_WIDE", texts.tooWide(queryTokens), { limit: queryTokens }));
  }
  return faults;
}

const fault = (code: string, text: Text, details: Readonly<Record<string, number>>): GraphQLError =>
  toldError(text, { code, ...details });
