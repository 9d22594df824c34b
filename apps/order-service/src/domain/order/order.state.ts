// What decisions need to know of an order, and how it follows from the events. What people see is a document of read/.
import { millionths, type Actor, type Quantity } from "@gendan/eventing";
import { isGoodsEvent } from "./goods/goods.events.js";
import { evolveMovement, isMovement } from "./goods/movements.state.js";
import type { ExchangeOf } from "./goods/returns.events.js";
import { noReturns, type ReturnsState } from "./goods/returns.state.js";
import { bounds, evolveGoods } from "./goods/goods.state.js";
import { scheduleKey, type Ledger } from "./ledger.js";
import { evolveComparison, notCompared, quotedBy, stale, type ComparisonState } from "./comparison/comparison.state.js";
import { evolveHolds, noHolds, type Holds } from "./holds/holds.state.js";
import { isReviewEvent } from "./review/review.events.js";
import { evolveReview, noReview, type Review } from "./review/review.state.js";
import { isApprovalEvent } from "./approval/approval.events.js";
import { approvalsAfter, evolveApproval, type Approvals } from "./approval/approval.state.js";
import type { Channel, LineKind, OrderContent, OrderScope, Share } from "./content.events.js";
import type {
  Lifecycle,
  OrderConfirmed,
  OrderCorrected,
  OrderEvent,
  OrderReceived,
  ScopeChanged,
} from "./order.events.js";
import { isAmendmentEvent } from "./amendment/amendment.events.js";
import { evolveAmendment, noAmendment, type AmendmentState } from "./amendment/amendment.state.js";
import { evolveMoney, noMoney, type MoneyState } from "./money/money.state.js";

export interface OrderState extends ComparisonState {
  readonly lifecycle: Lifecycle | "absent";
  readonly number: string;
  readonly channel?: Channel;
  readonly sourceReference?: string;
  readonly customerId: string;
  readonly currency: string;
  readonly zone: string;
  readonly receivedOn: string;
  readonly scope: OrderScope;
  /** Besides the assignee. */
  readonly collaborators: readonly string[];
  readonly shares: readonly Share[];
  /** It was changed since the order was received: what follows the order may have to be told. */
  readonly scopeChanged: boolean;
  /** The receipts that pay for it: they follow its scope. */
  readonly receipts: ReadonlySet<string>;
  readonly content: OrderContent;
  /** As it was taken in: who sends that again sends the same order. */
  readonly original?: OrderContent;
  /** Minor units: the lines and their freight. */
  readonly total: bigint;
  readonly acceptanceDays: number;
  /** Everybody who entered or corrected it: none of them verifies it. */
  readonly enteredBy: readonly Actor[];
  readonly review: Review;
  /** What waits for approvals or has them, by its subject. */
  readonly approvals: Approvals;
  /** Of the confirmed content; 1 before the confirmation too, since that is what it will be. */
  readonly version: number;
  readonly schedules: ReadonlyMap<string, ScheduleState>;
  /** By their ids. */
  readonly holds: Holds;
  readonly ledger: Ledger;
  /** The services that were accepted. */
  readonly servicesDone: boolean;
  readonly accepted: boolean;
  /** The customer disputes what arrived. */
  readonly rejected: boolean;
  readonly returns: ReturnsState;
  /** The return of another order that this one brings the exchange for. */
  readonly exchangeOf?: ExchangeOf;
  readonly acceptanceDueAt?: string;
  readonly blockingIssues: ReadonlySet<string>;
  /** Minor units. */
  readonly received: bigint;
  readonly money: MoneyState;
  readonly amendment: AmendmentState;
}

export interface ScheduleState {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly kind: LineKind;
  readonly sku: string;
  readonly unit: string;
  readonly quantity: Quantity;
  readonly overTolerance: string;
  readonly underTolerance: string;
  /** In millionths: what of the quantity was neither cancelled nor short-closed. */
  readonly owed: bigint;
  /** In millionths: the most that the tolerance lets be allocated, and the least that is full. */
  readonly most: bigint;
  readonly least: bigint;
  readonly requestedOn?: string;
  /** The latest promise. */
  readonly promisedOn?: string;
  /** The day of its latest arrival. */
  readonly deliveredOn?: string;
  /** What the customer has accepted. */
  readonly agreedOn?: string;
}

