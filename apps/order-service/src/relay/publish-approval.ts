// What the company hears of the approvals of an order. Made of the event alone.
import { scopeOf, type PublicFact } from "@gendan/eventing";
import {
  orderApprovalEscalated,
  orderApprovalGiven,
  orderApprovalRejected,
  orderApprovalRequested,
  orderApprovalWithdrawn,
  orderRevised,
} from "@gendan/contracts";
import type { ApprovalEvent } from "../domain/order/approval/approval.events.js";

export function publishApproval(orderId: string, event: ApprovalEvent): readonly PublicFact[] {
  switch (event.type) {
    case "order.approval.requested": {
      const { subject, version, levels } = event;
      const waiting = levels[0]!.of.map((party) => ({ ...party }));
      return [
        orderApprovalRequested.message({
          orderId,
          approvalOf: subject,
          version,
          levels: levels.map(({ level }) => level),
          waiting,
          ...scopeOf(event),
        }),
      ];
    }
    case "order.approval.given": {
      const { subject, level, person, onBehalfOf, next, waiting } = event;
      const told = { orderId, approvalOf: subject, level, person, onBehalfOf, approved: next === undefined };
      return [orderApprovalGiven.message({ ...told, waiting: waiting.map((party) => ({ ...party })) })];
    }
    case "order.approval.rejected": {
      const { subject, level, person, onBehalfOf, reason } = event;
      return [orderApprovalRejected.message({ orderId, approvalOf: subject, level, person, onBehalfOf, reason })];
    }
    case "order.approval.withdrawn":
      return [orderApprovalWithdrawn.message({ orderId, approvalOf: event.subject, why: event.why })];
    case "order.approval.escalated": {
      const { subject, level, to } = event;
      return [
        orderApprovalEscalated.message({
          orderId,
          approvalOf: subject,
          level,
          waiting: to.map((party) => ({ ...party })),
        }),
      ];
    }
    case "order.approval.commented": // free text
      return [];
    case "order.revised":
      return [orderRevised.message({ orderId })];
  }
}
