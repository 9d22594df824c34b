// Returns: authorised, received, inspected, withdrawn, and exchanged for another order.
import { accept, addDays, dayIn, isQuantity, millionths, money, quantity, refuse } from "@gendan/eventing";
import { invoicingOf } from "../money/invoicing.js";
import type { Asked, Decision, Sealed } from "@gendan/eventing";
import { defined, isPositive } from "../../values.js";
import type { ReturnRules } from "../../rules/goods.rules.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { heldOf } from "../dimensions.js";
import { breach, countable, within } from "../facts.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { scheduleKey } from "../ledger.js";
import type { OrderEvent, Part } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState, ScheduleState } from "../order.state.js";
import type { InspectedPart, Remedy } from "./returns.events.js";
import { added, awaitedOf, returnableOf, returnedExtent, returnedOf, takenOf, uninspectedOf } from "./returns.state.js";
import { priced } from "./withdraw.js";

export interface AuthoriseReturn {
  readonly type: "AuthoriseReturn";
  readonly returnId: string;
  readonly lines: readonly Part[];
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly remedy: Remedy;
  readonly note?: Sealed;
  readonly rules: Ruled<"returns">;
}

/** Goods of the order are with us again; a fact. */
export interface ReceiveReturn {
  readonly type: "ReceiveReturn";
  readonly returnId: string;
  readonly lines: readonly Part[];
}

export interface InspectReturn {
  readonly type: "InspectReturn";
  readonly returnId: string;
  readonly lines: readonly InspectedPart[];
  readonly note?: Sealed;
}

export interface WithdrawReturn {
  readonly type: "WithdrawReturn";
  readonly returnId: string;
  readonly reason: string;
  readonly note?: Sealed;
}

export interface LinkExchange {
  readonly type: "LinkExchange";
  readonly returnId: string;
  readonly exchangeOrderId: string;
}

type Decided = Decision<OrderEvent, OrderRefusal>;

/** Something that the customer has may come back, in time. */
export const mayAuthoriseReturn =
  ({ withinDays }: ReturnRules, at: string): Guard =>
  (order) => {
    const state = inLifecycle(order, "confirmed", "inExecution", "completed");
    if (state.length > 0) return state;
    const held = [...order.schedules.values()].filter((schedule) => returnableOf(order, schedule) > 0n);
    return held.some((schedule) => isInTime(order, schedule, withinDays, at)) ? [] : [{ code: "NOTHING_RETURNABLE" }];
  };

const isInTime = ({ zone }: OrderState, { deliveredOn }: ScheduleState, days: number | undefined, at: string) =>
  days === undefined || at === "" || deliveredOn === undefined || dayIn(zone, at) <= addDays(deliveredOn, days);

export function authoriseReturn(order: OrderState, command: AuthoriseReturn, { at }: Asked): Decided {
  const { returnId, lines, reason, remedy, note, rules } = command;
  const [no, ...others] = mayAuthoriseReturn(rules.rules, at)(order);
  if (no) return refuse(no, ...others);
  if (order.returns.byId.has(returnId)) return accept();
  const [first, ...more] = [...partFaults(lines, reason), ...unknownOf(order, lines)];
  if (first) return refuse(first, ...more);
  const [over, ...overs] = summed(lines).flatMap(([part, units], index): OrderRefusal[] => {
    const schedule = order.schedules.get(scheduleKey(part))!;
    const field = `lines.${index}.quantity`;
    const most = returnableOf(order, schedule);
    if (units > most) return [{ code: "OVER_RETURNABLE", field, returnable: quantity(most) }];
    if (isInTime(order, schedule, rules.rules.withinDays, at)) return [];
    return [{ code: "RETURN_TOO_LATE", field, until: addDays(schedule.deliveredOn!, rules.rules.withinDays!) }];
  });
  if (over) return refuse(over, ...overs);
  return accept({
    type: "order.return.authorised",
    returnId,
    lines,
    reason,
    remedy,
    rules: rules.version,
    ...defined({ note }),
  });
}