const noContent: OrderContent = { lines: [], references: [], customFields: [] };

export const noOrder: OrderState = {
  lifecycle: "absent",
  number: "",
  customerId: "",
  currency: "",
  zone: "UTC",
  receivedOn: "",
  scope: { department: "", visibleTo: ["d:"] },
  collaborators: [],
  shares: [],
  scopeChanged: false,
  receipts: new Set(),
  content: noContent,
  total: 0n,
  acceptanceDays: 0,
  enteredBy: [],
  ...notCompared,
  review: noReview,
  approvals: new Map(),
  version: 1,
  schedules: new Map(),
  holds: noHolds,
  ledger: new Map(),
  servicesDone: false,
  accepted: false,
  rejected: false,
  returns: noReturns,
  blockingIssues: new Set(),
  received: 0n,
  money: noMoney,
  amendment: noAmendment,
};

export function evolve(order: OrderState, event: OrderEvent): OrderState {
  if (isMovement(event)) return evolveMovement(order, event);
  if (isAmendmentEvent(event)) return evolveAmendment(order, event);
  if (isGoodsEvent(event)) return evolveGoods(order, event);
  if (isReviewEvent(event)) return { ...order, review: evolveReview(order.review, event) };
  if (isApprovalEvent(event)) return evolveApproval(order, event);
  switch (event.type) {
    case "order.received":
      return received(order, event);
    case "order.corrected":
      return corrected(order, event);
    case "order.quoted":
    case "order.purchase.recorded":
    case "order.compared":
    case "order.discrepancy.recorded":
    case "order.discrepancy.resolved":
    case "order.discrepancy.waived":
      return evolveComparison(order, event);
    case "order.verified":
      return { ...order, lifecycle: "verified" };
    case "order.confirmed":
      return confirmed(order, event);
    case "order.schedule.repromised":
      return promised(order, [{ ...event, promisedOn: event.to }]);
    case "order.date.agreed":
      return onSchedules(order, [event], ({ agreedOn }) => ({ agreedOn }));
    case "order.hold.placed":
    case "order.hold.released":
      return { ...order, holds: evolveHolds(order.holds, event), approvals: approvalsAfter(order.approvals, event) };
    case "order.scope.changed":
      return scopeChanged(order, event);
    case "order.cancelled":
      return { ...order, lifecycle: "cancelled", approvals: new Map() };
    case "order.acceptance.elapsed": {
      const { acceptanceDueAt: _, ...rest } = order;
      return rest;
    }
    case "order.accepted":
      return inExecution({
        ...order,
        accepted: true,
        rejected: false,
        servicesDone: event.services.length > 0 || order.servicesDone,
      });
    case "order.completed":
      return { ...order, lifecycle: "completed" };
    case "order.closed":
      return { ...order, lifecycle: "closed" };
    case "order.payment.recorded": {
      const receipts = new Set([...order.receipts, event.receiptId]);
      const counted = event.breaches.length > 0 ? {} : { received: BigInt(event.received.minor) };
      return { ...order, receipts, ...counted, money: evolveMoney(order.money, event) };
    }
    case "order.payment.reversed":
      return { ...order, received: BigInt(event.received.minor), money: evolveMoney(order.money, event) };
    case "order.payment.terms.agreed":
    case "order.milestones.reckoned":
    case "order.invoiced":
    case "order.credited":
    case "order.written.off":
      return { ...order, money: evolveMoney(order.money, event) };
    case "order.issue.noted":
      return order.lifecycle === "absent"
        ? order
        : { ...order, blockingIssues: new Set([...order.blockingIssues, event.issueId]) };
    case "order.issue.cleared":
      return { ...order, blockingIssues: without(order.blockingIssues, event.issueId) };
  }
}

const confirmed = (order: OrderState, event: OrderConfirmed): OrderState => ({
  ...promised(order, event.schedules),
  version: event.version,
  // Goods that left before the confirmation have begun the execution already.
  lifecycle: hasMoved(order.ledger) ? "inExecution" : "confirmed",
});

