// OpenReview: the departments that the rules name are asked, and see the order. ElapseReview reminds those who are late, once.
import { accept, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import type { Ruled } from "../../rules/rule-kinds.js";
import { dueAfter, reckonedBy } from "../../rules/calendar.rules.js";
import { departmentsFor, type ReviewRules } from "../../rules/review.rules.js";
import { defined } from "../../values.js";
import { scopeAfter, shownTo } from "../change-scope.js";
import { inLifecycle } from "../guards.js";
import { measuresOf } from "../measures.js";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import type { ReviewReminded } from "./review.events.js";

export interface OpenReview {
  readonly type: "OpenReview";
  readonly review: Ruled<"review">;
  /** By which the departments' hours count. */
  readonly calendar?: Ruled<"calendar">;
  readonly note?: Sealed;
}

/** The deadline `review` is due; a fact. */
export interface ElapseReview {
  readonly type: "ElapseReview";
  readonly dueAt: string;
}

/** As long as it is not binding. */
export const inReview = (order: OrderState): OrderRefusal[] =>
  inLifecycle(order, "received", "discrepant", "verified", "pendingApproval");

export const neededOf = (order: OrderState, rules: ReviewRules): ReviewRules["departments"] =>
  departmentsFor(rules, measuresOf(order, order.content.lines, order.total));

export function mayOpenReview(order: OrderState, rules: ReviewRules): readonly OrderRefusal[] {
  const state = inReview(order);
  if (state.length > 0) return state;
  const unasked = neededOf(order, rules).some(({ department }) => !order.review.departments.has(department));
  return unasked ? [] : [{ code: "REVIEW_NOT_NEEDED" }];
}

/** Departments that were asked before are not asked again. */
export function openReview(
  order: OrderState,
  { review, calendar, note }: OpenReview,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayOpenReview(order, review.rules);
  if (no) return refuse(no, ...others);
  const asked = neededOf(order, review.rules).filter(({ department }) => !order.review.departments.has(department));
  const shown = shownTo(
    order,
    asked.map(({ department }) => ({ department })),
    by,
  );
  return accept<OrderEvent>(...shown, {
    type: "order.review.opened",
    rulesVersion: review.version,
    departments: asked.map(({ department, hours }) => ({ department, ...dueIn(hours, by, calendar) })),
    ...reckonedBy(calendar, !by.historical && asked.some(({ hours }) => hours !== undefined)),
    ...defined({ note }),
    ...scopeAfter(order, shown),
  });
}

/** History reminds nobody. */
const dueIn = (
  hours: number | undefined,
  { at, historical }: Asked,
  calendar: OpenReview["calendar"],
): { readonly dueAt?: string } => (hours === undefined || historical ? {} : { dueAt: dueAfter(hours, at, calendar) });

/** The schedules that a department has not answered for. */
export const openFor = ({ schedules, review }: OrderState, department: string): string[] =>
  [...schedules.keys()].filter((key) => !review.departments.get(department)?.answers.has(key));

export function elapseReview(order: OrderState, { dueAt }: ElapseReview): Decision<OrderEvent, OrderRefusal> {
  if (inReview(order).length > 0) return accept();
  return accept(
    ...[...order.review.departments].flatMap(([department, asked]): ReviewReminded[] => {
      const open = openFor(order, department).length;
      const isDue = asked.dueAt !== undefined && asked.dueAt <= dueAt && !asked.reminded && open > 0;
      return isDue ? [{ type: "order.review.reminded", department, dueAt: asked.dueAt, open }] : [];
    }),
  );
}
