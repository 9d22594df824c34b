// Which commands an order takes now from this caller: by the guards of the commands themselves, so that what is listed is
// accepted with a suitable input, and what is not listed changes nothing whatever its input.
import { departmentTokens, sees, type Actor } from "@gendan/eventing";
import { mayAccept } from "../domain/order/accept-delivery.js";
import { mayDecide, type Delegating } from "../domain/order/approval/decide-approval.js";
import type { Approver } from "../domain/order/approval/parties.js";
import { mayRevise } from "../domain/order/approval/revise-order.js";
import { approvalSubjects, maySubmit, mayWithdraw } from "../domain/order/approval/submit-for-approval.js";
import { mayCancel } from "../domain/order/cancel-order.js";
import { mayChangeScope } from "../domain/order/change-scope.js";
import { mayClose } from "../domain/order/close-order.js";
import type { Confirming } from "../domain/order/confirm-limits.js";
import { mayConfirm } from "../domain/order/confirm-order.js";
import { mayCorrect } from "../domain/order/correct-order.js";
import { mayAgreePaymentTerms } from "../domain/order/money/agree-payment-terms.js";
import { mayIssueCreditNote } from "../domain/order/money/issue-credit-note.js";
import { mayIssueInvoice } from "../domain/order/money/issue-invoice.js";
import { mayWriteOff, mayWriteOffMore } from "../domain/order/money/write-off.js";
import { mayApply, mayApprove, mayWithdrawAmendment } from "../domain/order/amendment/decide-amendment.js";
import { mayPropose } from "../domain/order/amendment/propose-amendment.js";
import { mayAgree } from "../domain/order/dates/agree-date.js";
import { isAwaited } from "../domain/order/dimensions.js";
import { mayBackorder } from "../domain/order/goods/backorder-schedule.js";
import { mayCancelLine } from "../domain/order/goods/cancel-line.js";
import { mayReject } from "../domain/order/goods/reject-delivery.js";
import { mayReopen } from "../domain/order/goods/reopen-order.js";
import {
  mayAuthoriseReturn,
  mayInspectReturn,
  mayLinkExchange,
  mayWithdrawReturn,
} from "../domain/order/goods/returns.js";
import { mayShortClose } from "../domain/order/goods/short-close-schedule.js";
import { isCompared, mayCompare } from "../domain/order/comparison/compare-order.js";
import { mayRecordPurchaseOrder } from "../domain/order/comparison/record-purchase.js";
import { mayWaiveOne } from "../domain/order/comparison/waive-discrepancy.js";
import type { OrderState } from "../domain/order/order.state.js";
import { mayPlaceOne } from "../domain/order/holds/place-hold.js";
import { mayRecordDiscrepancy } from "../domain/order/comparison/record-discrepancy.js";
import { mayReleaseOne } from "../domain/order/holds/release-hold.js";
import { mayRepromise } from "../domain/order/dates/repromise-schedule.js";
import { mayResolveDiscrepancy } from "../domain/order/comparison/resolve-discrepancy.js";
import { knownRuleSets } from "../domain/order/rule-sets.js";
import { mayAnswer, mayOverride } from "../domain/order/review/answer-review.js";
import { mayOpenReview } from "../domain/order/review/open-review.js";
import { mayCountersign } from "../domain/order/review/record-countersignature.js";
import { mayVerify } from "../domain/order/verify-order.js";
import { ruleDefaults, type Ruled, type RuleKinds } from "../domain/rules/rule-kinds.js";

/** What the caller is, where it matters who they are. */
export interface Asking {
  readonly approver: Approver;
  /** Those who let them approve, or did. */
  readonly standsFor: readonly Delegating[];
  readonly at: string;
  /** What the customer owes besides, where a rule asks for it. */
  readonly confirming: Confirming;
  /** Beside the rules themselves, of which version they are; absent: the program's own. */
  readonly comparison?: Ruled<"comparison">;
}

const nobody: Asking = { approver: { person: "", roles: [], tokens: [] }, standsFor: [], at: "", confirming: {} };

