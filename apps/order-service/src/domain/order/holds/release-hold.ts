// ReleaseHold: one hold ends, the others stay. Releasing one that is not there is an error. ElapseHolds: its time is over.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { defined } from "../../values.js";
import { approvalDefaults, type ApprovalRules } from "../../rules/approval.rules.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { releaseOf } from "../approval/approval.state.js";
import { approvalNeeded } from "../approval/submit-for-approval.js";
import { holdRuleOf, isAllowed, type HoldRules, type UnderHoldRules } from "../../rules/holds.rules.js";
import type { Hold, HoldReleased, HoldType } from "./holds.events.js";
import { holdIdOf, standingOf, typesOf, type Holds } from "./holds.state.js";

export interface ReleaseHold extends UnderHoldRules {
  readonly type: "ReleaseHold";
  readonly hold: HoldType;
  /** Absent: the one of the type that has no source, or the only one of it. */
  readonly holdId?: string;
  /** Who must agree to it first; nobody where it is not given. */
  readonly approval?: Ruled<"approval">;
  readonly note?: Sealed;
}

/** The reason for an imposed hold is gone; a fact, so one that is not there any more changes nothing. */
export interface LiftHold {
  readonly type: "LiftHold";
  readonly hold: HoldType;
  readonly source?: string;
}

/** The deadline `hold` is due; a fact. */
export interface ElapseHolds {
  readonly type: "ElapseHolds";
  readonly dueAt: string;
}

/** A completed order can still be freed of a hold that was forgotten. */
export const mayReleaseHold: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "pendingApproval", "confirmed", "inExecution", "completed");

export function releaseHold(order: OrderState, command: ReleaseHold): Decision<HoldReleased, OrderRefusal> {
  const [no, ...others] = mayReleaseHold(order);
  if (no) return refuse(no, ...others);
  const { hold, holdId, rules, roles, approval, note } = command;
  const found = meant(order.holds, hold, holdId);
  const [one] = found;
  if (!one) return refuse({ code: "HOLD_NOT_FOUND", hold, holds: typesOf(order.holds) });
  if (found.length > 1) return refuse({ code: "HOLD_AMBIGUOUS", hold, holdIds: found.map((each) => each.holdId) });
  const [against] = againstRelease(order, one, { holds: rules?.rules, approval: approval?.rules }, roles);
  if (against) return refuse(against);
  return accept({ ...released(order.holds, one), ...defined({ rules: rules?.version, note }) });
}

/** What the release of a hold is decided under. */
interface ReleaseRules {
  readonly holds?: HoldRules | undefined;
  readonly approval?: ApprovalRules | undefined;
}

/** Why who has these roles may not release it: it is others' to release, or the rules want it approved first. */
function againstRelease(
  order: OrderState,
  { hold, holdId }: Hold,
  { holds, approval = approvalDefaults }: ReleaseRules,
  roles: readonly string[] | undefined,
): readonly OrderRefusal[] {
  const { releasedBy = [] } = holdRuleOf(holds, hold);
  if (!isAllowed(releasedBy, roles)) return [{ code: "HOLD_ROLE_NEEDED", hold, roles: releasedBy }];
  return approvalNeeded(order, releaseOf(holdId), approval);
}

/** Whether there is a hold that these roles may release. */
export const mayReleaseOne = (order: OrderState, rules: ReleaseRules, roles: readonly string[]): boolean =>
  mayReleaseHold(order).length === 0 &&
  [...order.holds.values()].some((hold) => againstRelease(order, hold, rules, roles).length === 0);

export function liftHold(order: OrderState, { hold, source }: LiftHold): Decision<HoldReleased, never> {
  const one = order.holds.get(holdIdOf(hold, source));
  return !one || mayReleaseHold(order).length > 0 ? accept() : accept(released(order.holds, one));
}

/** All whose time is over; a deadline that something else has overtaken changes nothing. */
export function elapseHolds(order: OrderState, { dueAt }: ElapseHolds): Decision<HoldReleased, never> {
  if (mayReleaseHold(order).length > 0) return accept();
  let left = order.holds;
  const over = [...order.holds.values()].filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= dueAt);
  return accept(
    ...over.map((one) => {
      const event = { ...released(left, one), expired: true } as const;
      left = without(left, one);
      return event;
    }),
  );
}

function meant(holds: Holds, hold: HoldType, holdId: string | undefined): readonly Hold[] {
  const ofType = [...holds.values()].filter((each) => each.hold === hold);
  const named = ofType.filter((each) => each.holdId === (holdId ?? hold));
  return holdId !== undefined || named.length > 0 ? named : ofType;
}

const released = (holds: Holds, { holdId, hold }: Hold): HoldReleased => ({
  type: "order.hold.released",
  holdId,
  hold,
  ...standingOf(without(holds, { holdId })),
});

const without = (holds: Holds, { holdId }: Pick<Hold, "holdId">): Holds =>
  new Map([...holds].filter(([id]) => id !== holdId));
