// A list of the graph as the rows of a table: asked for page by page as the caller, so that scope, masks and costs are the graph's.
import { MAX_PAGE_ROWS, refused, type GatewayConfig, type Language, type Variables } from "@gendan/service-kit";
import { getNamedType, getOperationAST, isScalarType, parse, type GraphQLArgument, type GraphQLSchema } from "graphql";
import type { CallersGraph } from "../files/callers-graph.js";
import { fileTexts } from "../files/file-texts.js";
import { costOf } from "../limits/query-cost.js";
import { cellOf, selectionOf, type Cell, type Table } from "./column.js";
import type { ExportedList } from "./exported-list.js";

export type ExportLimits = Pick<GatewayConfig, "queryCost" | "pageRows" | "unpagedRows" | "exportRows">;

/** A list's query, with every argument that the list has. */
export interface ListQuery {
  readonly name: string;
  readonly text: string;
  /** Rows of a page: as many as an operation may ask for. */
  readonly pageRows: number;
  /** Besides those of paging. */
  readonly arguments: readonly GraphQLArgument[];
}

/** Of a list that the schema has. */
export function listQuery(schema: GraphQLSchema, name: string, table: ExportedList, limits: ExportLimits): ListQuery {
  const args = schema.getQueryType()!.getFields()[name]!.args;
  const declared = args.map((each) => `$${each.name}: ${String(each.type)}`).join(", ");
  const given = args.map((each) => `${each.name}: $${each.name}`).join(", ");
  const rows = selectionOf(table.columns);
  const text = `query Export_${name}(${declared}) { list: ${name}(${given}) { nodes { ${rows} } pageInfo { hasNextPage endCursor } } }`;
  const document = parse(text);
  const operation = getOperationAST(document)!;
  // Two sizes tell what a row costs and what a page costs besides.
  const cost = (first: number): number => costOf(schema, document, operation, { first }, limits).objects;
  const perRow = Math.max(1, cost(2) - cost(1));
  const fitting = Math.floor((limits.queryCost - (cost(1) - perRow)) / perRow);
  return {
    name,
    text,
    pageRows: Math.max(1, Math.min(fitting, limits.pageRows, MAX_PAGE_ROWS)),
    arguments: args.filter((each) => each.name !== "first" && each.name !== "after"),
  };
}

/** What a URL says of a list: texts as they stand, everything else as JSON. Throws a RequestRefused. */
export function argumentsOf(query: ListQuery, given: Readonly<Record<string, unknown>>): Variables {
  const known = new Map(query.arguments.map((each) => [each.name, each]));
  const entries = Object.entries(given).map(([name, value]) => {
    const argument = known.get(name);
    if (!argument) {
      throw refused(400, "BAD_REQUEST", fileTexts.noSuchArgument(name, [...known.keys(), "lang"].join(", ")));
    }
    return [name, isText(argument) ? value : parsed(name, String(value))] as const;
  });
  return Object.fromEntries(entries);
}

const isText = ({ type }: GraphQLArgument): boolean => {
  const named = getNamedType(type);
  return isScalarType(named) && !["Int", "Float", "Boolean"].includes(named.name);
};

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refused(400, "BAD_REQUEST", fileTexts.argumentNotJson(name));
  }
}

interface Page {
  readonly list: {
    readonly nodes: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

/**
 * The heading and the rows, in groups of a page each. The first page is there before anything is given, so that what cannot be read
 * is refused as such. At `exportRows` it ends with a row that says so.
 */
export async function rowsOf(
  graph: CallersGraph,
  query: ListQuery,
  table: ExportedList,
  variables: Variables,
  { exportRows }: ExportLimits,
): Promise<AsyncGenerator<readonly (readonly Cell[])[]>> {
  const pageAfter = async (after: string | null, first: number): Promise<NonNullable<Page["list"]>> => {
    const { list } = await graph.ask<Page>(query.text, { ...variables, first, after });
    if (list) return list;
    throw refused(403, "FORBIDDEN", fileTexts.listEmpty());
  };
  const cells = (node: unknown): Cell[][] =>
    expanded(node, table.each ?? []).map((row) => table.columns.map((column) => cellOf(column, row)));
  const { language } = graph.context;
  const first = await pageAfter(null, Math.min(query.pageRows, exportRows));
  return (async function* (): AsyncGenerator<Cell[][]> {
    yield [headingOf(table, language)];
    let page = first;
    for (let rows = page.nodes.length; ; rows += page.nodes.length) {
      yield page.nodes.flatMap(cells);
      const { hasNextPage, endCursor } = page.pageInfo;
      if (!hasNextPage) return;
      if (rows >= exportRows) {
        yield [[endOf(exportRows, language)]];
        return;
      }
      page = await pageAfter(endCursor, Math.min(query.pageRows, exportRows - rows));
    }
  })();
}

/** A row for each element of the lists within it, which then has that element alone. */
export function expanded(node: unknown, [field, ...rest]: readonly string[]): unknown[] {
  if (field === undefined) return [node];
  const row = node as Readonly<Record<string, unknown>>;
  const elements = (row[field] ?? []) as readonly unknown[];
  return elements.flatMap((element) => expanded(element, rest).map((each) => ({ ...row, [field]: each })));
}

const headingOf = (table: Table, language: Language): Cell[] =>
  table.columns.map(({ label }) => ({ kind: "text", text: label[language] }));

const endOf = (rows: number, language: Language): Cell => ({
  kind: "text",
  text: fileTexts.endOfExport(rows)[language],
});
