// An edited sheet, row by row: what differs from what is there becomes commands, as who sent it; nothing is changed behind anybody's back.
import type { CallersGraph } from "../files/callers-graph.js";
import { OrderRows } from "./order-rows.js";
import type { SheetRow } from "./read-sheet.js";
import type { RowResult, SheetOptions } from "./row-result.js";
import { sheetTexts } from "./sheet-texts.js";

/** The rows' results in their order; stops where it is not asked for the next one. */
export async function* applied(
  graph: CallersGraph,
  rows: readonly SheetRow[],
  options: SheetOptions,
): AsyncGenerator<RowResult> {
  const message = sheetTexts.idMissing()[graph.context.language];
  const rowsOf = Map.groupBy(rows, idOf);
  // An order is looked at with the first of its rows, and forgotten with the last one.
  const orders = new Map<string, OrderRows>();
  for (const each of rows) {
    const id = idOf(each);
    if (id === "") {
      const errors = [{ code: "ID_MISSING", field: "id", message }];
      yield { row: each.row, id, status: "refused", commands: [], errors };
      continue;
    }
    const order = orders.get(id) ?? (await OrderRows.begin(graph, options, id, rowsOf.get(id)!));
    yield await order.next();
    if (order.isDone) orders.delete(id);
    else orders.set(id, order);
  }
}

const idOf = ({ values }: SheetRow): string => values["id"] ?? "";
