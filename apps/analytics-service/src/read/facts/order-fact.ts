// One fact per order: what the reports count of it. Everything a report needs is here, so that a figure is never joined.
import type { Happened } from "@gendan/eventing";
import type { OrderReceived, PublicEvent, PublicEventOf } from "@gendan/contracts";

export type Lifecycle =
  | "received"
  | "discrepant"
  | "verified"
  | "pendingApproval"
  | "rejected"
  | "confirmed"
  | "inExecution"
  | "completed"
  | "closed"
  | "cancelled";
export type Extent = "none" | "partial" | "full";

export interface OrderFact extends Worth {
  readonly department: string;
  readonly assignee?: string;
  readonly visibleTo: readonly string[];
  readonly channel: string;
  readonly currency: string;
  readonly receivedAt: string;
  readonly receivedOn: string;
  readonly lifecycle: Lifecycle;
  /** Until when it is to be verified, where the rules said so when it was received. */
  readonly verifyDueAt?: string;
  /** The first verification, and whether no discrepancy had been recorded before it; later ones change no figure. */
  readonly verified?: { readonly at: string; readonly firstPass: boolean };
  /** Goods were allocated or moved: once it is confirmed, the order is in execution. */
  readonly begun: boolean;
  readonly holds: readonly string[];
  readonly delivery: Extent;
  /** The same at the delivery point of the Incoterm, where goods are delivered by being handed over. */
  readonly handedOver?: Extent;
  /** The latest arrival at the delivery point up to the one that made it full; late as soon as one of them was. */
  readonly arrived?: { readonly at: string; readonly on: string; readonly late: boolean };
  /** Allocated to the order so far, in minor units. */
  readonly paid: string;
}

