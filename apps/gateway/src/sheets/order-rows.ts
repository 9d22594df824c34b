// The rows of one order in a sheet: what of them is changed, and the commands that it becomes, each at the revision that the sheet has
// seen or that the command before has left.
import { uuidFrom } from "@gendan/eventing";
import type { Text } from "@gendan/service-kit";
import type { GraphQLFormattedError } from "graphql";
import { cellOf, selectionOf, type Column } from "../export/column.js";
import { expanded } from "../export/list-export.js";
import type { CallersGraph } from "../files/callers-graph.js";
import { aboutRows, changeSelection, orderChange, type EditedRow, type OrderNow } from "./order-change.js";
import type { SheetRow } from "./read-sheet.js";
import type { RowError, RowResult, SheetOptions } from "./row-result.js";
import { sheetTexts } from "./sheet-texts.js";
import { tableOf, type Edit } from "./sheets.js";

type Values = Readonly<Record<string, string>>;

interface Order extends OrderNow {
  readonly revision: string;
}

/** A row that is to be carried out. `paths` are the columns that are changed together with other rows'. */
interface Due extends EditedRow {
  /** The revision that the sheet has seen. */
  readonly seen: string;
  readonly edits: readonly Edit[];
}
/** By the change that the rows of an order make together. */
type Done = Pick<RowResult, "commands" | "amendment">;
/** What is told of a row already, or what is still to be done and was done. */
type Plan = RowResult | (Due & { readonly done?: Done });

interface Told {
  readonly revision: string | null;
  readonly replayed: boolean;
  readonly order?: { readonly amendment: { readonly amendmentId: string } | null } | null;
  readonly userErrors: readonly (RowError & { readonly details?: Readonly<Record<string, unknown>> | null })[];
}

