// What becomes of an open amendment: ApproveAmendment by another person, WithdrawAmendment, ApplyAmendment as the next version.
import { accept, personBehind, refuse, type Actor, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { approvalDefaults, type ApprovalRules } from "../../rules/approval.rules.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { completing } from "../accept-delivery.js";
import { isApproved } from "../approval/approval.state.js";
import { approvalNeeded } from "../approval/submit-for-approval.js";
import type { OrderEvent } from "../order.events.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { defined } from "../../values.js";
import type { AmendmentApproved, AmendmentWithdrawn } from "./amendment.events.js";
import { amendedBy, releasedBy, withoutReleased } from "./apply.js";
import { amendmentSubject } from "./amendment-subject.js";
import { againstGoods } from "./propose-amendment.js";

interface OfAmendment {
  readonly amendmentId: string;
  readonly note?: Sealed;
}

export interface ApproveAmendment extends OfAmendment {
  readonly type: "ApproveAmendment";
}

export interface WithdrawAmendment extends OfAmendment {
  readonly type: "WithdrawAmendment";
  /** A short code. */
  readonly reason: string;
}

export interface ApplyAmendment extends Omit<OfAmendment, "note"> {
  readonly type: "ApplyAmendment";
  /** Who must have approved it, as it is ruled now. */
  readonly approval?: Ruled<"approval">;
}

/** There is one open. */
const hasOpen: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution");
  if (state.length > 0) return state;
  return order.amendment.open ? [] : [{ code: "AMENDMENT_NOT_FOUND" }];
};

export const mayWithdrawAmendment: Guard = hasOpen;

export function mayApprove(order: OrderState, actor: Actor): readonly OrderRefusal[] {
  const state = hasOpen(order);
  if (state.length > 0) return state;
  const person = personBehind(actor);
  if (person === undefined) return [{ code: "APPROVER_NEEDED" }];
  return personBehind(order.amendment.open!.proposedBy) === person ? [{ code: "PROPOSER_APPROVES", person }] : [];
}

/** Approved by whom the rules name, else by another person; and still not against goods that have left meanwhile. */
export function mayApply(order: OrderState, rules: ApprovalRules = approvalDefaults): readonly OrderRefusal[] {
  const state = hasOpen(order);
  if (state.length > 0) return state;
  const { amendmentId, content } = order.amendment.open!;
  const subject = amendmentSubject(amendmentId);
  const needed = approvalNeeded(order, subject, rules);
  if (needed.length > 0) return needed;
  if (isApproved(order.approvals.get(subject)) || order.amendment.open!.approved) return againstGoods(order, content);
  return [{ code: "AMENDMENT_NOT_APPROVED", amendmentId }];
}

/** What is approved already stays so. */
export function approveAmendment(
  order: OrderState,
  { amendmentId, note }: ApproveAmendment,
  { actor }: Asked,
): Decision<AmendmentApproved, OrderRefusal> {
  const [no, ...others] = [...mayApprove(order, actor), ...another(order, amendmentId)];
  if (no) return refuse(no, ...others);
  if (order.amendment.open!.approved) return accept();
  return accept({ type: "order.amendment.approved", amendmentId, approvedBy: actor, ...defined({ note }) });
}

export function withdrawAmendment(
  order: OrderState,
  { amendmentId, reason, note }: WithdrawAmendment,
): Decision<AmendmentWithdrawn, OrderRefusal> {
  const [no, ...others] = [...mayWithdrawAmendment(order), ...another(order, amendmentId)];
  if (no) return refuse(no, ...others);
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  return accept({ type: "order.amendment.withdrawn", amendmentId, reason, ...defined({ note }) });
}

/** What is allocated beyond the new quantities is given back first, each shipment told for itself. */
export function applyAmendment(
  order: OrderState,
  { amendmentId, approval }: ApplyAmendment,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = [...mayApply(order, approval?.rules), ...another(order, amendmentId)];
  if (no) return refuse(no, ...others);
  const open = order.amendment.open!;
  const released = releasedBy(order, open);
  const after = withoutReleased(order, released);
  return accept(...released, ...completing(after, amendedBy(after, open, by)));
}

/** Another one is open than the one that is named. */
const another = ({ amendment }: OrderState, amendmentId: string): readonly OrderRefusal[] =>
  amendment.open !== undefined && amendment.open.amendmentId !== amendmentId ? [{ code: "AMENDMENT_NOT_FOUND" }] : [];
