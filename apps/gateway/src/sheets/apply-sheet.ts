// An edited sheet, row by row: what differs from what is there becomes commands, as who sent it; nothing is changed behind anybody's back.
import { uuidFrom } from "@gendan/eventing";
import type { Text } from "@gendan/service-kit";
import type { GraphQLFormattedError } from "graphql";
import { cellOf, selectionOf, type Column } from "../export/column.js";
import { expanded } from "../export/list-export.js";
import type { CallersGraph } from "../files/callers-graph.js";
import type { SheetRow } from "./read-sheet.js";
import { sheetTexts } from "./sheet-texts.js";
import { tableOf, type Edit, type Sheet } from "./sheets.js";

export interface RowResult {
  readonly row: number;
  readonly id: string;
  /** Of a dry run: what would become of it. */
  readonly status: "accepted" | "unchanged" | "refused";
  /** The mutations that were accepted. */
  readonly commands: readonly string[];
  readonly errors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

export interface SheetOptions {
  readonly sheet: Sheet;
  /** Names the file: its commands have the same ids each time. */
  readonly sha256: string;
  readonly dryRun: boolean;
  /** Values of extra columns that the sheet does not have. */
  readonly defaults: Readonly<Record<string, string>>;
}

type RowError = RowResult["errors"][number];

/** The rows' results in their order; stops where it is not asked for the next one. */
export async function* applied(
  graph: CallersGraph,
  rows: readonly SheetRow[],
  options: SheetOptions,
): AsyncGenerator<RowResult> {
  const work = new SheetWork(graph, options);
  for (const row of rows) yield await work.row(row);
}

class SheetWork {
  private readonly query: string;
  /** The order as it was before its first row, so that the rows of one order do not make each other stale. */
  private readonly known = new Map<string, { readonly revision: string; readonly rows: readonly object[] } | null>();
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly graph: CallersGraph,
    private readonly options: SheetOptions,
  ) {
    const { sheet } = options;
    this.query = `query Sheet_${sheet.now}($id: ID!) { now: ${sheet.now}(id: $id) { ${selectionOf(tableOf(sheet).columns)} } }`;
  }

  async row({ row, values: given }: SheetRow): Promise<RowResult> {
    const { sheet, defaults } = this.options;
    const values = { ...defaults, ...given };
    const id = values["id"] ?? "";
    const refusedWith = (...errors: RowError[]): RowResult => ({ row, id, status: "refused", commands: [], errors });
    if (id === "") return refusedWith(this.error("ID_MISSING", "id", sheetTexts.idMissing()));
    const key = JSON.stringify([id, ...sheet.parts.map((part) => values[part])]);
    const before = this.seen.get(key);
    if (before !== undefined) return refusedWith(this.error("ROW_TWICE", "id", sheetTexts.rowTwice(before)));
    this.seen.set(key, row);
    const order = await this.now(id);
    const now = order?.rows.find((each) => sheet.parts.every((part) => this.textAt(part, each) === values[part]));
    if (!order || !now) return refusedWith(this.error("NOT_FOUND", "id", sheetTexts.notFound(id)));
    const changed = tableOf(sheet).columns.filter((column) => differs(column, given, now));
    if (changed.length === 0) return { row, id, status: "unchanged", commands: [], errors: [] };
    if (values["revision"] !== order.revision) {
      const text = sheetTexts.stale(values["revision"] ?? "", order.revision);
      return refusedWith(this.error("STALE_ROW", "revision", text));
    }
    const faults = changed.flatMap((column) => this.faultOf(column, values));
    if (faults.length > 0) return refusedWith(...faults);
    const edits = sheet.edits.filter(({ path }) => changed.some((column) => column.path === path));
    return this.carriedOut(row, id, edits, values);
  }

  /** One after the other; what was accepted before one is refused stays, and is told. */
  private async carriedOut(
    row: number,
    id: string,
    edits: readonly Edit[],
    values: Readonly<Record<string, string>>,
  ): Promise<RowResult> {
    const { sha256, dryRun } = this.options;
    const commands: string[] = [];
    for (const { path, mutation, input } of edits) {
      const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
      const text = `mutation Sheet_${mutation}($input: ${type}, $dryRun: Boolean) { told: ${mutation}(input: $input, dryRun: $dryRun) { userErrors { code field message } } }`;
      const commandId = uuidFrom("sheet", sha256, String(row), mutation);
      const sent = { commandId, orderId: id, ...input(values[path]!, values) };
      const { data, errors = [] } = await this.graph.answer(text, { input: sent, dryRun });
      const told = data?.["told"] as { readonly userErrors: readonly RowError[] } | undefined;
      const no = [...errors.map(asRowError), ...(told?.userErrors ?? [])];
      if (no.length > 0) return { row, id, status: "refused", commands, errors: no };
      commands.push(mutation);
    }
    return { row, id, status: "accepted", commands, errors: [] };
  }

  private faultOf({ path, label }: Column, values: Readonly<Record<string, string>>): RowError[] {
    const name = label[this.graph.context.language];
    if (!this.options.sheet.edits.some((edit) => edit.path === path)) {
      return [this.error("COLUMN_NOT_EDITABLE", path, sheetTexts.notEditable(name))];
    }
    return values[path] === "" ? [this.error("VALUE_MISSING", path, sheetTexts.emptied(name))] : [];
  }

  private async now(id: string) {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const { now } = await this.graph.ask<{ readonly now: { readonly revision: string } | null }>(this.query, { id });
    const found = now && {
      revision: now.revision,
      rows: expanded(now, tableOf(this.options.sheet).each ?? []) as readonly object[],
    };
    this.known.set(id, found);
    return found;
  }

  private textAt(path: string, row: object): string {
    const cell = cellOf(
      tableOf(this.options.sheet).columns.find((column) => column.path === path)!,
      row,
    );
    return cell.kind === "empty" ? "" : cell.text;
  }

  private error(code: string, field: string, text: Text): RowError {
    return { code, field, message: text[this.graph.context.language] };
  }
}

/** A number that a spreadsheet wrote in its own way is the same; times are shown, and compared by nothing. */
function differs(column: Column, given: Readonly<Record<string, string>>, now: object): boolean {
  const value = given[column.path];
  if (value === undefined || column.path === "revision" || column.path === "id" || column.kind === "time") return false;
  const cell = cellOf(column, now);
  const text = cell.kind === "empty" ? "" : cell.text;
  if (value === text.trim()) return false;
  if (column.kind === "flag") return value.toLowerCase() !== text;
  const isNumber = (column.kind === "number" || column.kind === "money") && value !== "" && text !== "";
  return !(isNumber && Number(value) === Number(text));
}

const asRowError = ({ message, extensions }: GraphQLFormattedError): RowError => ({
  code: String(extensions?.["code"] ?? "INTERNAL"),
  field: null,
  message,
});
