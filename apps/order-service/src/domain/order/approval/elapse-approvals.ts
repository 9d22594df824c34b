// The deadline `approval` is due: each level whose time is over goes to those whom the rules named, once.
import { accept, type Asked, type Decision } from "@gendan/eventing";
import { shownTo } from "../change-scope.js";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import type { ApprovalEscalated } from "./approval.events.js";
import { waitingLevel } from "./approval.state.js";
import { asked } from "./submit-for-approval.js";

export interface ElapseApprovals {
  readonly type: "ElapseApprovals";
  readonly dueAt: string;
}

export function elapseApprovals(
  order: OrderState,
  { dueAt }: ElapseApprovals,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const escalated = [...order.approvals].flatMap(([subject, approval]): ApprovalEscalated[] => {
    const level = waitingLevel(approval);
    if (!level?.escalateTo || approval.dueAt === undefined || approval.dueAt > dueAt) return [];
    return [
      { type: "order.approval.escalated", subject, level: level.level, dueAt: approval.dueAt, to: level.escalateTo },
    ];
  });
  return accept<OrderEvent>(...shownTo(order, asked(escalated.flatMap(({ to }) => to)), by), ...escalated);
}