/** Recorded whatever has become of the order; more than was delivered cannot have come back. */
export function receiveReturn(order: OrderState, command: ReceiveReturn, by: Asked): Decision<OrderEvent, never> {
  const { returnId } = command;
  const { lines: known, breaches } = countable(order, command.lines, by.claimedAt);
  const { counted, disputed } = within(known, (part) => heldOf(order, part).delivered - returnedOf(order, part));
  const before = order.returns.byId.get(returnId);
  const unasked = summed(counted).flatMap(([part, units]) => {
    const line = before?.lines.get(scheduleKey(part));
    return before && line && units <= awaitedOf(before, line) ? [] : [part];
  });
  return accept({
    type: "order.return.received",
    returnId,
    lines: counted,
    ...returning(order, summed(counted)),
    receivedAt: by.at,
    breaches: [
      ...breaches,
      ...breach("RETURNED_OVER_DELIVERED", disputed),
      ...breach("RETURN_NOT_AUTHORISED", unasked),
    ],
  });
}

/** What has come back was looked at by somebody, whatever has become of the order meanwhile. */
export const mayInspectReturn: Guard = (order) => {
  if (order.lifecycle === "absent") return [{ code: "NOT_FOUND" }];
  const some = [...order.returns.byId.values()].some(({ lines }) =>
    [...lines.values()].some((line) => uninspectedOf(line) > 0n),
  );
  return some ? [] : [{ code: "NOTHING_RECEIVED" }];
};

export function inspectReturn(order: OrderState, { returnId, lines, note }: InspectReturn): Decided {
  const [no, ...others] = mayInspectReturn(order);
  if (no) return refuse(no, ...others);
  const found = order.returns.byId.get(returnId);
  if (!found) return refuse({ code: "RETURN_NOT_FOUND", returnId });
  const [fault, ...faults] = inspectionFaults(lines);
  if (fault) return refuse(fault, ...faults);
  const whole = lines.map((part) => ({ ...part, quantity: quantity(takenOf(part) + millionths(part.backToCustomer)) }));
  const [over, ...overs] = summed(whole).flatMap(([part, units], index): OrderRefusal[] => {
    const line = found.lines.get(scheduleKey(part));
    const received = line ? uninspectedOf(line) : 0n;
    return units > received ? [{ code: "OVER_RECEIVED", field: `lines.${index}`, received: quantity(received) }] : [];
  });
  if (over) return refuse(over, ...overs);
  const back = lines.map((part) => ({ ...part, quantity: `-${part.backToCustomer}` }));
  const refund = found.remedy === "refund" ? refundOf(order, lines) : 0n;
  return accept({
    type: "order.return.inspected",
    returnId,
    lines,
    ...returning(order, summed(back)),
    ...(refund > 0n ? { refund: money(refund, order.currency) } : {}),
    ...defined({ note }),
  });
}

/** At the price of each line, rounded half up once over all that was ever taken of it. */
function refundOf({ returns, content }: OrderState, lines: readonly InspectedPart[]): bigint {
  const after = added(returns.refundable, lines);
  return [...after].reduce((sum, [lineId, units]) => {
    const line = content.lines.find((each) => each.lineId === lineId);
    if (!line) return sum;
    return sum + priced(line.unitPrice, units) - priced(line.unitPrice, returns.refundable.get(lineId) ?? 0n);
  }, 0n);
}

export const mayWithdrawReturn: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution", "completed");
  if (state.length > 0) return state;
  return awaited(order).length > 0 ? [] : [{ code: "NOTHING_RETURNABLE" }];
};

const awaited = ({ returns }: OrderState): string[] =>
  [...returns.byId].flatMap(([returnId, each]) =>
    [...each.lines.values()].some((line) => awaitedOf(each, line) > 0n) ? [returnId] : [],
  );

