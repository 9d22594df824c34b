// How an order decides: one line per command.
import { accept, type Asked, type Decider, type Decision } from "@gendan/eventing";
import { acceptDelivery, elapseAcceptance, type AcceptDelivery, type ElapseAcceptance } from "./accept-delivery.js";
import {
  answerAllocation,
  releaseAllocation,
  type AnswerAllocation,
  type ReleaseAllocation,
} from "./answer-allocation.js";
import {
  assignOrder,
  elapseShares,
  moveOrder,
  shareOrder,
  unshareOrder,
  type AssignOrder,
  type ElapseShares,
  type MoveOrder,
  type ShareOrder,
  type UnshareOrder,
} from "./change-scope.js";
import { decideReview, isReviewCommand, type ReviewDecision, type ReviewFact } from "./review/review.decider.js";
import {
  decideApproval,
  isApprovalCommand,
  type ApprovalDecision,
  type ApprovalFact,
} from "./approval/approval.decider.js";
import { cancelOrder, type CancelOrder } from "./cancel-order.js";
import { closeOrder, type CloseOrder } from "./close-order.js";
import { decideAmendment, isAmendmentCommand, type AmendmentDecision } from "./amendment/amendment.decider.js";
import { agreeDate, type AgreeDate } from "./dates/agree-date.js";
import { repromiseSchedule, type RepromiseSchedule } from "./dates/repromise-schedule.js";
import type { NoteQuotation } from "./comparison/note-quotation.js";
import { decideComparison, type ComparisonCommand } from "./comparison/comparison.decider.js";
import { confirmOrder, type ConfirmOrder } from "./confirm-order.js";
import { correctOrder, type CorrectOrder } from "./correct-order.js";
import { agreePaymentTerms, type AgreePaymentTerms } from "./money/agree-payment-terms.js";
import { issueCreditNote, type IssueCreditNote } from "./money/issue-credit-note.js";
import { issueInvoice, type IssueInvoice } from "./money/issue-invoice.js";
import { reckoned } from "./money/milestones.js";
import { reversePayment, type ReversePayment } from "./money/reverse-payment.js";
import { writeOff, type WriteOff } from "./money/write-off.js";
import { decideGoods, isGoodsCommand, type GoodsDecision, type GoodsFact } from "./goods/goods.decider.js";
import { clearIssue, noteIssue, type ClearIssue, type NoteIssue } from "./note-issue.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import { evolve, noOrder, type OrderState } from "./order.state.js";
import { decideHold, type HoldDecision, type HoldFact } from "./holds/holds.decider.js";
import { receiveOrder, type ReceiveOrder } from "./receive-order.js";
import { recordDelivered, type RecordDelivered } from "./record-delivered.js";
import { recordLost, type RecordLost } from "./record-lost.js";
import { recordPayment, type RecordPayment } from "./record-payment.js";
import { recordShipped, type RecordShipped } from "./record-shipped.js";
import { verifyOrder, type VerifyOrder } from "./verify-order.js";

/** What people and programs decide; these can be refused. */
export type OrderDecision =
  | ReceiveOrder
  | CorrectOrder
  | ComparisonCommand
  | VerifyOrder
  | AgreePaymentTerms
  | ReviewDecision
  | ApprovalDecision
  | ConfirmOrder
  | RepromiseSchedule
  | AgreeDate
  | AmendmentDecision
  | HoldDecision
  | MoveOrder
  | AssignOrder
  | ShareOrder
  | UnshareOrder
  | GoodsDecision
  | CancelOrder
  | AcceptDelivery
  | IssueInvoice
  | IssueCreditNote
  | WriteOff
  | CloseOrder;

/** What has happened elsewhere; never refused. */
export type OrderFact =
  | NoteQuotation
  | HoldFact
  | AnswerAllocation
  | ReleaseAllocation
  | RecordShipped
  | RecordDelivered
  | RecordLost
  | GoodsFact
  | RecordPayment
  | ReversePayment
  | NoteIssue
  | ClearIssue
  | ReviewFact
  | ApprovalFact
  | ElapseAcceptance
  | ElapseShares;

