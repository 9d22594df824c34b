// The milestones of an order's payment: amounts that sum exactly to its total, days from what has happened, and what of each is
// settled. Told as an event whenever they have changed, because folds know neither zones nor rules.
import { addDays, dayIn, endOfMonth, millionths, minorOf, money, shareOf } from "@gendan/eventing";
import { deliveryOf, goodsOf, isOpen, lateFrom, shippingOf } from "../dimensions.js";
import { defined } from "../../values.js";
import type { Change, OrderEvent } from "../order.events.js";
import type { OrderState } from "../order.state.js";
import { invoicingOf } from "./invoicing.js";
import type { Milestone, MilestoneStart, MilestonesReckoned, MilestoneTerm } from "./money.events.js";
import { owedFor } from "./owed.js";

const HUNDRED_PERCENT = 100_000_000n;

/**
 * The amounts in the order of the terms. Each but the last is its percent of the total (rounded half up) or its own amount, as
 * far as the total reaches; the last is what remains, whatever it names: so they always sum to the total.
 */
export function amountsOf(terms: readonly MilestoneTerm[], total: bigint): bigint[] {
  let rest = total;
  return terms.map(({ percent, amount }, index) => {
    const named = amount ? minorOf(amount) : shareOf(total, millionths(percent ?? "0"), HUNDRED_PERCENT);
    const taken = index === terms.length - 1 || named > rest ? rest : named;
    rest -= taken;
    return taken;
  });
}

/** The order's milestones after these events, where they differ from what was told of them last. */
export function reckoned(before: OrderState, after: OrderState, events: readonly OrderEvent[], at: string) {
  if (after.money.terms.length === 0) return [];
  const now = milestonesOf(before, after, events, at);
  if (isSame(now, after.money.milestones)) return [];
  return [{ type: "order.milestones.reckoned", milestones: now } satisfies MilestonesReckoned];
}

/** Where the milestones stand after these events. */
export function milestonesOf(
  before: OrderState,
  after: OrderState,
  events: readonly OrderEvent[],
  at: string,
): Milestone[] {
  const { terms } = after.money;
  const amounts = amountsOf(terms, after.total);
  const dues = terms.map((term) => dueOf(term, before, after, events, at));
  const open = terms.map((term, index) => ({ term, amount: amounts[index]!, dueOn: dues[index] }));
  const settled = settledOf(open, after);
  return open.map(({ term: { milestoneId, due }, amount, dueOn }): Milestone => ({
    milestoneId,
    due,
    amount: money(amount, after.currency),
    settled: money(settled.get(milestoneId)!, after.currency),
    ...(dueOn === undefined ? {} : { dueOn, overdueFrom: lateFrom(after.zone, dueOn) }),
  }));
}

const isSame = (one: readonly Milestone[], other: readonly Milestone[]): boolean =>
  one.length === other.length &&
  one.every((each, index) => {
    const { milestoneId, amount, settled, dueOn } = other[index]!;
    const same = each.amount.minor === amount.minor && each.settled.minor === settled.minor;
    return same && each.milestoneId === milestoneId && each.dueOn === dueOn;
  });

/**
 * A day that has begun stays, but for what lies before a shipment: that follows the promise. Where an amendment gives the milestone
 * other days it moves by the difference; what it starts with anew has begun then where it has happened already.
 */
function dueOf(
  { milestoneId, due, days }: MilestoneTerm,
  before: OrderState,
  after: OrderState,
  events: readonly OrderEvent[],
  at: string,
): string | undefined {
  const known = after.money.milestones.find((each) => each.milestoneId === milestoneId)?.dueOn;
  if (due === "beforeShipment") {
    const promised = isBinding(after) ? earliestPromise(after) : undefined;
    return promised === undefined ? known : addDays(promised, -days);
  }
  const was = before.money.terms.find((each) => each.milestoneId === milestoneId);
  const isNew = was?.due !== due;
  if (known !== undefined && !isNew) return addDays(known, days - was.days);
  const begins = hasBegun[due](after) && (isNew || !hasBegun[due](before));
  const from = begins ? dayOf(due, after, events, at) : undefined;
  return from === undefined ? undefined : addDays(due === "endOfMonth" ? endOfMonth(from) : from, days);
}

const isBinding = ({ lifecycle }: OrderState): boolean => ["confirmed", "inExecution", "completed"].includes(lifecycle);

