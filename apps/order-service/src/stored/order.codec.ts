// Stored versions of order events. Stored events are read for ever: a new version gets its upcast, and a golden sample.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { OrderEvent } from "../domain/order/order.events.js";

/** In version 1 there was one hold of each type, and all of them blocked the dispatch alone. */
const onlyDispatch = (holds: unknown) => ({ blocked: { dispatch: holds, production: [], invoice: [] } });
const releasedOnce = (released: Record<string, unknown>): Record<string, unknown> => ({
  ...released,
  holdId: released["hold"],
  ...onlyDispatch(released["holds"]),
});
const placedOnce = (placed: Record<string, unknown>): Record<string, unknown> => ({
  ...releasedOnce(placed),
  blocks: ["dispatch"],
});

/** Nothing of what a later version has more can be told of an earlier one. */
const asItWas = (event: Record<string, unknown>): Record<string, unknown> => event;

export const orderVersions: StoredVersions<OrderEvent["type"]> = {
  "order.received": { version: 1 },
  "order.corrected": { version: 1 },
  "order.quoted": { version: 1 },
  "order.purchase.recorded": { version: 1 },
  "order.compared": { version: 1 },
  "order.discrepancy.recorded": { version: 1 },
  "order.discrepancy.resolved": { version: 1 },
  "order.discrepancy.waived": { version: 1 },
  "order.verified": { version: 1 },
  "order.payment.terms.agreed": { version: 1 },
  "order.review.opened": { version: 2, upcasts: [asItWas] },
  "order.review.answered": { version: 1 },
  "order.review.invalidated": { version: 1 },
  "order.review.reminded": { version: 1 },
  "order.reply.overridden": { version: 1 },
  "order.countersigned": { version: 1 },
  "order.approval.requested": { version: 2, upcasts: [asItWas] },
  "order.approval.given": { version: 2, upcasts: [asItWas] },
  "order.approval.rejected": { version: 1 },
  "order.approval.withdrawn": { version: 1 },
  "order.approval.commented": { version: 1 },
  "order.approval.escalated": { version: 1 },
  "order.revised": { version: 1 },
  "order.confirmed": { version: 1 },
  "order.schedule.repromised": { version: 1 },
  "order.date.agreed": { version: 1 },
  "order.amendment.proposed": { version: 3, upcasts: [asItWas, asItWas] },
  "order.amendment.approved": { version: 1 },
  "order.amendment.withdrawn": { version: 1 },
  "order.amended": { version: 3, upcasts: [asItWas, asItWas] },
  "order.hold.placed": { version: 2, upcasts: [placedOnce] },
  "order.hold.released": { version: 2, upcasts: [releasedOnce] },
  "order.scope.changed": { version: 1 },
  "order.cancelled": { version: 1 },
  "order.allocated": { version: 1 },
  "order.allocation.declined": { version: 1 },
  "order.allocation.released": { version: 1 },
  "order.shipped": { version: 1 },
  "order.delivered": { version: 1 },
  "order.lost": { version: 1 },
  "order.returned.to.sender": { version: 1 },
  "order.schedule.short.closed": { version: 2, upcasts: [asItWas] },
  "order.schedule.backordered": { version: 1 },
  "order.quantity.cancelled": { version: 2, upcasts: [asItWas] },
  "order.delivery.rejected": { version: 1 },
  "order.return.authorised": { version: 1 },
  "order.return.received": { version: 1 },
  "order.return.inspected": { version: 1 },
  "order.return.withdrawn": { version: 1 },
  "order.return.refunded": { version: 1 },
  "order.exchange.linked": { version: 1 },
  "order.exchange.noted": { version: 1 },
  "order.acceptance.elapsed": { version: 1 },
  "order.accepted": { version: 1 },
  "order.completed": { version: 1 },
  "order.closed": { version: 1 },
  "order.reopened": { version: 1 },
  "order.payment.recorded": { version: 1 },
  "order.payment.reversed": { version: 1 },
  "order.milestones.reckoned": { version: 1 },
  "order.invoiced": { version: 1 },
  "order.credited": { version: 1 },
  "order.written.off": { version: 1 },
  "order.issue.noted": { version: 1 },
  "order.issue.cleared": { version: 1 },
};

export const orderCodec = codecOf<OrderEvent>(orderVersions);