export function withdrawReturn(order: OrderState, { returnId, reason, note }: WithdrawReturn): Decided {
  const [no, ...others] = mayWithdrawReturn(order);
  if (no) return refuse(no, ...others);
  if (!awaited(order).includes(returnId)) return refuse({ code: "RETURN_NOT_FOUND", returnId });
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [fault, ...more] = faults;
  if (fault) return refuse(fault, ...more);
  return accept({ type: "order.return.withdrawn", returnId, reason, ...defined({ note }) });
}

/** A return of which the remedy is an exchange is linked with the order that brings it, once. */
export const mayLinkExchange: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution", "completed");
  if (state.length > 0) return state;
  return exchangeable(order).length > 0 ? [] : [{ code: "NOTHING_RETURNABLE" }];
};

const exchangeable = ({ returns }: OrderState): string[] =>
  [...returns.byId].flatMap(([returnId, { remedy, exchanged, withdrawn }]) =>
    remedy === "exchange" && !exchanged && !withdrawn ? [returnId] : [],
  );

export function linkExchange(order: OrderState, { returnId, exchangeOrderId }: LinkExchange): Decided {
  const [no, ...others] = mayLinkExchange(order);
  if (no) return refuse(no, ...others);
  if (!exchangeable(order).includes(returnId)) return refuse({ code: "RETURN_NOT_FOUND", returnId });
  return accept({ type: "order.exchange.linked", returnId, exchangeOrderId });
}

/** How much of the schedules is with us after so much more of them came. */
function returning(order: OrderState, parts: readonly (readonly [Part, bigint])[]) {
  const now = parts.map(([part, units]) => [scheduleKey(part), returnedOf(order, part) + units] as const);
  const after = { ...order, returns: { ...order.returns, returned: new Map([...order.returns.returned, ...now]) } };
  const progress = parts.map(([{ lineId, scheduleId }], index) => {
    return { lineId, scheduleId, returned: quantity(now[index]![1]) };
  });
  return { progress, returned: returnedExtent(after), invoicing: invoicingOf(after) };
}

/** Parts of one schedule count together. */
function summed(parts: readonly Part[]): [Part, bigint][] {
  const sums = new Map<string, [Part, bigint]>();
  for (const part of parts) {
    const [first, units] = sums.get(scheduleKey(part)) ?? [part, 0n];
    sums.set(scheduleKey(part), [first, units + millionths(part.quantity)]);
  }
  return [...sums.values()];
}

function unknownOf(order: OrderState, lines: readonly Part[]): OrderRefusal[] {
  return lines.flatMap(({ lineId, scheduleId }, index): OrderRefusal[] =>
    order.schedules.get(scheduleKey({ lineId, scheduleId }))?.kind === "goods"
      ? []
      : [{ code: "SCHEDULE_UNKNOWN", field: `lines.${index}.scheduleId`, lineId, scheduleId }],
  );
}

const MOST_PARTS = 1_000;

function partFaults(lines: readonly Part[], reason: string): Incomplete[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  if (lines.length === 0) checks.add("LINES_MISSING", "lines");
  checks.atMost(MOST_PARTS, "lines", lines);
  for (const [index, part] of lines.entries()) checks.positive(`lines.${index}.quantity`, part.quantity);
  checks.needed("reason", reason);
  return faults;
}

function inspectionFaults(lines: readonly InspectedPart[]): Incomplete[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  if (lines.length === 0) checks.add("LINES_MISSING", "lines");
  checks.atMost(MOST_PARTS, "lines", lines);
  for (const [index, { restock, scrap, backToCustomer }] of lines.entries()) {
    const all = [restock, scrap, backToCustomer];
    const isFine = all.every((each) => isQuantity(each) && millionths(each) >= 0n) && all.some(isPositive);
    if (!isFine) checks.add("QUANTITY_NOT_POSITIVE", `lines.${index}`, all.join(", "));
  }
  return faults;
}