function received(order: OrderState, event: OrderReceived): OrderState {
  const { number, channel, sourceReference, customerId, currency, zone, receivedOn, acceptanceDays } = event;
  return {
    // Facts that came before the order itself were recorded, and count nowhere.
    ...order,
    lifecycle: "received",
    number,
    channel,
    ...(sourceReference === undefined ? {} : { sourceReference }),
    customerId,
    currency,
    zone,
    receivedOn,
    acceptanceDays,
    scope: scopeOf(event),
    enteredBy: [event.enteredBy],
    quotedBy: quotedBy(event),
    ...withOriginal(consistingOf(event)),
  };
}

const scopeChanged = (order: OrderState, event: ScopeChanged): OrderState => ({
  ...order,
  scope: scopeOf(event),
  collaborators: event.collaborators,
  shares: event.shares,
  scopeChanged: true,
});

const scopeOf = ({
  department,
  assignee,
  visibleTo,
}: Omit<OrderScope, "assignee"> & { readonly assignee?: string | undefined }): OrderScope => ({
  department,
  visibleTo,
  ...(assignee === undefined ? {} : { assignee }),
});

/** A correction takes back the verification: what was checked is not what stands there now. */
const corrected = (order: OrderState, event: OrderCorrected): OrderState => ({
  ...stale(order),
  lifecycle: order.lifecycle === "verified" ? "received" : order.lifecycle,
  enteredBy: [...order.enteredBy, event.correctedBy],
  ...consistingOf(event),
});

const consistingOf = (event: OrderReceived | OrderCorrected): Pick<OrderState, "content" | "total" | "schedules"> => ({
  content: contentOf(event),
  total: BigInt(event.amount.minor) + BigInt(event.freight.minor),
  schedules: schedulesOf(event),
});

const withOriginal = <Part extends Pick<OrderState, "content">>(part: Part) => ({ ...part, original: part.content });

/** The part of an order that can be corrected. */
export function contentOf(event: OrderContent): OrderContent {
  const { lines, incoterm, paymentTerms, deliveryPoint, references, customFields } = event;
  return {
    lines,
    references,
    customFields,
    ...(incoterm === undefined ? {} : { incoterm }),
    ...(paymentTerms === undefined ? {} : { paymentTerms }),
    ...(deliveryPoint === undefined ? {} : { deliveryPoint }),
  };
}

export function schedulesOf({ lines }: OrderContent): Map<string, ScheduleState> {
  const schedules = new Map<string, ScheduleState>();
  for (const { lineId, kind, sku, unit, overTolerance, underTolerance, schedules: own } of lines) {
    for (const { scheduleId, quantity, requestedOn } of own) {
      schedules.set(scheduleKey({ lineId, scheduleId }), {
        lineId,
        scheduleId,
        kind,
        sku,
        unit,
        quantity,
        overTolerance,
        underTolerance,
        ...bounds(millionths(quantity), overTolerance, underTolerance),
        ...(requestedOn === undefined ? {} : { requestedOn }),
      });
    }
  }
  return schedules;
}

interface At {
  readonly lineId: string;
  readonly scheduleId: string;
}

const promised = (order: OrderState, promises: readonly (At & { readonly promisedOn: string })[]): OrderState =>
  onSchedules(order, promises, ({ promisedOn }) => ({ promisedOn }));

export function onSchedules<Told extends At>(
  order: OrderState,
  told: readonly Told[],
  now: (told: Told) => Partial<ScheduleState>,
): OrderState {
  const schedules = new Map(order.schedules);
  for (const each of told) {
    const schedule = schedules.get(scheduleKey(each));
    if (schedule) schedules.set(scheduleKey(each), { ...schedule, ...now(each) });
  }
  return { ...order, schedules };
}

/** Only a binding order is executed: what leaves earlier or later is a breach and moves no lifecycle. */
export const inExecution = (order: OrderState): OrderState =>
  order.lifecycle === "confirmed" && (hasMoved(order.ledger) || order.accepted)
    ? { ...order, lifecycle: "inExecution" }
    : order;

const hasMoved = (ledger: Ledger): boolean => ledger.size > 0;

const without = <T>(set: ReadonlySet<T>, gone: T): ReadonlySet<T> => new Set([...set].filter((each) => each !== gone));