/** The mutations of an order, in the order of its life. */
const actions = {
  correctOrder: (order) => mayCorrect(order).length === 0,
  recordPurchaseOrder: (order) => mayRecordPurchaseOrder(order).length === 0,
  compareOrder: (order, _, __, { comparison }) => mayCompare(order).length === 0 && !isCompared(order, comparison),
  recordDiscrepancy: (order) => mayRecordDiscrepancy(order).length === 0,
  resolveDiscrepancy: (order) => mayResolveDiscrepancy(order).length === 0,
  waiveDiscrepancy: (order, actor, _, { comparison, approver }) =>
    mayWaiveOne(order, actor, approver.roles, comparison),
  verifyOrder: (order, actor, _, { comparison }) =>
    [actor, ...ruleSets].some((verifier) => mayVerify(order, verifier, comparison).length === 0),
  agreePaymentTerms: (order) => mayAgreePaymentTerms(order).length === 0,
  openReview: (order, _, rules) => mayOpenReview(order, rules.review).length === 0,
  answerReview: (order, _, __, { approver }) =>
    mayAnswer(order, (department) => sees(approver.tokens, departmentTokens(department))).length === 0,
  overrideReply: (order) => mayOverride(order).length === 0,
  recordCountersignature: (order) => mayCountersign(order).length === 0,
  submitForApproval: (order, _, rules) =>
    approvalSubjects(order).some((subject) => maySubmit(order, subject, rules.approval).length === 0),
  approveOrder: (order, actor, _, asking) => mayDecide(order, { ...asking, actor }),
  rejectOrder: (order, actor, _, asking) => mayDecide(order, { ...asking, actor }),
  withdrawApproval: anyWaits,
  commentApproval: anyWaits,
  reviseOrder: (order) => mayRevise(order).length === 0,
  confirmOrder: (order, _, rules, { confirming }) => mayConfirm(order, rules, confirming).length === 0,
  repromiseSchedule: (order) =>
    mayRepromise(order).length === 0 && [...order.schedules.values()].some((schedule) => isAwaited(order, schedule)),
  agreeDate: (order) =>
    mayAgree(order).length === 0 && [...order.schedules.values()].some((schedule) => isAwaited(order, schedule)),
  proposeAmendment: (order) => mayPropose(order).length === 0,
  approveAmendment: (order, actor) => mayApprove(order, actor).length === 0 && !order.amendment.open!.approved,
  applyAmendment: (order, _, rules) => mayApply(order, rules.approval).length === 0,
  withdrawAmendment: (order) => mayWithdrawAmendment(order).length === 0,
  placeHold: (order, _, { holds }, { approver }) => mayPlaceOne(order, holds, approver.roles),
  releaseHold: (order, _, rules, { approver }) => mayReleaseOne(order, rules, approver.roles),
  moveOrder: (order) => mayChangeScope(order).length === 0,
  assignOrder: (order) => mayChangeScope(order).length === 0,
  shareOrder: (order) => mayChangeScope(order).length === 0,
  unshareOrder: (order) => mayChangeScope(order).length === 0 && order.shares.length > 0,
  shortCloseSchedule: (order) => mayShortClose(order).length === 0,
  backorderSchedule: (order) => mayBackorder(order).length === 0,
  cancelLine: (order) => mayCancelLine(order).length === 0,
  cancelOrder: (order) => mayCancel(order).length === 0,
  acceptDelivery: (order) => mayAccept(order).length === 0 && !order.accepted,
  rejectDelivery: (order) => mayReject(order).length === 0 && !order.rejected,
  issueInvoice: (order, _, { invoicing }) => mayIssueInvoice(invoicing.basis)(order).length === 0,
  issueCreditNote: (order) => mayIssueCreditNote(order).length === 0,
  writeOff: (order, actor, { payment }) => mayWriteOff(order).length === 0 && mayWriteOffMore(order, actor, payment),
  authoriseReturn: (order, _, { returns }, { at }) => mayAuthoriseReturn(returns, at)(order).length === 0,
  inspectReturn: (order) => mayInspectReturn(order).length === 0,
  withdrawReturn: (order) => mayWithdrawReturn(order).length === 0,
  linkExchange: (order) => mayLinkExchange(order).length === 0,
  closeOrder: (order, _, { closing }) => mayClose(closing)(order).length === 0,
  reopenOrder: (order) => mayReopen(order).length === 0,
} satisfies Readonly<Record<string, (order: OrderState, actor: Actor, rules: RuleKinds, asking: Asking) => boolean>>;

export type OrderAction = keyof typeof actions;

/** Anybody may ask a rule set to verify; it decides for itself whether it does. */
const ruleSets: readonly Actor[] = knownRuleSets.map(ruleSetActor);

export const availableActions = (
  order: OrderState,
  actor: Actor,
  rules: RuleKinds = ruleDefaults,
  asking: Asking = nobody,
): readonly OrderAction[] =>
  (Object.keys(actions) as OrderAction[]).filter((action) => actions[action](order, actor, rules, asking));

function anyWaits(order: OrderState): boolean {
  return [...order.approvals.keys()].some((subject) => mayWithdraw(order, subject).length === 0);
}

/** The actor of a rule set that is named as `id@version`, on nobody's behalf. */
export function ruleSetActor(name: string): Actor {
  const [id = "", version = ""] = name.split("@");
  return { kind: "ruleSet", id, version };
}
