// What applying the open amendment would do, as things stand: what people look at before they approve.
import { money, type Money } from "@gendan/eventing";
import { approvalDefaults, type ApprovalRules } from "../../rules/approval.rules.js";
import { amountsOf } from "../money/milestones.js";
import { netAllocated, scheduleKey } from "../ledger.js";
import type { Part } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import { schedulesOf, type OrderState } from "../order.state.js";
import { changedSchedules } from "./amendment.state.js";
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
  readonly milestones: readonly { readonly milestoneId: string; readonly before: Money; readonly after: Money }[];
}

/** The levels that the rules ask for, else that of another person than who proposed it. */
function awaited(refusal: OrderRefusal): readonly string[] {
  if (refusal.code === "APPROVAL_NEEDED") return refusal.levels;
  return refusal.code === "AMENDMENT_NOT_APPROVED" ? ["ANOTHER_PERSON"] : [];
}

/** Undefined where none is open. */
export function impactOf(order: OrderState, rules: ApprovalRules = approvalDefaults): AmendmentImpact | undefined {
  const { open } = order.amendment;
  if (!open) return undefined;
  const { currency, total, money: state } = order;
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
  const [amountsBefore, amountsAfter] = [total, BigInt(after.minor)].map((sum) => amountsOf(state.terms, sum));
  return {
    promises,
    releases: releasedBy(order, open).map(({ shipmentId, lines }) => ({ shipmentId, lines })),
    shipmentIds: [...new Set(shipmentIds)],
    approvals: mayApply(order, rules).flatMap(awaited),
    obstacles: againstGoods(order, open.content).map(({ code }) => code),
    before: money(total, currency),
    after,
    exposure: money(BigInt(after.minor) - total, currency),
    milestones: state.terms.map(({ milestoneId }, index) => ({
      milestoneId,
      before: money(amountsBefore![index]!, currency),
      after: money(amountsAfter![index]!, currency),
    })),
  };
}
