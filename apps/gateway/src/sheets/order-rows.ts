// The rows of one order in a sheet: what of them is changed, and the commands that it becomes, each at the revision that the sheet has
// seen or that the command before has left.
import { uuidFrom } from "@gendan/eventing";
import type { Text } from "@gendan/service-kit";
import type { GraphQLFormattedError } from "graphql";
import { cellOf, selectionOf, type Column } from "../export/column.js";
import { expanded } from "../export/list-export.js";
import type { CallersGraph } from "../files/callers-graph.js";
import type { SheetRow } from "./read-sheet.js";
import type { RowError, RowResult, SheetOptions } from "./row-result.js";
import { sheetTexts } from "./sheet-texts.js";
import { tableOf, type Edit } from "./sheets.js";

type Values = Readonly<Record<string, string>>;

interface Order {
  readonly revision: string;
}

/** A row that is to be carried out, or what is told of it already. */
type Plan =
  | RowResult
  | {
      readonly row: number;
      /** The revision that the sheet has seen. */
      readonly seen: string;
      readonly values: Values;
      readonly edits: readonly Edit[];
    };

interface Told {
  readonly revision: string | null;
  readonly userErrors: readonly (RowError & { readonly details?: Readonly<Record<string, unknown>> | null })[];
}

export class OrderRows {
  private readonly plans: Plan[];
  /** Where the order was when it was looked at, and where the commands of this sheet have left it. */
  private readonly seenAt: string;
  private leftAt: string;

  private constructor(
    private readonly graph: CallersGraph,
    private readonly options: SheetOptions,
    private readonly id: string,
    rows: readonly SheetRow[],
    order: Order | null,
  ) {
    this.seenAt = this.leftAt = order?.revision ?? "";
    this.plans = order ? this.planned(rows, order) : rows.map(({ row }) => this.notFound(row));
  }

  /** Looks at the order, as the caller sees it, and at what its rows say otherwise. */
  static async begin(graph: CallersGraph, options: SheetOptions, id: string, rows: readonly SheetRow[]) {
    const { sheet } = options;
    const query = `query Sheet_${sheet.now}($id: ID!) { now: ${sheet.now}(id: $id) { ${selectionOf(tableOf(sheet).columns)} } }`;
    const { now } = await graph.ask<{ readonly now: Order | null }>(query, { id });
    return new OrderRows(graph, options, id, rows, now);
  }

  get isDone(): boolean {
    return this.plans.length === 0;
  }

  /** Carries the next row out. */
  async next(): Promise<RowResult> {
    const plan = this.plans.shift()!;
    return "status" in plan ? plan : this.carriedOut(plan);
  }

  private planned(rows: readonly SheetRow[], order: Order): Plan[] {
    const { sheet, defaults } = this.options;
    const parts = expanded(order, tableOf(sheet).each ?? []) as readonly object[];
    const partOf = new Map(parts.map((each) => [keyOf(sheet.parts.map((path) => this.textAt(path, each))), each]));
    const seen = new Map<string, number>();
    return rows.map(({ row, values: given }): Plan => {
      const values = { ...defaults, ...given };
      const key = keyOf(sheet.parts.map((path) => values[path] ?? ""));
      const before = seen.get(key);
      if (before !== undefined) return this.refused(row, this.error("ROW_TWICE", "id", sheetTexts.rowTwice(before)));
      seen.set(key, row);
      const now = partOf.get(key);
      if (!now) return this.notFound(row);
      const changed = tableOf(sheet).columns.filter((column) => differs(column, given, now));
      if (changed.length === 0) return { row, id: this.id, status: "unchanged", commands: [], errors: [] };
      const edits = sheet.edits.filter(({ path }) => changed.some((column) => column.path === path));
      const faults = changed.flatMap((column) => this.faultOf(column, values));
      const { revision = "" } = values;
      if (revision === order.revision && faults.length > 0) return this.refused(row, ...faults);
      // What differs in a row that is stale may be of somebody else.
      if (faults.length > 0 || !/^\d{1,15}$/.test(revision)) return this.refused(row, this.stale(revision));
      return { row, seen: revision, values, edits };
    });
  }

  /** One after the other; what was accepted before one is refused stays, and is told. */
  private async carriedOut({ row, seen, values, edits }: Exclude<Plan, RowResult>): Promise<RowResult> {
    const { sha256 } = this.options;
    const commands: string[] = [];
    for (const { path, mutation, input } of edits) {
      const commandId = uuidFrom("sheet", sha256, String(row), mutation);
      const sent = { commandId, orderId: this.id, ...input(values[path]!, values) };
      const errors = await this.sent(mutation, sent, seen);
      if (errors.length > 0) return { row, id: this.id, status: "refused", commands, errors };
      commands.push(mutation);
    }
    return { row, id: this.id, status: "accepted", commands, errors: [] };
  }

  /**
   * Sends a command of a row. A row that is stale is sent as well: the order knows better whether it is, and a command that was
   * carried out before is not carried out again.
   */
  private async sent(mutation: string, input: object, seen: string): Promise<readonly RowError[]> {
    const { dryRun } = this.options;
    const isStale = seen !== this.seenAt;
    // In a dry run the commands before have left nothing.
    const expected = isStale || dryRun ? seen : this.leftAt;
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const text = `mutation Sheet_${mutation}($input: ${type}, $dryRun: Boolean, $expected: String) {
      told: ${mutation}(input: $input, dryRun: $dryRun, expectedRevision: $expected) { revision userErrors { code field message details } } }`;
    const { data, errors = [] } = await this.graph.answer(text, { input, dryRun, expected });
    const told = data?.["told"] as Told | undefined;
    if (!told) return errors.map(asRowError);
    if (told.userErrors.length === 0) {
      if (!isStale && told.revision !== null) this.leftAt = told.revision;
      return [];
    }
    const moved = told.userErrors.find(({ code }) => code === "REVISION_CHANGED");
    if (moved) return [this.stale(seen, String(moved.details?.["actual"]))];
    if (isStale) return [this.stale(seen)];
    return told.userErrors.map(({ code, field, message }) => ({ code, field, message }));
  }

  private faultOf({ path, label }: Column, values: Values): RowError[] {
    const name = label[this.graph.context.language];
    if (!this.options.sheet.edits.some((edit) => edit.path === path)) {
      return [this.error("COLUMN_NOT_EDITABLE", path, sheetTexts.notEditable(name))];
    }
    return values[path] === "" ? [this.error("VALUE_MISSING", path, sheetTexts.emptied(name))] : [];
  }

  private textAt(path: string, row: object): string {
    const cell = cellOf(
      tableOf(this.options.sheet).columns.find((column) => column.path === path)!,
      row,
    );
    return cell.kind === "empty" ? "" : cell.text;
  }

  private readonly refused = (row: number, ...errors: RowError[]): RowResult => {
    return { row, id: this.id, status: "refused", commands: [], errors };
  };

  private readonly notFound = (row: number): RowResult =>
    this.refused(row, this.error("NOT_FOUND", "id", sheetTexts.notFound(this.id)));

  private stale(seen: string, is = this.seenAt): RowError {
    return this.error("STALE_ROW", "revision", sheetTexts.stale(seen, is));
  }

  private error(code: string, field: string, text: Text): RowError {
    return { code, field, message: text[this.graph.context.language] };
  }
}

const keyOf = (parts: readonly string[]): string => JSON.stringify(parts);

/** A number that a spreadsheet wrote in its own way is the same; times are shown, and compared by nothing. */
function differs(column: Column, given: Values, now: object): boolean {
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
