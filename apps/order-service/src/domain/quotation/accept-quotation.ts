// AcceptQuotation: the customer orders what was offered, or a part of it. The order follows by the event (ADR 21).
import {
  accept,
  compareQuantities,
  millionths,
  quantity,
  refuse,
  uuidFrom,
  type Asked,
  type Decision,
  type Quantity,
} from "@gendan/eventing";
import type { Channel, OrderLine, Reference } from "../order/content.events.js";
import type { GivenLine, GivenSchedule } from "../order/given-order.js";
import type { IntakeRules } from "../order/intake/intake-rules.js";
import type { OrderRefusal } from "../order/order.refusals.js";
import { noOrder } from "../order/order.state.js";
import { receiveOrder, type ReceiveOrder } from "../order/receive-order.js";
import { defined, isPositive } from "../values.js";
import type { AcceptedLine, QuotationAccepted, QuotationEvent } from "./quotation.events.js";
import type { QuotationRefusal } from "./quotation.refusals.js";
import { inState, ofQuotation, type QuotationState } from "./quotation.state.js";

export interface AcceptQuotation {
  readonly type: "AcceptQuotation";
  readonly quotationId: string;
  /** The version that the customer has before them. */
  readonly version: number;
  /** How the customer said so. */
  readonly channel: Channel;
  /** Absent: all of it. A line without a quantity is accepted whole. */
  readonly lines?: readonly AskedLine[];
  /** An order of the customer's that came by itself: it is taken for the answer, and none is made. */
  readonly order?: KnownOrder;
  /** What the installation has ruled of orders that come in, as it holds now. */
  readonly rules?: IntakeRules;
  /** Those of the offer's references that other orders have. */
  readonly heldByOthers?: readonly Reference[];
}

/** As it was looked up beforehand; without what is known of it where the caller does not see it. */
export interface KnownOrder {
  readonly orderId: string;
  readonly found?: { readonly customerId: string; readonly currency: string; readonly isQuoted: boolean };
}

interface AskedLine {
  readonly lineId: string;
  readonly quantity?: string;
  readonly requestedOn?: string;
  readonly matrix?: NonNullable<OrderLine["matrix"]>;
}

/** One order of each version: the same offer is never ordered twice. */
export const orderOf = (quotationId: string, version: number): string =>
  uuidFrom("order", "quotation", quotationId, `${version}`);

/** Whether the version can be accepted at that time, by every reason that the lines cannot change. */
export function mayAcceptQuotation(quotation: QuotationState, version: number, at: string): QuotationRefusal[] {
  const { lifecycle, version: newest, sent, accepted } = quotation;
  if (lifecycle === "absent") return [{ code: "NOT_FOUND" }];
  const before = accepted.get(version);
  if (before) return [{ code: "QUOTATION_ACCEPTED", version, orderId: before.orderId }];
  if (version !== newest) return [{ code: "QUOTATION_SUPERSEDED", version, newest }];
  const expiresAt = sent.get(version)?.expiresAt ?? "";
  if (lifecycle === "expired" || (lifecycle === "sent" && expiresAt <= at)) {
    return [{ code: "QUOTATION_EXPIRED", expiresAt }];
  }
  return [...inState(quotation, "sent")];
}

/** What the order would be refused with, the acceptance is refused with. */
export function acceptQuotation(
  quotation: QuotationState,
  command: AcceptQuotation,
  by: Asked,
): Decision<QuotationEvent, QuotationRefusal | OrderRefusal> {
  const { quotationId, version, channel, order: existing } = command;
  const [no, ...others] = mayAcceptQuotation(quotation, version, by.at);
  if (no) return refuse(no, ...others);
  const offered = quotation.content.lines;
  const asked: readonly AskedLine[] = command.lines ?? offered.map(({ lineId }) => ({ lineId }));
  const [first, ...more] = [...lineFaults(offered, asked), ...orderFaults(quotation, existing)];
  if (first) return refuse(first, ...more);
  const lines = asked.map(({ lineId, quantity: part, ...more }): AcceptedLine => {
    const whole = offered.find((line) => line.lineId === lineId)!.quantity;
    return { lineId, quantity: part === undefined ? whole : quantity(millionths(part)), ...more };
  });
  const accepted: QuotationAccepted = {
    type: "quotation.accepted",
    version,
    channel,
    orderId: existing?.orderId ?? orderOf(quotationId, version),
    ...(existing ? { existing: true } : {}),
    lines,
    whole: offered.every((line) =>
      lines.some((each) => each.lineId === line.lineId && each.quantity === line.quantity),
    ),
    ...ofQuotation(quotation),
  };
  if (existing) return accept(accepted);
  const ordered = {
    ...orderFrom(quotationId, quotation, accepted),
    ...defined({ rules: command.rules, heldByOthers: command.heldByOthers }),
  };
  const order = receiveOrder(noOrder, ordered, by);
  return "refusals" in order ? order : accept(accepted);
}

