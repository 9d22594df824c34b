// POST /sheets/<sheet>: an edited export comes back. The answer is a line of JSON for each row as soon as it is done, and a sum at the end;
// who stops reading stops the work.
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { refused, type Language } from "@gendan/service-kit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { kindOf } from "../attachments/look-into.js";
import type { CallersGraph } from "../files/callers-graph.js";
import type { GraphOf } from "../files/file-routes.js";
import { withFormFile } from "../files/form-file.js";
import { unlessIdle } from "../files/unless-idle.js";
import { applied } from "./apply-sheet.js";
import { readCsv } from "./read-csv.js";
import { rowsIn, type SheetRow } from "./read-sheet.js";
import { readXlsx } from "./read-xlsx.js";
import type { RowResult, SheetOptions } from "./row-result.js";
import { sheetTexts } from "./sheet-texts.js";
import { sheets, type Sheet } from "./sheets.js";
import { NoTable, type Field, type TableBounds } from "./table.js";

/** The largest sheet: its file is read as a whole. */
const SHEET_BYTES = 10_485_760;
const BOUNDS: TableBounds = { rows: 10_001, columns: 200, unfoldedBytes: 104_857_600 };
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export interface SheetRoutes {
  readonly mostBytes: number;
  readonly idleMs: number;
}

interface Asked {
  /** "false" carries it out; everything else says what would happen. */
  readonly dryRun?: string;
  readonly reason?: string;
  readonly askedBy?: string;
}

export function sheetRoutes(scope: FastifyInstance, graphOf: GraphOf, { mostBytes, idleMs }: SheetRoutes): void {
  const most = Math.min(mostBytes, SHEET_BYTES);
  scope.post<{ Params: { sheet: string }; Querystring: Asked }>("/sheets/:sheet", async (request, reply) => {
    const { sheet, rows, sha256 } = await sheetIn(request, request.params.sheet, most);
    const { dryRun, reason, askedBy } = request.query;
    const defaults = { ...(reason === undefined ? {} : { reason }), ...(askedBy === undefined ? {} : { askedBy }) };
    const graph = graphOf(request);
    const { correlation, language } = graph.context;
    const options = { sheet, sha256, dryRun: dryRun !== "false", defaults };
    const lines = linesOf(graph, rows, options, () => reply.raw.destroyed);
    return reply
      .header("content-type", "application/x-ndjson; charset=utf-8")
      .header("x-correlation-id", correlation)
      .header("content-language", language satisfies Language)
      .send(Readable.from(unlessIdle(lines, reply, idleMs), { highWaterMark: 1 }));
  });
}

/** `isOver`: nobody reads any more, so no further row is carried out. */
async function* linesOf(
  graph: CallersGraph,
  rows: readonly SheetRow[],
  options: SheetOptions,
  isOver: () => boolean,
): AsyncGenerator<string> {
  const sum: Record<RowResult["status"], number> = { accepted: 0, unchanged: 0, refused: 0 };
  for await (const result of applied(graph, rows, options)) {
    sum[result.status] += 1;
    yield `${JSON.stringify(result)}\n`;
    if (isOver()) return;
  }
  yield `${JSON.stringify({ done: true, dryRun: options.dryRun, rows: rows.length, ...sum })}\n`;
}

/** Whatever is wrong is told once the file is here: who is still sending one hears no answer. */
async function sheetIn(request: FastifyRequest, asked: string, most: number) {
  try {
    return await withFormFile(request, most, async ({ path, name, isText, sha256 }) => {
      const sheet = sheetOf(asked);
      const bytes = await readFile(path);
      const kind = await kindOf(path, { name, isText });
      const table = kind === XLSX ? await readXlsx(bytes, BOUNDS) : textTable(bytes, isText);
      return { sheet, rows: rowsIn(sheet, table), sha256 };
    });
  } catch (error) {
    if (error instanceof NoTable) throw refused(415, "NO_TABLE", sheetTexts.notATable(error.reason));
    throw error;
  }
}

function sheetOf(name: string): Sheet {
  if (Object.hasOwn(sheets, name)) return sheets[name]!;
  throw refused(404, "NOT_FOUND", sheetTexts.noSuchSheet(name, Object.keys(sheets).join(", ")));
}

function textTable(bytes: Buffer, isText: boolean): Field[][] {
  if (!isText) throw new NoTable("not-a-table");
  return readCsv(bytes, BOUNDS);
}
