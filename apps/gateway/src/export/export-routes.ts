// GET /export/<list>.csv and .xlsx: any list of the graph as a table, with the list's own arguments as parameters.
import { Readable } from "node:stream";
import { refused } from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { GraphOf } from "../files/file-routes.js";
import { fileTexts } from "../files/file-texts.js";
import { unlessIdle } from "../files/unless-idle.js";
import { csvOf } from "./csv.js";
import { argumentsOf, listQuery, rowsOf, type ExportLimits, type ListQuery } from "./list-export.js";
import { exportedLists } from "./lists.js";
import { xlsxOf } from "./xlsx.js";

export interface ExportOptions {
  readonly schema: GraphQLSchema;
  readonly limits: ExportLimits;
  /** After so many milliseconds in which nothing was read of it, an export is broken off. */
  readonly idleMs: number;
}

/** Of the lists that the schema has. */
export function exportRoutes(scope: FastifyInstance, graphOf: GraphOf, options: ExportOptions): void {
  const { schema, limits, idleMs } = options;
  const fields = schema.getQueryType()?.getFields() ?? {};
  const names = Object.keys(exportedLists).filter((name) => fieldOf(name) in fields);
  const queries = new Map<string, ListQuery>();
  scope.get<{ Params: { file: string }; Querystring: Record<string, unknown> }>(
    "/export/:file",
    async (request, reply) => {
      const [, name = "", format] = /^([\w-]+)\.(csv|xlsx)$/.exec(request.params.file) ?? [];
      if (!names.includes(name)) {
        throw refused(404, "NOT_FOUND", fileTexts.noSuchExport(request.params.file, names.join(", ")));
      }
      const table = exportedLists[name]!;
      const query = queries.get(name) ?? listQuery(schema, fieldOf(name), table, limits);
      queries.set(name, query);
      const { lang: _, ...given } = request.query;
      const graph = graphOf(request);
      const pages = await rowsOf(graph, query, table, argumentsOf(query, given), limits);
      const rows = unlessIdle(pages, reply, idleMs);
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .header("content-type", format === "csv" ? "text/csv; charset=utf-8" : XLSX)
        .header("content-disposition", `attachment; filename="${name}-${day}.${format}"`)
        .header("content-language", graph.context.language)
        .header("x-correlation-id", graph.context.correlation)
        .send(format === "csv" ? Readable.from(csvOf(rows)) : xlsxOf(rows, table.label[graph.context.language]));
    },
  );
}

const fieldOf = (name: string): string => exportedLists[name]!.field ?? name;

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
