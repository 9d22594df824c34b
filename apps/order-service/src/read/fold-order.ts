// Folds one event into an order's document. Sequences, batches and storage are the runner's business.
import type { Happened } from "@gendan/eventing";
import { foldComparison, unverified } from "./fold-comparison.js";
import type { OrderLine } from "../domain/order/content.events.js";
import type { OrderCorrected, OrderEvent, OrderReceived, Part, ScopeChanged } from "../domain/order/order.events.js";
import { firstVersion, foldAmendment } from "./fold-amendments.js";
import { agreed, arrived, due, handedOver, promised, servicesDone } from "./fold-dates.js";
import { notBegun, noteOf, paymentOf, progressed } from "./fold-parts.js";
import type { HoldPlaced } from "../domain/order/holds/holds.events.js";
import { foldMoney } from "./money-of-order.js";
import type { Done, HoldDocument, LineDocument, OrderDocument } from "./order.document.js";
import { isReviewEvent } from "../domain/order/review/review.events.js";
import { foldReview } from "./review.js";
import { isApprovalEvent } from "../domain/order/approval/approval.events.js";
import type { HoldReleased } from "../domain/order/holds/holds.events.js";
import { foldApproval, holdGone, nothingWaits } from "./approvals.js";
import { isGoodsEvent } from "../domain/order/goods/goods.events.js";
import { foldGoods } from "./goods/fold-goods.js";

/** What was reported of an order before the order itself is counted nowhere, so there is no document yet. */
export function foldOrder(
  doc: OrderDocument | undefined,
  event: OrderEvent,
  happened: Happened<OrderEvent>,
): OrderDocument | undefined {
  if (event.type === "order.received") return due(received(event));
  return doc && due(changed(doc, event, happened));
}

type Later = Exclude<OrderEvent, OrderReceived>;

function changed(doc: OrderDocument, event: Later, { meta }: Happened<OrderEvent>): OrderDocument {
  const done: Done = { at: meta.occurredAt, by: meta.actor };
  if (isGoodsEvent(event)) return foldGoods(doc, event, done);
  if (isReviewEvent(event)) return foldReview(doc, event, done);
  if (isApprovalEvent(event)) return foldApproval(doc, event, done);
  switch (event.type) {
    case "order.corrected":
      return corrected(doc, event, done);
    case "order.quoted":
    case "order.purchase.recorded":
    case "order.compared":
    case "order.discrepancy.recorded":
    case "order.discrepancy.resolved":
    case "order.discrepancy.waived":
      return foldComparison(doc, event, done);
    case "order.verified":
      return {
        ...doc,
        lifecycle: "verified",
        firstVerifiedAt: doc.firstVerifiedAt ?? done.at,
        verification: { ...done, by: event.verifiedBy, ...(event.rules && { rules: event.rules }) },
      };
    case "order.confirmed": {
      const { at: madeAt, by } = done;
      const first = promised(doc, event.schedules, ({ promisedOn: on, lateFrom }) => ({ on, lateFrom, madeAt, by }));
      const next = { ...firstVersion(first, event, done), lifecycle: "confirmed", confirmedAt: done.at } as const;
      return inExecution({ ...next, ...paymentOf(event) });
    }
    case "order.schedule.repromised": {
      const { to: on, lateFrom, reason, askedBy } = event;
      const made = { on, lateFrom, madeAt: done.at, by: done.by, reason, askedBy, ...noteOf(event) };
      return promised(doc, [event], () => made);
    }
    case "order.date.agreed":
      return agreed(doc, event, done);
    case "order.amendment.proposed":
    case "order.amendment.approved":
    case "order.amendment.withdrawn":
    case "order.amended":
      return foldAmendment(doc, event, done);
    case "order.hold.placed":
      return { ...doc, holds: [...doc.holds, heldBy(event, done)] };
    case "order.hold.released":
      return unheld(doc, event);
    case "order.scope.changed":
      return scoped(doc, event);
    case "order.cancelled": {
      const { reason, cancelledBy } = event;
      const cancellation = { ...done, reason, cancelledBy, ...noteOf(event) };
      return { ...doc, ...nothingWaits(doc.approvals), lifecycle: "cancelled", cancellation };
    }
    case "order.issue.noted":
      return { ...doc, blockingIssues: [...doc.blockingIssues, event.issueId] };
    case "order.issue.cleared":
      return { ...doc, blockingIssues: doc.blockingIssues.filter((issueId) => issueId !== event.issueId) };
    case "order.completed":
      return { ...doc, lifecycle: "completed", completedAt: done.at };
    case "order.closed":
      return { ...doc, lifecycle: "closed", closedAt: done.at };
    case "order.payment.recorded":
      return event.breaches.length > 0 ? doc : { ...doc, received: event.received };
    case "order.payment.terms.agreed":
    case "order.milestones.reckoned":
    case "order.payment.reversed":
    case "order.invoiced":
    case "order.credited":
    case "order.written.off":
      return foldMoney(doc, event);
    default:
      return goodsMoved(doc, event, done);
  }
}