export type OrderCommand = OrderDecision | OrderFact;

const facts: Readonly<Record<OrderFact["type"], true>> = {
  NoteQuotation: true,
  ImposeHold: true,
  LiftHold: true,
  ElapseHolds: true,
  AnswerAllocation: true,
  ReleaseAllocation: true,
  RecordShipped: true,
  RecordDelivered: true,
  RecordLost: true,
  RecordReturnedToSender: true,
  ReceiveReturn: true,
  NoteExchange: true,
  RecordRefund: true,
  RecordPayment: true,
  ReversePayment: true,
  NoteIssue: true,
  ClearIssue: true,
  ElapseReview: true,
  ElapseApprovals: true,
  ElapseAcceptance: true,
  ElapseShares: true,
};
export const orderFacts: ReadonlySet<OrderCommand["type"]> = new Set(Object.keys(facts) as OrderFact["type"][]);

export const orderDecider: Decider<OrderState, OrderCommand, OrderEvent, OrderRefusal> = {
  initial: noOrder,
  evolve,
  decide(order, command, by) {
    const decision = decide(order, command, by);
    if ("refusals" in decision || decision.events.length === 0) return decision;
    const { events } = decision;
    // Whatever was decided: where it moves what is due or settled, the milestones follow.
    return accept(...events, ...reckoned(order, events.reduce(evolve, order), events, by.at));
  },
};

function decide(order: OrderState, command: OrderCommand, by: Asked): Decision<OrderEvent, OrderRefusal> {
  if (isAmendmentCommand(command)) return decideAmendment(order, command, by);
  if (isGoodsCommand(command)) return decideGoods(order, command, by);
  if (isReviewCommand(command)) return decideReview(order, command, by);
  if (isApprovalCommand(command)) return decideApproval(order, command, by);
  switch (command.type) {
    case "ReceiveOrder":
      return receiveOrder(order, command, by);
    case "CorrectOrder":
      return correctOrder(order, command, by);
    case "NoteQuotation":
    case "RecordPurchaseOrder":
    case "CompareOrder":
    case "RecordDiscrepancy":
    case "ResolveDiscrepancy":
    case "WaiveDiscrepancy":
      return decideComparison(order, command, by);
    case "VerifyOrder":
      return verifyOrder(order, command, by);
    case "AgreePaymentTerms":
      return agreePaymentTerms(order, command);
    case "ConfirmOrder":
      return confirmOrder(order, command, by);
    case "RepromiseSchedule":
      return repromiseSchedule(order, command);
    case "AgreeDate":
      return agreeDate(order, command);
    case "PlaceHold":
    case "ReleaseHold":
    case "ImposeHold":
    case "LiftHold":
    case "ElapseHolds":
      return decideHold(order, command, by);
    case "MoveOrder":
      return moveOrder(order, command);
    case "AssignOrder":
      return assignOrder(order, command);
    case "ShareOrder":
      return shareOrder(order, command, by);
    case "UnshareOrder":
      return unshareOrder(order, command);
    case "CancelOrder":
      return cancelOrder(order, command, by);
    case "AcceptDelivery":
      return acceptDelivery(order, command, by);
    case "IssueInvoice":
      return issueInvoice(order, command, by);
    case "IssueCreditNote":
      return issueCreditNote(order, command, by);
    case "WriteOff":
      return writeOff(order, command, by);
    case "CloseOrder":
      return closeOrder(order, command);
    case "AnswerAllocation":
      return answerAllocation(order, command);
    case "ReleaseAllocation":
      return releaseAllocation(order, command);
    case "RecordShipped":
      return recordShipped(order, command, by);
    case "RecordDelivered":
      return recordDelivered(order, command, by);
    case "RecordLost":
      return recordLost(order, command, by);
    case "RecordPayment":
      return recordPayment(order, command, by);
    case "ReversePayment":
      return reversePayment(order, command);
    case "NoteIssue":
      return noteIssue(order, command);
    case "ClearIssue":
      return clearIssue(order, command);
    case "ElapseAcceptance":
      return elapseAcceptance(order, command, by);
    case "ElapseShares":
      return elapseShares(order, command);
  }
}
