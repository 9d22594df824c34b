// IssueCreditNote: what was invoiced is taken back in part, for goods that came back or for a price that was too high.
import {
  accept,
  dayIn,
  millionths,
  minorOf,
  money,
  quantity,
  refuse,
  type Asked,
  type Decision,
  type Money,
} from "@gendan/eventing";
import { isAmount, isPositive } from "../../values.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { invoicedOf, worthOf } from "./invoicing.js";
import { standing } from "./issue-invoice.js";
import type { CreditCause, LineInvoiced } from "./money.events.js";

export interface IssueCreditNote {
  readonly type: "IssueCreditNote";
  readonly invoiceId: string;
  readonly number: string;
  readonly cause: CreditCause;
  readonly ofInvoice?: string;
  /** A quantity takes it back at what it was charged with; an amount alone lowers the price. */
  readonly lines: readonly CreditLine[];
  readonly rules: { readonly version: number };
}

export interface CreditLine {
  readonly lineId: string;
  readonly quantity?: string;
  readonly amount?: Money;
}

/** Closed and cancelled orders take credit notes as well. */
export const mayIssueCreditNote: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution", "completed", "closed", "cancelled");
  if (state.length > 0) return state;
  return [...order.money.lines.values()].some(({ amount }) => amount > 0n) ? [] : [{ code: "NOTHING_INVOICED" }];
};

export function issueCreditNote(
  order: OrderState,
  command: IssueCreditNote,
  { at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayIssueCreditNote(order);
  if (no) return refuse(no, ...others);
  const [first, ...more] = faultsOf(order, command);
  if (first) return refuse(first, ...more);
  const lines = command.lines.map((line) => credited(order, line));
  const amount = lines.reduce((sum, line) => sum + minorOf(line.amount), 0n);
  const moved = lines.map((line) => ({
    ...line,
    quantity: quantity(-millionths(line.quantity)),
    amount: money(-minorOf(line.amount), order.currency),
  }));
  const { invoiceId, number, cause, ofInvoice, rules } = command;
  return accept({
    type: "order.credited",
    invoiceId,
    number,
    cause,
    ...(ofInvoice === undefined ? {} : { ofInvoice }),
    ...standing(order, lines, moved),
    issuedOn: dayIn(order.zone, at),
    lines,
    amount: money(amount, order.currency),
    rules: rules.version,
  });
}

/** Of a quantity never more than stands of the line, where its price was lowered meanwhile. */
function credited(order: OrderState, { lineId, quantity: part, amount }: CreditLine): LineInvoiced {
  if (part === undefined) return { lineId, quantity: "0", amount: amount! };
  const line = order.content.lines.find((each) => each.lineId === lineId)!;
  const before = invoicedOf(order, lineId);
  const worth = worthOf(line, before.quantity) - worthOf(line, before.quantity - millionths(part));
  const taken = amount ? minorOf(amount) : worth < before.amount ? worth : before.amount;
  return { lineId, quantity: part, amount: money(taken, order.currency) };
}

function faultsOf(order: OrderState, { lines, ofInvoice }: IssueCreditNote): OrderRefusal[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  if (lines.length === 0) checks.add("LINES_MISSING", "lines");
  checks.unique(
    "DUPLICATE_LINE",
    (index) => `lines.${index}.lineId`,
    lines.map(({ lineId }) => lineId),
  );
  const unknown = ofInvoice !== undefined && !order.money.invoices.some(({ invoiceId }) => invoiceId === ofInvoice);
  const refusals = lines.flatMap((line, index) => faultsOfLine(order, line, `lines.${index}`));
  return [...faults, ...(unknown ? [{ code: "INVOICE_UNKNOWN", invoiceId: ofInvoice } as const] : []), ...refusals];
}

function faultsOfLine(order: OrderState, { lineId, quantity: part, amount }: CreditLine, path: string): OrderRefusal[] {
  if (!order.content.lines.some((line) => line.lineId === lineId))
    return [{ code: "LINE_UNKNOWN", field: `${path}.lineId`, lineId }];
  const invoiced = invoicedOf(order, lineId);
  const above = (field: string, stands: string, asked: string): OrderRefusal => ({
    code: "ABOVE_INVOICED",
    field: `${path}.${field}`,
    lineId,
    invoiced: stands,
    asked,
  });
  if (part !== undefined && !isPositive(part)) return [{ code: "QUANTITY_NOT_POSITIVE", field: `${path}.quantity` }];
  if (part === undefined && !amount) return [{ code: "TEXT_MISSING", field: `${path}.amount` }];
  const faults: OrderRefusal[] = [];
  if (part !== undefined && millionths(part) > invoiced.quantity)
    faults.push(above("quantity", quantity(invoiced.quantity), part));
  if (!amount) return faults;
  if (!isAmount(amount.minor)) return [...faults, { code: "PRICE_INVALID", field: `${path}.amount.minor` }];
  if (amount.currency !== order.currency)
    return [...faults, { code: "CURRENCY_MIXED", field: `${path}.amount.currency`, value: amount.currency }];
  if (minorOf(amount) === 0n) return [...faults, { code: "AMOUNT_NOT_POSITIVE", field: `${path}.amount.minor` }];
  return minorOf(amount) > invoiced.amount ? [...faults, above("amount", `${invoiced.amount}`, amount.minor)] : faults;
}
