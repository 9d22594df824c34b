// One fact per order: what the reports count of it. Everything a report needs is here, so that a figure is never joined.
import type { Happened } from "@gendan/eventing";
import type { Amount, OrderReceived, PublicEvent, PublicEventOf } from "@gendan/contracts";

export type Lifecycle =
  "received" | "discrepant" | "verified" | "confirmed" | "inExecution" | "completed" | "closed" | "cancelled";
export type Extent = "none" | "partial" | "full";

/** Absent `basics`: something was reported of the order before the order itself; it counts nowhere yet. */
export interface OrderFact {
  readonly basics?: OrderBasics;
  readonly lifecycle: Lifecycle;
  readonly holds: readonly string[];
  readonly shipping: Extent;
  readonly delivery: Extent;
  /** The latest arrival up to the one that made the delivery full; late as soon as one of them was. */
  readonly arrived?: { readonly at: string; readonly on: string; readonly late: boolean };
  /** Allocated to the order so far. */
  readonly paid?: Amount;
}

export interface OrderBasics extends Sums {
  readonly department: string;
  readonly assignee?: string;
  readonly visibleTo: readonly string[];
  readonly channel: string;
  readonly currency: string;
  readonly receivedAt: string;
  readonly receivedOn: string;
}

/** What the order is worth, also per product family ("" is none). Minor units of its currency. */
interface Sums {
  readonly lines: number;
  readonly amount: string;
  readonly freight: string;
  readonly families: readonly FamilyShare[];
}

export interface FamilyShare {
  readonly family: string;
  readonly lines: number;
  readonly amount: string;
  readonly freight: string;
}

const unheardOf: OrderFact = {
  lifecycle: "received",
  holds: [],
  shipping: "none",
  delivery: "none",
};

/** Folds one event of gendan.orders. What is disputed (it claimed a future) is counted nowhere. */
export function foldOrder(
  before: OrderFact | undefined,
  event: PublicEvent,
  { meta }: Happened<PublicEvent>,
): OrderFact | undefined {
  if (meta.claimedAt !== undefined) return before;
  const fact = before ?? unheardOf;
  switch (event.type) {
    case "order.received":
      return { ...fact, basics: basicsOf(event) };
    case "order.corrected":
      return fact.basics ? { ...fact, basics: { ...fact.basics, ...sumsOf(event) } } : before;
    case "order.discrepancy.recorded":
      return onward(fact, "discrepant");
    case "order.discrepancy.resolved":
      return fact.lifecycle === "discrepant" && event.open === 0 ? { ...fact, lifecycle: "received" } : fact;
    case "order.verified":
      return onward(fact, "verified");
    case "order.confirmed":
      return onward({ ...fact, holds: event.holds, ...ownedBy(fact, event) }, "confirmed");
    case "order.allocated":
      return onward(fact, "inExecution");
    case "order.shipped":
      return onward({ ...fact, shipping: extentOf(event.shipping) }, "inExecution");
    case "order.delivered":
      return onward(deliver(fact, event), "inExecution");
    case "order.hold.placed":
    case "order.hold.released":
      return { ...fact, holds: event.holds };
    case "order.payment.recorded":
      return { ...fact, paid: event.received };
    case "order.completed":
      return onward(fact, "completed");
    case "order.closed":
      return onward(fact, "closed");
    case "order.cancelled":
      return onward(fact, "cancelled");
    default:
      return before; // re-promises, losses, acceptances and allocations taken back change no figure here
  }
}

const RANK: Readonly<Record<Lifecycle, number>> = {
  received: 0,
  discrepant: 1,
  verified: 2,
  confirmed: 3,
  inExecution: 4,
  completed: 5,
  closed: 6,
  cancelled: 6,
};

/** A late fact (goods that left before the confirmation, a delivery after the end) never leads the lifecycle back. */
const onward = (fact: OrderFact, to: Lifecycle): OrderFact =>
  RANK[to] > RANK[fact.lifecycle] ? { ...fact, lifecycle: to } : fact;

const extentOf = (extent: "None" | "Partial" | "Full"): Extent => extent.toLowerCase() as Extent;

/** An order is delivered by the arrival that made it full; what comes after that is surplus. */
function deliver(fact: OrderFact, event: PublicEventOf<"order.delivered">): OrderFact {
  if (fact.delivery === "full") return fact;
  const { arrived } = fact;
  const late = event.late || (arrived?.late ?? false);
  const last = arrived && arrived.at > event.deliveredAt ? arrived : { at: event.deliveredAt, on: event.deliveredOn };
  return { ...fact, delivery: extentOf(event.delivery), arrived: { at: last.at, on: last.on, late } };
}

function basicsOf(event: OrderReceived): OrderBasics {
  const { department, assignee, visibleTo, channel, currency, receivedAt, receivedOn } = event;
  return {
    department,
    ...(assignee === undefined ? {} : { assignee }),
    visibleTo,
    channel,
    currency,
    receivedAt,
    receivedOn,
    ...sumsOf(event),
  };
}

/** Who owns it and sees it is told again with the confirmation. */
function ownedBy(fact: OrderFact, event: PublicEventOf<"order.confirmed">): Pick<OrderFact, "basics"> {
  if (!fact.basics) return {};
  const { assignee: _, ...basics } = fact.basics;
  const { department, assignee, visibleTo } = event;
  return { basics: { ...basics, department, visibleTo, ...(assignee === undefined ? {} : { assignee }) } };
}

function sumsOf({ lines, amount, freight }: Pick<OrderReceived, "lines" | "amount" | "freight">): Sums {
  const families = new Map<string, { lines: number; amount: bigint; freight: bigint }>();
  for (const line of lines) {
    const share = families.get(line.family ?? "") ?? { lines: 0, amount: 0n, freight: 0n };
    share.lines += 1;
    share.amount += BigInt(line.amount.minor);
    share.freight += BigInt(line.freight?.minor ?? "0");
    families.set(line.family ?? "", share);
  }
  return {
    lines: lines.length,
    amount: amount.minor,
    freight: freight.minor,
    families: [...families].map(([family, share]) => ({
      family,
      lines: share.lines,
      amount: share.amount.toString(),
      freight: share.freight.toString(),
    })),
  };
}
