// How an order decides on its approvals: one line per command.
import type { Asked, Decision } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import {
  commentApproval,
  giveApproval,
  rejectApproval,
  type CommentApproval,
  type GiveApproval,
  type RejectApproval,
} from "./decide-approval.js";
import { elapseApprovals, type ElapseApprovals } from "./elapse-approvals.js";
import { reviseOrder, type ReviseOrder } from "./revise-order.js";
import {
  submitForApproval,
  withdrawApproval,
  type SubmitForApproval,
  type WithdrawApproval,
} from "./submit-for-approval.js";

export type ApprovalDecision =
  SubmitForApproval | GiveApproval | RejectApproval | WithdrawApproval | CommentApproval | ReviseOrder;
export type ApprovalFact = ElapseApprovals;

const types: Readonly<Record<(ApprovalDecision | ApprovalFact)["type"], true>> = {
  SubmitForApproval: true,
  GiveApproval: true,
  RejectApproval: true,
  WithdrawApproval: true,
  CommentApproval: true,
  ReviseOrder: true,
  ElapseApprovals: true,
};

/** Whether it is one of those above. */
export const isApprovalCommand = (command: { readonly type: string }): command is ApprovalDecision | ApprovalFact =>
  command.type in types;

export function decideApproval(
  order: OrderState,
  command: ApprovalDecision | ApprovalFact,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  switch (command.type) {
    case "SubmitForApproval":
      return submitForApproval(order, command, by);
    case "GiveApproval":
      return giveApproval(order, command, by);
    case "RejectApproval":
      return rejectApproval(order, command, by);
    case "WithdrawApproval":
      return withdrawApproval(order, command);
    case "CommentApproval":
      return commentApproval(order, command);
    case "ReviseOrder":
      return reviseOrder(order, command);
    case "ElapseApprovals":
      return elapseApprovals(order, command, by);
  }
}