export class OrderRows {
  private plans: Plan[];
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
    const selected = `${selectionOf(tableOf(sheet).columns)} ${sheet.together.length > 0 ? changeSelection : ""}`;
    const query = `query Sheet_${sheet.now}($id: ID!) { now: ${sheet.now}(id: $id) { ${selected} } }`;
    const { now } = await graph.ask<{ readonly now: Order | null }>(query, { id });
    const order = new OrderRows(graph, options, id, rows, now);
    if (now) await order.changeTogether(now);
    return order;
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
      const paths = changed.flatMap(({ path }) => (sheet.together.includes(path) ? [path] : []));
      return { row, seen: revision, values, edits, paths };
    });
  }

  /** What the rows change together is one command: of an order all of it, or nothing. */
  private async changeTogether(order: Order): Promise<void> {
    const due = this.plans.flatMap((plan) => ("status" in plan || plan.paths.length === 0 ? [] : [plan]));
    const [first] = due;
    if (!first) return;
    const refused = new Map<number, RowError[]>();
    const done = await this.changed(order, due, refused);
    const because = this.plans.find((plan) => ("status" in plan ? plan.status === "refused" : refused.has(plan.row)));
    this.plans = this.plans.map((plan) => {
      if ("status" in plan || plan.paths.length === 0) return plan;
      if (done) return { ...plan, done };
      const other = () => this.error("OTHER_ROW_REFUSED", "id", sheetTexts.otherRow(because!.row));
      return this.refused(plan.row, ...(refused.get(plan.row) ?? [other()]));
    });
  }

  /** What was done for the rows; undefined where nothing was, and then why, by the rows that it is about. */
  private async changed(
    order: Order,
    due: readonly Due[],
    refused: Map<number, RowError[]>,
  ): Promise<Done | undefined> {
    const blame = (row: number, ...errors: readonly RowError[]) =>
      void refused.set(row, [...(refused.get(row) ?? []), ...errors]);
    const { seen } = due[0]!;
    if (due.some((each) => each.seen !== seen)) {
      for (const each of due) if (each.seen !== this.seenAt) blame(each.row, this.stale(each.seen));
      return undefined;
    }
    const change = orderChange(order, due);
    if (!("mutation" in change)) {
      for (const { row, code, field, text } of change) {
        const { message } = this.error(code, field, text);
        blame(row, { code, field, message: `${this.labelOf(field)}: ${message}` });
      }
      return undefined;
    }
    if (this.plans.some((plan) => "status" in plan && plan.status === "refused")) return undefined;
    const { mutation, input } = change;
    const commandId = uuidFrom("sheet", this.options.sha256, this.id, mutation);
    const answer = await this.sent(mutation, { commandId, orderId: this.id, ...input }, seen);
    if ("told" in answer) {
      const { replayed, order: after } = answer.told;
      if (replayed) return { commands: [] };
      const amendment = after?.amendment?.amendmentId;
      return { commands: [mutation], ...(amendment === undefined ? {} : { amendment }) };
    }
    for (const error of answer.errors) {
      const { rows, path } = aboutRows(error, order, due);
      for (const { row } of rows) blame(row, this.ofColumn(error, path));
    }
    return undefined;
  }

  /** One after the other; what was accepted before one is refused stays, and is told. */
  private async carriedOut({ row, seen, values, edits, done = { commands: [] } }: Exclude<Plan, RowResult>) {
    const { sha256 } = this.options;
    const result = { row, id: this.id, ...done };
    let { commands } = done;
    for (const { path, mutation, input } of edits) {
      const commandId = uuidFrom("sheet", sha256, String(row), mutation);
      const answer = await this.sent(mutation, { commandId, orderId: this.id, ...input(values[path]!, values) }, seen);
      if ("errors" in answer) {
        const errors = answer.errors.map((error) => this.ofColumn(error, error.field === null ? undefined : path));
        return { ...result, status: "refused", commands, errors } as const;
      }
      if (!answer.told.replayed) commands = [...commands, mutation];
    }
    const status = commands.length > 0 ? "accepted" : "unchanged";
    return { ...result, status, commands, errors: [] } as const;
  }

  /**
   * Sends a command of a row. A row that is stale is sent as well: the order knows better whether it is, and a command that was
   * carried out before is not carried out again.
   */
  private async sent(
    mutation: string,
    input: object,
    seen: string,
  ): Promise<{ readonly told: Told } | { readonly errors: Told["userErrors"] }> {
    const { dryRun } = this.options;
    const isStale = seen !== this.seenAt;
    // In a dry run the commands before have left nothing.
    const expected = isStale || dryRun ? seen : this.leftAt;
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const more = mutation === "proposeAmendment" ? "order { amendment { amendmentId } }" : "";
    const text = `mutation Sheet_${mutation}($input: ${type}, $dryRun: Boolean, $expected: String) {
      told: ${mutation}(input: $input, dryRun: $dryRun, expectedRevision: $expected) { revision replayed ${more} userErrors { code field message details } } }`;
    const { data, errors = [] } = await this.graph.answer(text, { input, dryRun, expected });
    const told = data?.["told"] as Told | undefined;
    if (!told) return { errors: errors.map(asRowError) };
    if (told.userErrors.length === 0) {
      if (!isStale && told.revision !== null) this.leftAt = told.revision;
      return { told };
    }
    const moved = told.userErrors.find(({ code }) => code === "REVISION_CHANGED");
    if (moved) return { errors: [this.stale(seen, String(moved.details?.["actual"]))] };
    return { errors: isStale ? [this.stale(seen)] : told.userErrors };
  }

  /** An error of a mutation as one of a column, where it is of one: people know columns, and no fields. */
  private ofColumn({ code, field, message }: RowError, path: string | undefined): RowError {
    const column = this.isExtra(field) || code === "STALE_ROW" ? field : (path ?? null);
    if (column === null) return { code, field, message };
    const told = field !== null && message.startsWith(field) ? `${this.labelOf(column)}${message.slice(field.length)}` : message; // prettier-ignore
    return { code, field: column, message: told };
  }

  private isExtra(field: string | null): boolean {
    return this.options.sheet.extra.some(({ name }) => name === field);
  }

  private labelOf(path: string): string {
    const { label } = this.options.sheet.extra.find(({ name }) => name === path) ?? this.columnOf(path);
    return label[this.graph.context.language];
  }

  private faultOf({ path, label }: Column, values: Values): RowError[] {
    const name = label[this.graph.context.language];
    const { edits, together } = this.options.sheet;
    if (!edits.some((edit) => edit.path === path) && !together.includes(path)) {
      return [this.error("COLUMN_NOT_EDITABLE", path, sheetTexts.notEditable(name))];
    }
    return values[path] === "" ? [this.error("VALUE_MISSING", path, sheetTexts.emptied(name))] : [];
  }

  private columnOf(path: string): Column {
    return tableOf(this.options.sheet).columns.find((column) => column.path === path)!;
  }

  private textAt(path: string, row: object): string {
    const cell = cellOf(this.columnOf(path), row);
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
  return !(isNumber && plain(value) === plain(text));
}

/** 012.30 as 12.3, exactly; what is written in another way as the number that it is. */
function plain(text: string): string {
  const [, sign = "", whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return Number.isNaN(Number(text)) ? text : String(Number(text));
  return `${sign}${BigInt(whole)}.${fraction}`.replace(/\.?0*$/, "");
}

const asRowError = ({ message, extensions }: GraphQLFormattedError): RowError => ({
  code: String(extensions?.["code"] ?? "INTERNAL"),
  field: null,
  message,
});