function heldBy(event: HoldPlaced, done: Done): HoldDocument {
  const { type: _, holds: __, blocked: ___, rules: ____, ...hold } = event;
  return { ...done, ...hold };
}

/** A hold from before holds had ids is found by its type. Nobody is asked any more to let it be released. */
const unheld = (doc: OrderDocument, event: HoldReleased): OrderDocument => ({
  ...doc,
  holds: doc.holds.filter(({ hold, holdId = hold }) => holdId !== event.holdId),
  ...(doc.approvals && { approvals: holdGone(doc.approvals, event) }),
});

function scoped({ assignee: _, ...doc }: OrderDocument, event: ScopeChanged): OrderDocument {
  const { department, assignee, visibleTo, collaborators, shares } = event;
  return { ...doc, department, visibleTo, collaborators, shares, ...(assignee === undefined ? {} : { assignee }) };
}

type Goods = Extract<
  Later,
  {
    readonly type:
      | "order.allocated"
      | "order.allocation.declined"
      | "order.allocation.released"
      | "order.shipped"
      | "order.delivered"
      | "order.lost"
      | "order.acceptance.elapsed"
      | "order.accepted";
  }
>;

function goodsMoved(doc: OrderDocument, event: Goods, done: Done): OrderDocument {
  switch (event.type) {
    case "order.allocation.declined":
      return doc;
    case "order.allocated":
      return inExecution(progressed(doc, event.progress));
    case "order.allocation.released":
      return progressed(doc, event.progress);
    case "order.shipped":
      return inExecution({
        ...handedOver(progressed(doc, event.progress), event),
        shipping: event.shipping,
        ...(event.lines.length === 0 ? {} : { notInvoicedSince: doc.notInvoicedSince ?? event.shippedAt }),
      });
    case "order.lost":
      return { ...progressed(doc, event.progress), shipping: event.shipping };
    case "order.delivered": {
      const { shipping, delivery, lines, deliveredAt, acceptanceDueAt } = event;
      const next = { ...progressed(doc, event.progress), shipping, delivery, ...paymentOf(event) };
      if (lines.length === 0) return next; // disputed: it arrived nowhere
      return inExecution({
        ...arrived(next, event),
        notInvoicedSince: doc.notInvoicedSince ?? deliveredAt,
        ...(acceptanceDueAt === undefined ? {} : { acceptanceDueAt }),
      });
    }
    case "order.acceptance.elapsed": {
      const { acceptanceDueAt: _, ...rest } = doc;
      return rest;
    }
    case "order.accepted": {
      const {
        acceptanceDueAt: _,
        rejection: __,
        ...rest
      } = servicesDone(progressed(doc, event.services.map(serviceDone)), event);
      const acceptance = { at: done.at, by: event.acceptedBy, ...noteOf(event) };
      const next = { ...rest, delivery: event.delivery, acceptance, ...paymentOf(event) };
      return next.lifecycle === "confirmed" ? { ...next, lifecycle: "inExecution" } : next;
    }
  }
}

function received({ type: _, ...event }: OrderReceived): OrderDocument {
  return {
    ...event,
    lifecycle: "received",
    lines: event.lines.map(lineDocument),
    received: { minor: "0", currency: event.currency },
    discrepancies: [],
    corrections: [],
    holds: [],
    shipping: "None",
    delivery: "None",
    blockingIssues: [],
  };
}

const lineDocument = (line: OrderLine): LineDocument => ({
  ...line,
  schedules: line.schedules.map((schedule) => ({ ...schedule, ...notBegun })),
});

/** A correction tells all that can be corrected; what it leaves out is gone. Nothing has moved yet when it is taken. */
function corrected(doc: OrderDocument, event: OrderCorrected, done: Done): OrderDocument {
  const { type: _, correctedBy, changes, note: __, lines, ...content } = event;
  const { incoterm: _i, paymentTerms: _p, deliveryPoint: _d, ...rest } = unverified(doc);
  const correction = { ...done, by: correctedBy, changes, ...noteOf(event) };
  return {
    ...rest,
    ...content,
    lifecycle: doc.lifecycle === "verified" ? "received" : doc.lifecycle,
    lines: lines.map(lineDocument),
    corrections: [...doc.corrections, correction],
  };
}

const serviceDone = ({ lineId, scheduleId, quantity }: Part) => ({
  lineId,
  scheduleId,
  delivered: quantity,
  full: true,
});

/** Goods that were given to a shipment or have left begin the execution of a binding order. */
const inExecution = (doc: OrderDocument): OrderDocument =>
  doc.lifecycle === "confirmed" &&
  doc.lines.some(({ schedules }) => schedules.some(({ allocated }) => allocated !== "0"))
    ? { ...doc, lifecycle: "inExecution" }
    : doc;