function orderFaults({ customerId, currency }: QuotationState, order: KnownOrder | undefined): QuotationRefusal[] {
  if (!order) return [];
  const { orderId, found } = order;
  const field = "orderId";
  if (!found) return [{ code: "QUOTATION_ORDER_NOT_FOUND", field, orderId }];
  if (found.customerId !== customerId) return [{ code: "QUOTATION_ORDER_DIFFERS", field, what: "customer" }];
  if (found.currency !== currency) return [{ code: "QUOTATION_ORDER_DIFFERS", field, what: "currency" }];
  return found.isQuoted ? [{ code: "QUOTATION_ORDER_QUOTED", field, orderId }] : [];
}

function lineFaults(offered: readonly OrderLine[], asked: readonly AskedLine[]): QuotationRefusal[] {
  if (asked.length === 0) return [{ code: "LINES_MISSING", field: "lines" }];
  return asked.flatMap(({ lineId, quantity: part }, index): QuotationRefusal[] => {
    const line = offered.find((each) => each.lineId === lineId);
    const isFirst = asked.findIndex((each) => each.lineId === lineId) === index;
    const field = `lines.${index}.quantity`;
    if (!line) return [{ code: "QUOTATION_LINE_UNKNOWN", field: `lines.${index}.lineId`, lineId }];
    if (!isFirst) return [{ code: "DUPLICATE_LINE", field: `lines.${index}.lineId`, value: lineId }];
    if (part === undefined) return [];
    if (!isPositive(part)) return [{ code: "QUANTITY_NOT_POSITIVE", field, value: part }];
    if (compareQuantities(part, line.quantity) <= 0) return [];
    return [{ code: "QUOTATION_EXCEEDED", field, quoted: line.quantity, asked: part }];
  });
}

/** The order that an acceptance makes: its version as it was sent, each line naming the one that it was quoted by. */
export function orderFrom(
  quotationId: string,
  { sent, zone, scope }: QuotationState,
  { version, orderId, channel, customerId, currency, lines }: QuotationAccepted,
): ReceiveOrder {
  const { content } = sent.get(version)!;
  const { validUntil: _, lines: offered, ...more } = content;
  const { department, assignee } = scope;
  return {
    ...more,
    type: "ReceiveOrder",
    orderId,
    number: "",
    channel,
    customerId,
    currency,
    zone,
    department,
    departmentInScope: true,
    ...defined({ assignee }),
    lines: lines.flatMap((accepted) => {
      const line = offered.find(({ lineId }) => lineId === accepted.lineId);
      return line ? [orderLine(line, accepted, { quotationId, version, lineId: line.lineId })] : [];
    }),
  };
}

function orderLine(line: OrderLine, accepted: AcceptedLine, quoted: NonNullable<GivenLine["quoted"]>): GivenLine {
  const { amount: _, ...given } = line;
  const { quantity: whole, requestedOn, matrix } = accepted;
  const schedules = firstOf(line.schedules, whole).map((schedule) => ({ ...schedule, ...defined({ requestedOn }) }));
  return { ...given, ...defined({ matrix }), quantity: whole, schedules, quoted };
}

/** The schedules in their order, as far as the quantity goes. */
function firstOf(schedules: OrderLine["schedules"], whole: Quantity): GivenSchedule[] {
  let left = millionths(whole);
  return schedules.flatMap(({ scheduleId, quantity: part, requestedOn }) => {
    const taken = millionths(part) < left ? millionths(part) : left;
    left -= taken;
    return taken === 0n ? [] : [{ scheduleId, quantity: quantity(taken), ...defined({ requestedOn }) }];
  });
}
