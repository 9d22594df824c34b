// What applying the open amendment would do, as things stand: what people look at before they approve.
import { money, type Money } from "@gendan/eventing";
import { approvalDefaults, type ApprovalRules } from "../../rules/approval.rules.js";
import { milestonesOf } from "../money/milestones.js";
import type { Milestone } from "../money/money.events.js";
import { netAllocated, scheduleKey } from "../ledger.js";
import type { Part } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import { schedulesOf, type OrderState } from "../order.state.js";
import { defined } from "../../values.js";
import type { AmendmentProposed } from "./amendment.events.js";
import { amendedTo, changedSchedules } from "./amendment.state.js";
import { releasedBy } from "./apply.js";
import { mayApply } from "./decide-amendment.js";
import { againstGoods } from "./propose-amendment.js";

export interface AmendmentImpact {
  /** Days that move; without `from` a schedule that comes new, without `to` one that is dropped. */
  readonly promises: readonly {
    readonly lineId: string;
    readonly scheduleId: string;
    readonly from?: string;
    readonly to?: string;
  }[];
  /** Allocations that are given back. */
  readonly releases: readonly { readonly shipmentId: string; readonly lines: readonly Part[] }[];
  /** The shipments that hold something of a schedule that changes, and have not brought all of it. */
  readonly shipmentIds: readonly string[];
  /** What it still waits for. */
  readonly approvals: readonly string[];
  /** Why it could not be applied now: goods have left. */
  readonly obstacles: readonly string[];
  readonly before: Money;
  readonly after: Money;
  /** By how much what the customer owes would rise. */
  readonly exposure: Money;
  readonly milestones: readonly MilestoneMove[];
}

/** Nothing before of a payment milestone that comes new, nothing after of one that goes; days where they are known. */
export interface MilestoneMove {
  readonly milestoneId: string;
  readonly before?: Money;
  readonly after?: Money;
  readonly dueBefore?: string;
  readonly dueAfter?: string;
}

/** The levels that the rules ask for, else that of another person than who proposed it. */
function awaited(refusal: OrderRefusal): readonly string[] {
  if (refusal.code === "APPROVAL_NEEDED") return refusal.levels;
  return refusal.code === "AMENDMENT_NOT_APPROVED" ? ["ANOTHER_PERSON"] : [];
}

/** Undefined where none is open. What would be due from its day on is reckoned from this moment. */
export function impactOf(
  order: OrderState,
  at: string,
  rules: ApprovalRules = approvalDefaults,
): AmendmentImpact | undefined {
  const { open } = order.amendment;
  if (!open) return undefined;
  const { currency, total } = order;
  const after = money(BigInt(open.amount.minor) + BigInt(open.freight.minor), currency);
  const [was, now] = [schedulesOf(order.content), schedulesOf(open.content)];
  const moved = new Map(open.promises.map((promise) => [scheduleKey(promise), promise.promisedOn]));
  const promises = [...new Map([...was, ...now])].flatMap(([key, { lineId, scheduleId }]) => {
    const from = order.schedules.get(key)?.promisedOn;
    const to = now.has(key) ? (moved.get(key) ?? from) : undefined;
    if (from === to) return [];
    return [{ lineId, scheduleId, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });
  const shipmentIds = changedSchedules(order, open.content).flatMap((schedule) =>
    [...(order.ledger.get(scheduleKey(schedule)) ?? [])].flatMap(([shipmentId, held]) =>
      netAllocated(held) > held.delivered ? [shipmentId] : [],
    ),
  );
  return {
    promises,
    releases: releasedBy(order, open).map(({ shipmentId, lines }) => ({ shipmentId, lines })),
    shipmentIds: [...new Set(shipmentIds)],
    approvals: mayApply(order, rules).flatMap(awaited),
    obstacles: againstGoods(order, open.content).map(({ code }) => code),
    before: money(total, currency),
    after,
    exposure: money(BigInt(after.minor) - total, currency),
    milestones: milestoneMoves(order, open, BigInt(after.minor), at),
  };
}

function milestoneMoves(order: OrderState, open: AmendmentProposed, total: bigint, at: string): MilestoneMove[] {
  const terms = open.milestones ?? order.money.terms;
  const amended = { ...amendedTo(order, open.content, open.promises), total, money: { ...order.money, terms } };
  const [was, now] = [milestonesOf(order, order, [], at), milestonesOf(order, amended, [], at)].map(
    (milestones) => new Map(milestones.map((each) => [each.milestoneId, each])),
  ) as [Map<string, Milestone>, Map<string, Milestone>];
  return [...new Set([...was.keys(), ...now.keys()])].map((milestoneId) => {
    const [before, after] = [was.get(milestoneId), now.get(milestoneId)];
    const days = { dueBefore: before?.dueOn, dueAfter: after?.dueOn };
    return { milestoneId, ...defined({ before: before?.amount, after: after?.amount, ...days }) };
  });
}