const hasBegun: Readonly<Record<Exclude<MilestoneStart, "beforeShipment">, (order: OrderState) => boolean>> = {
  confirmation: isBinding,
  // Of services alone nothing leaves: they are done with their acceptance.
  shipment: (order) =>
    isBinding(order) && (goodsOf(order).length === 0 ? order.servicesDone : shippingOf(order) === "Full"),
  delivery: (order) => isBinding(order) && deliveryOf(order) === "Full",
  invoice: (order) => invoicingOf(order) === "Full",
  endOfMonth: (order) => invoicingOf(order) === "Full",
};

/** The day on which it began, in the order's zone. */
function dayOf(due: MilestoneStart, { zone }: OrderState, events: readonly OrderEvent[], at: string): string {
  for (const event of events) {
    if (due === "shipment" && event.type === "order.shipped") return dayIn(zone, event.shippedAt);
    if (due !== "confirmation" && event.type === "order.delivered") return event.deliveredOn;
    if (event.type === "order.invoiced") return event.issuedOn;
  }
  return dayIn(zone, at);
}

function earliestPromise(order: OrderState): string | undefined {
  const open = goodsOf(order).filter((schedule) => isOpen(order, schedule));
  return open
    .flatMap(({ promisedOn }) => promisedOn ?? [])
    .toSorted()
    .at(0);
}

/** Asked for, and not all of it has come. */
export const isUnpaidBeforeShipment = ({ money: { milestones } }: OrderState): boolean =>
  milestones.some(
    ({ due, dueOn, amount, settled }) =>
      due === "beforeShipment" && dueOn !== undefined && minorOf(settled) < minorOf(amount),
  );

interface Open {
  readonly term: MilestoneTerm;
  readonly amount: bigint;
  readonly dueOn: string | undefined;
}

/**
 * What is settled of each: payments that name a milestone settle it first; all else, and what of the total is not owed any more,
 * goes to what is due earliest, and of what has no day yet to the first in the order of the terms.
 */
function settledOf(open: readonly Open[], order: OrderState): ReadonlyMap<string, bigint> {
  const { namedPayments } = order.money;
  const settled = new Map<string, bigint>();
  let rest = order.received + order.total - owedFor(order);
  for (const { term, amount } of open) {
    const taken = least(namedPayments.get(term.milestoneId) ?? 0n, amount, rest);
    settled.set(term.milestoneId, taken);
    rest -= taken;
  }
  for (const { term, amount } of inOrderOfDays(open)) {
    const before = settled.get(term.milestoneId)!;
    const taken = least(rest, amount - before);
    settled.set(term.milestoneId, before + taken);
    rest -= taken;
  }
  return settled;
}

const inOrderOfDays = (open: readonly Open[]): Open[] =>
  open.toSorted((one, other) => {
    const [first, second] = [one.dueOn ?? "~", other.dueOn ?? "~"];
    return first < second ? -1 : first > second ? 1 : 0;
  });

const least = (...amounts: readonly bigint[]): bigint => {
  const smallest = amounts.reduce((one, other) => (one < other ? one : other));
  return smallest < 0n ? 0n : smallest;
};

/** In what two terms differ, milestone by milestone, as people read it: "30% confirmation+3". */
export function termChanges(before: readonly MilestoneTerm[], after: readonly MilestoneTerm[]): Change[] {
  const ids = new Set([...before, ...after].map(({ milestoneId }) => milestoneId));
  const [was, now] = [before, after].map((terms) => new Map(terms.map((term) => [term.milestoneId, shown(term)])));
  const changes = [...ids].flatMap((id): Change[] => {
    const [from, to] = [was!.get(id), now!.get(id)];
    return from === to ? [] : [{ path: `paymentMilestones.${id}`, ...defined({ from, to }) }];
  });
  const [one, other] = [before, after].map((terms) => terms.map(({ milestoneId }) => milestoneId).join(", "));
  const isReordered = changes.length === 0 && one !== other;
  return isReordered ? [{ path: "paymentMilestones.order", from: one!, to: other! }] : changes;
}

function shown({ percent, amount, due, days }: MilestoneTerm): string {
  const share = percent === undefined ? (amount ? `${amount.minor} ${amount.currency}` : "rest") : `${percent}%`;
  return `${share} ${due}${due === "beforeShipment" ? "-" : "+"}${days}`;
}
