// RecordPurchaseOrder: the customer's own document, as lines. The newest counts; what was recorded before stays readable.
import { accept, canonical, refuse, type Decision, type Money } from "@gendan/eventing";
import { isAmount, isCurrency } from "../../values.js";
import { CREDIT_SUBJECT, ORDER_SUBJECT, takenBack } from "../approval/approval.state.js";
import { checksInto, type Checks } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import type { OrderEvent } from "../order.events.js";
import type { PurchaseOrderLine } from "./comparison.events.js";
import { nameOf } from "./comparison.state.js";

export interface RecordPurchaseOrder {
  readonly type: "RecordPurchaseOrder";
  readonly number: string;
  /** The customer's own name of it; absent where the document has none. */
  readonly revision?: string;
  readonly lines: readonly GivenPurchaseOrderLine[];
}

export interface GivenPurchaseOrderLine extends Omit<PurchaseOrderLine, "quantity"> {
  readonly quantity?: string;
}

const MAX_LINES = 1_000;

/** While nothing is binding: what comes later is an amendment. It takes approvals back, as it does the verification. */
export const mayRecordPurchaseOrder: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "pendingApproval");

export function recordPurchaseOrder(
  order: OrderState,
  command: RecordPurchaseOrder,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayRecordPurchaseOrder(order);
  if (no) return refuse(no, ...others);
  const { number, revision = "", lines } = command;
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checks.needed("number", number);
  checks.text("revision", revision);
  if (lines.length === 0) checks.add("LINES_MISSING", "lines");
  checks.atMost(MAX_LINES, "lines", lines);
  for (const [index, line] of lines.entries()) checkLine(line, `lines.${index}`, checks);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  const document = { number, revision, lines: lines as readonly PurchaseOrderLine[] };
  const before = order.purchaseOrders.get(nameOf(document));
  // A revision says one thing for ever: what it says later is another revision.
  if (before && canonical(before) !== canonical(document)) {
    return refuse({ code: "PURCHASE_ORDER_CHANGED", number, revision });
  }
  if (before) return accept();
  return accept<OrderEvent>(...takenBack(order, ORDER_SUBJECT, CREDIT_SUBJECT), {
    type: "order.purchase.recorded",
    ...document,
  });
}

function checkLine(line: GivenPurchaseOrderLine, path: string, checks: Checks): void {
  const { lineId, sku, customerSku, quantity = "", unitPrice, requestedOn, ...texts } = line;
  if ((lineId ?? sku ?? customerSku) === undefined) checks.add("TEXT_MISSING", `${path}.sku`);
  for (const [name, text] of Object.entries({ lineId, sku, customerSku, ...texts }))
    checks.text(`${path}.${name}`, text);
  checks.positive(`${path}.quantity`, quantity);
  if (unitPrice) checkPrice(unitPrice, `${path}.unitPrice`, checks);
  if (requestedOn !== undefined) checks.day(`${path}.requestedOn`, requestedOn);
}

/** Another currency than the order's is a difference, not a fault. */
function checkPrice({ minor, currency }: Money, path: string, checks: Checks): void {
  if (!isAmount(minor)) checks.add("PRICE_INVALID", path, minor);
  if (!isCurrency(currency)) checks.add("CURRENCY_INVALID", `${path}.currency`, currency);
}