/** What the order is worth, also per product family ("" is none). Minor units of its currency. */
interface Worth {
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

/**
 * Folds one event of gendan.orders. What was reported before the order itself, and what is disputed (it claimed a future), is
 * counted nowhere.
 */
export function foldOrder(
  fact: OrderFact | undefined,
  event: PublicEvent,
  { meta }: Happened<PublicEvent>,
): OrderFact | undefined {
  if (event.type === "order.received") return received(event);
  return fact && meta.claimedAt === undefined ? foldKnown(fact, event, meta.occurredAt) : fact;
}

/** Follows the order's own lifecycle: only a confirmed order is led into execution by goods that move. */
function foldKnown(fact: OrderFact, event: PublicEvent, at: string): OrderFact {
  switch (event.type) {
    case "order.corrected":
      return { ...fact, ...worthOf(event), lifecycle: fact.lifecycle === "verified" ? "received" : fact.lifecycle };
    case "order.approval.requested":
      return approved(ownedBy(fact, event), event, "pendingApproval");
    case "order.approval.given":
      return event.approved ? approved(fact, event, "verified") : fact;
    case "order.approval.rejected":
      return approved(fact, event, "rejected");
    case "order.approval.withdrawn":
      return approved(fact, event, "verified");
    case "order.revised":
      return { ...fact, lifecycle: "received" };
    case "order.discrepancy.recorded":
      return { ...fact, lifecycle: "discrepant" };
    case "order.purchase.recorded":
      return fact.lifecycle === "verified" ? { ...fact, lifecycle: "received" } : fact;
    case "order.quoted":
    case "order.compared":
      return fact;
    case "order.discrepancy.waived":
    case "order.discrepancy.resolved":
      return { ...fact, lifecycle: event.open === 0 ? "received" : "discrepant" };
    case "order.verified":
      return { ...fact, lifecycle: "verified", verified: fact.verified ?? { at, firstPass: event.firstPass } };
    case "order.scope.changed":
      return ownedBy(fact, event);
    case "order.confirmed":
      return { ...ownedBy(fact, event), holds: event.holds, lifecycle: fact.begun ? "inExecution" : "confirmed" };
    case "order.amended":
      return amended(fact, event);
    case "order.allocated":
      return inExecution(moved(fact, event));
    case "order.shipped":
      return inExecution(handOver(moved(fact, event), event));
    case "order.delivered":
      return inExecution(deliver(moved(fact, event), event));
    case "order.lost":
      return moved(fact, event);
    case "order.accepted":
      // Goods are accepted once all of them that are still owed have arrived, services are delivered by it.
      return inExecution({ ...fact, begun: true, delivery: "full" });
    case "order.hold.placed":
    case "order.hold.released":
      return { ...fact, holds: event.holds };
    case "order.payment.recorded":
      return { ...fact, paid: event.received.minor };
    case "order.completed":
      return { ...fact, lifecycle: "completed" };
    case "order.closed":
      return { ...fact, lifecycle: "closed" };
    case "order.reopened":
      return { ...fact, lifecycle: "completed" };
    case "order.cancelled":
      return { ...fact, lifecycle: "cancelled" };
    case "order.quantity.cancelled":
    case "order.schedule.short.closed":
      return measured(fact, event);
    default:
      return fact; // re-promises, declined and released allocations change no figure here
  }
}

/** Only what is asked about the order itself, and before its confirmation, moves it. */
const approved = (
  fact: OrderFact,
  { approvalOf }: { readonly approvalOf: string },
  lifecycle: "pendingApproval" | "verified" | "rejected",
): OrderFact =>
  approvalOf === "order" && ["verified", "pendingApproval"].includes(fact.lifecycle) ? { ...fact, lifecycle } : fact;

const moved = (fact: OrderFact, { lines }: { readonly lines: readonly unknown[] }): OrderFact =>
  lines.length > 0 ? { ...fact, begun: true } : fact;

const inExecution = (fact: OrderFact): OrderFact =>
  fact.begun && fact.lifecycle === "confirmed" ? { ...fact, lifecycle: "inExecution" } : fact;

/** An order is delivered by the arrival that made it full; what comes after that is surplus. */
function deliver(fact: OrderFact, event: PublicEventOf<"order.delivered">): OrderFact {
  if (fact.delivery === "full" || event.lines.length === 0) return fact;
  const delivery = event.delivery.toLowerCase() as Extent;
  if (fact.handedOver !== undefined) return { ...fact, delivery };
  const { deliveredAt: at, deliveredOn: on, late } = event;
  return { ...fact, delivery, arrived: arrivedAfter(fact, { at, on, late }) };
}

function amended(fact: OrderFact, event: PublicEventOf<"order.amended">): OrderFact {
  // Its first version did not tell what is handed over, but what has left and is neither lost nor back.
  const { delivery, shipping, handedOver = shipping } = event;
  return measured({ ...ownedBy(fact, event), ...worthOf(event) }, { delivery, handedOver });
}

type Measured = Pick<PublicEventOf<"order.amended">, "delivery" | "handedOver">;

/**
 * How far it has come, by what is owed now: what was waited for alone can have been given up, and what came before stays the
 * arrival. Where nothing is told of the hand-over, everything that has arrived was handed over.
 */
function measured(fact: OrderFact, { delivery, handedOver }: Measured): OrderFact {
  const next = { ...fact, delivery: delivery.toLowerCase() as Extent };
  if (fact.handedOver === undefined) return next;
  const extent = handedOver ?? (delivery === "Full" ? delivery : fact.handedOver);
  return { ...next, handedOver: extent.toLowerCase() as Extent };
}

/** Under some Incoterms the hand-over is what dates are measured by, and the arrival is not. */
function handOver(fact: OrderFact, { handOver: handed, shippedAt: at }: PublicEventOf<"order.shipped">): OrderFact {
  if (!handed || fact.handedOver === "full") return fact;
  const { on, late, extent } = handed;
  return { ...fact, handedOver: extent.toLowerCase() as Extent, arrived: arrivedAfter(fact, { at, on, late }) };
}

type Arrived = NonNullable<OrderFact["arrived"]>;

function arrivedAfter({ arrived }: OrderFact, { at, on, late }: Arrived): Arrived {
  const last = arrived && arrived.at > at ? { at: arrived.at, on: arrived.on } : { at, on };
  return { ...last, late: late || (arrived?.late ?? false) };
}

/** Whether all of it has come to where delivery counts. */
export const isDelivered = ({ handedOver, delivery }: OrderFact): boolean => (handedOver ?? delivery) === "full";

function received(event: OrderReceived): OrderFact {
  const { department, assignee, visibleTo, channel, currency, receivedAt, receivedOn, verifyDueAt } = event;
  return {
    department,
    ...(assignee === undefined ? {} : { assignee }),
    visibleTo,
    channel,
    currency,
    receivedAt,
    receivedOn,
    ...(verifyDueAt === undefined ? {} : { verifyDueAt }),
    ...worthOf(event),
    lifecycle: "received",
    begun: false,
    holds: [],
    delivery: "none",
    paid: "0",
  };
}

/** Who owns the order and sees it is told again with the confirmation, and when it changes. */
function ownedBy(
  { assignee: _, ...fact }: OrderFact,
  event: PublicEventOf<"order.confirmed" | "order.amended" | "order.scope.changed" | "order.approval.requested">,
): OrderFact {
  const { department, assignee, visibleTo } = event;
  return { ...fact, department, visibleTo, ...(assignee === undefined ? {} : { assignee }) };
}

function worthOf({ lines, amount, freight }: Pick<OrderReceived, "lines" | "amount" | "freight">): Worth {
  const families = [...Map.groupBy(lines, ({ family = "" }) => family)];
  const sum = (amounts: readonly ({ readonly minor: string } | undefined)[]): string =>
    amounts.reduce((all, each) => all + BigInt(each?.minor ?? "0"), 0n).toString();
  return {
    lines: lines.length,
    amount: amount.minor,
    freight: freight.minor,
    families: families.map(([family, own]) => ({
      family,
      lines: own.length,
      amount: sum(own.map((line) => line.amount)),
      freight: sum(own.map((line) => line.freight)),
    })),
  };
}
