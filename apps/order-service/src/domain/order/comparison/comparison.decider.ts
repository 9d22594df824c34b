// How an order decides what is compared, found and settled.
import type { Asked, Decision } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { compareOrder, type CompareOrder } from "./compare-order.js";
import { noteQuotation, type NoteQuotation } from "./note-quotation.js";
import { recordDiscrepancy, type RecordDiscrepancy } from "./record-discrepancy.js";
import { recordPurchaseOrder, type RecordPurchaseOrder } from "./record-purchase.js";
import { resolveDiscrepancy, type ResolveDiscrepancy } from "./resolve-discrepancy.js";
import { waiveDiscrepancy, type WaiveDiscrepancy } from "./waive-discrepancy.js";

export type ComparisonCommand =
  RecordPurchaseOrder | CompareOrder | RecordDiscrepancy | ResolveDiscrepancy | WaiveDiscrepancy;

export function decideComparison(
  order: OrderState,
  command: ComparisonCommand | NoteQuotation,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  switch (command.type) {
    case "NoteQuotation":
      return noteQuotation(order, command);
    case "RecordPurchaseOrder":
      return recordPurchaseOrder(order, command);
    case "CompareOrder":
      return compareOrder(order, command);
    case "RecordDiscrepancy":
      return recordDiscrepancy(order, command);
    case "ResolveDiscrepancy":
      return resolveDiscrepancy(order, command);
    case "WaiveDiscrepancy":
      return waiveDiscrepancy(order, command, by);
  }
}
