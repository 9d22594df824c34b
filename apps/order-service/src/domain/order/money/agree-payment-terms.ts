// AgreePaymentTerms: the price is paid in parts, each with a day of its own. Before the order is binding (an amendment changes
// them after); without any, the code of the terms counts again.
import { accept, isQuantity, millionths, minorOf, refuse, type Decision } from "@gendan/eventing";
import { isAmount } from "../../values.js";
import { checksInto, type Checks } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { MILESTONE_STARTS, type MilestoneTerm } from "./money.events.js";

export interface AgreePaymentTerms {
  readonly type: "AgreePaymentTerms";
  readonly milestones: readonly MilestoneTerm[];
}

const MAX_MILESTONES = 20;
const MAX_DAYS = 730;
const HUNDRED = 100_000_000n;

export const mayAgreePaymentTerms: Guard = (order) => inLifecycle(order, "received", "discrepant", "verified");

/** The same terms once more change nothing. */
export function agreePaymentTerms(
  order: OrderState,
  { milestones }: AgreePaymentTerms,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayAgreePaymentTerms(order);
  if (no) return refuse(no, ...others);
  const [first, ...more] = termFaults(milestones, order);
  if (first) return refuse(first, ...more);
  const same = JSON.stringify(order.money.terms) === JSON.stringify(milestones);
  return same ? accept() : accept({ type: "order.payment.terms.agreed", milestones });
}

/** What is wrong with terms for an order of this total, in minor units of its currency; every fault at once. */
export function termFaults(
  milestones: readonly MilestoneTerm[],
  { total, currency }: Pick<OrderState, "total" | "currency">,
): Incomplete[] {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checks.atMost(MAX_MILESTONES, "milestones", milestones);
  checks.unique(
    "DUPLICATE_MILESTONE",
    (index) => `milestones.${index}.milestoneId`,
    milestones.map(({ milestoneId }) => milestoneId),
  );
  milestones.forEach((each, index) =>
    check(currency, each, index === milestones.length - 1, `milestones.${index}`, checks),
  );
  if (faults.length === 0 && milestones.length > 0) checkSum(total, currency, milestones, checks);
  return faults;
}

function check(currency: string, milestone: MilestoneTerm, isLast: boolean, path: string, checks: Checks): void {
  const { milestoneId, percent, amount, due, days } = milestone;
  checks.needed(`${path}.milestoneId`, milestoneId);
  if (percent !== undefined && amount) checks.add("MILESTONE_SHARE_TWICE", path);
  if (percent === undefined && !amount && !isLast) checks.add("MILESTONE_SHARE_MISSING", path);
  if (percent !== undefined && !(isQuantity(percent) && millionths(percent) > 0n && millionths(percent) <= HUNDRED))
    checks.add("PERCENT_INVALID", `${path}.percent`, percent);
  if (amount) {
    checks.price(`${path}.amount`, amount, currency);
    if (isAmount(amount.minor) && minorOf(amount) === 0n) checks.add("AMOUNT_NOT_POSITIVE", `${path}.amount`);
  }
  if (!MILESTONE_STARTS.includes(due)) checks.add("MILESTONE_START_UNKNOWN", `${path}.due`, due);
  if (days < 0 || days > MAX_DAYS || days % 1 !== 0) checks.add("DAYS_INVALID", `${path}.days`, `${days}`);
}

/** Percents alone must be a hundred, amounts alone the order's total; a rest, or a mixture that ends with one, always fits. */
function checkSum(total: bigint, currency: string, milestones: readonly MilestoneTerm[], checks: Checks): void {
  const percents = milestones.reduce((sum, { percent = "0" }) => sum + millionths(percent), 0n);
  const amounts = milestones.reduce((sum, { amount }) => sum + (amount ? minorOf(amount) : 0n), 0n);
  const last = milestones.at(-1)!;
  const hasRest = last.percent === undefined && !last.amount;
  const isMixed = percents > 0n && amounts > 0n;
  const fits = hasRest
    ? percents <= HUNDRED && amounts <= total
    : !isMixed && (percents > 0n ? percents === HUNDRED : amounts === total);
  if (!fits) checks.add("MILESTONES_DO_NOT_SUM", "milestones", `${total} ${currency}`);
}
