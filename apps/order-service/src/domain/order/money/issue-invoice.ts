// IssueInvoice: what was sent (or whatever the rules let an invoice go up to) is charged. The order decides, because it alone
// knows how much; the invoice's own life begins by the event.
import {
  accept,
  addDays,
  dayIn,
  millionths,
  minorOf,
  money,
  quantity,
  refuse,
  type Asked,
  type Decision,
} from "@gendan/eventing";
import { isDay, isPositive } from "../../values.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { lateFrom, termsOf } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { blocking } from "../holds/holds.state.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { invoiceable, invoicedOf, invoicingOf, worthOf, type InvoicingBasis } from "./invoicing.js";
import type { LineInvoiced, OrderInvoiced } from "./money.events.js";
import { evolveMoney } from "./money.state.js";

export interface IssueInvoice {
  readonly type: "IssueInvoice";
  readonly invoiceId: string;
  readonly number: string;
  /** Absent: everything that can be invoiced now. */
  readonly lines?: readonly { readonly lineId: string; readonly quantity: string }[];
  /** Absent: by the terms. */
  readonly dueOn?: string;
  readonly rules: Ruled<"invoicing">;
}

export const mayIssueInvoice =
  (basis: InvoicingBasis): Guard =>
  (order) => {
    const state = inLifecycle(order, "confirmed", "inExecution", "completed");
    if (state.length > 0) return state;
    const holds = blocking(order.holds, "invoice");
    if (holds.length > 0) return [{ code: "INVOICE_HELD", holds }];
    return order.content.lines.some(({ lineId }) => leftOf(order, lineId, basis) > 0n)
      ? []
      : [{ code: "NOTHING_TO_INVOICE", basis }];
  };

const leftOf = (order: OrderState, lineId: string, basis: InvoicingBasis): bigint =>
  invoiceable(order, lineId, basis) - invoicedOf(order, lineId).quantity;

export function issueInvoice(
  order: OrderState,
  command: IssueInvoice,
  { at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const {
    version,
    rules: { basis, days },
  } = command.rules;
  const [no, ...others] = mayIssueInvoice(basis)(order);
  if (no) return refuse(no, ...others);
  const asked = command.lines ?? everything(order, basis);
  const [first, ...more] = faultsOf(order, command, asked);
  if (first) return refuse(first, ...more);
  const lines = asked.map(({ lineId, quantity: part }) => charged(order, lineId, millionths(part)));
  const amount = lines.reduce((sum, line) => sum + minorOf(line.amount), 0n);
  const issuedOn = dayIn(order.zone, at);
  const dueOn = command.dueOn ?? addDays(issuedOn, daysOf(order, days));
  return accept({
    type: "order.invoiced",
    invoiceId: command.invoiceId,
    number: command.number,
    ...standing(order, lines, lines),
    issuedOn,
    lines,
    amount: money(amount, order.currency),
    dueOn,
    overdueFrom: lateFrom(order.zone, dueOn),
    zone: order.zone,
    rules: version,
  });
}

const everything = (order: OrderState, basis: InvoicingBasis) =>
  order.content.lines.flatMap(({ lineId }) => {
    const left = leftOf(order, lineId, basis);
    return left > 0n ? [{ lineId, quantity: quantity(left) }] : [];
  });

function faultsOf(
  order: OrderState,
  {
    dueOn,
    rules: {
      rules: { basis },
    },
  }: IssueInvoice,
  asked: NonNullable<IssueInvoice["lines"]>,
): OrderRefusal[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  if (dueOn !== undefined && !isDay(dueOn)) checks.add("DATE_INVALID", "dueOn", dueOn);
  if (asked.length === 0) checks.add("LINES_MISSING", "lines");
  checks.unique(
    "DUPLICATE_LINE",
    (index) => `lines.${index}.lineId`,
    asked.map(({ lineId }) => lineId),
  );
  const refusals = asked.flatMap(({ lineId, quantity: part }, index): OrderRefusal[] => {
    const field = `lines.${index}.quantity`;
    if (!order.content.lines.some((line) => line.lineId === lineId))
      return [{ code: "LINE_UNKNOWN", field: `lines.${index}.lineId`, lineId }];
    if (!isPositive(part)) return [{ code: "QUANTITY_NOT_POSITIVE", field, value: part }];
    const left = leftOf(order, lineId, basis);
    if (millionths(part) <= left) return [];
    return [{ code: "ABOVE_INVOICEABLE", field, lineId, left: quantity(left > 0n ? left : 0n), asked: part, basis }];
  });
  return [...faults, ...refusals];
}

/** What this part of the line costs on top of what was invoiced of it. */
function charged(order: OrderState, lineId: string, units: bigint): LineInvoiced {
  const line = order.content.lines.find((each) => each.lineId === lineId)!;
  const before = invoicedOf(order, lineId).quantity;
  const amount = worthOf(line, before + units) - worthOf(line, before);
  return { lineId, quantity: quantity(units), amount: money(amount, order.currency) };
}

/** Where the order stands after these lines were charged (or credited: then they are negative). */
export function standing(
  order: OrderState,
  lines: readonly LineInvoiced[],
  moved: readonly LineInvoiced[],
): Pick<
  OrderInvoiced,
  "orderNumber" | "customerId" | "progress" | "invoicing" | "department" | "visibleTo" | "assignee"
> {
  const progress = lines.map(({ lineId }, index) => {
    const before = invoicedOf(order, lineId);
    const { quantity: part, amount } = moved[index]!;
    return {
      lineId,
      quantity: quantity(before.quantity + millionths(part)),
      amount: money(before.amount + minorOf(amount), order.currency),
    };
  });
  const after = {
    ...order,
    money: evolveMoney(order.money, {
      type: "order.credited",
      amount: money(0, order.currency),
      lines: [],
      progress,
    } as never),
  };
  return {
    orderNumber: order.number,
    customerId: order.customerId,
    progress,
    invoicing: invoicingOf(after),
    ...order.scope,
  };
}

/** Days from the invoice by the terms: of a milestone that counts from it, else of the code NET<days>; else by the rules. */
function daysOf({ money: { terms }, content: { paymentTerms } }: OrderState, days: number): number {
  const milestone = terms.findLast(({ due }) => due === "invoice");
  if (milestone) return milestone.days;
  return paymentTerms === undefined ? days : (termsOf(paymentTerms).days ?? days);
}
