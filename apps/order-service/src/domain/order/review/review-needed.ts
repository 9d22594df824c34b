// What of a review an order needs before it is confirmed, and what a correction takes back of it.
import { canonical } from "@gendan/eventing";
import { meets } from "../../rules/conditions.js";
import type { ReviewRules } from "../../rules/review.rules.js";
import type { OrderContent, OrderLine } from "../content.events.js";
import { scheduleKey } from "../ledger.js";
import { measuresOf } from "../measures.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { isDenied, repliesFor } from "./answer-review.js";
import { neededOf, openFor } from "./open-review.js";
import type { ReviewInvalidated } from "./review.events.js";

/** Every reason against the confirmation that no promised day changes. */
export function reviewNeeded(order: OrderState, rules: ReviewRules): readonly OrderRefusal[] {
  const { review } = order;
  const named = neededOf(order, rules).map(({ department }) => department);
  const departments = [...new Set([...review.departments.keys(), ...named])];
  const open = departments.filter((each) => !review.departments.has(each) || openFor(order, each).length > 0);
  const denied = [...order.schedules].flatMap(([key, schedule]): OrderRefusal[] => {
    if (review.overrides.has(key)) return [];
    const { lineId, scheduleId } = schedule;
    const denials = repliesFor(order, key).filter((reply) => isDenied(reply, schedule));
    return denials.map(({ department }) => {
      return { code: "REVIEW_DENIED", field: "promises", lineId, scheduleId, department };
    });
  });
  const measures = measuresOf(order, order.content.lines, order.total);
  const isUnsigned = review.countersigned !== order.version && meets(measures, rules.countersigned);
  return [
    ...(open.length > 0 ? [{ code: "REVIEW_OPEN", departments: open } as const] : []),
    ...denied,
    ...(isUnsigned ? [{ code: "COUNTERSIGNATURE_NEEDED", version: order.version } as const] : []),
  ];
}

/** The schedules that are promised for earlier than the latest reply, where nobody has let it be. */
export const promisedTooEarly = (order: OrderState, dayOf: (key: string) => string | undefined): OrderRefusal[] =>
  [...order.schedules].flatMap(([key, { lineId, scheduleId }]): OrderRefusal[] => {
    const day = dayOf(key);
    const from = order.review.overrides.get(key);
    if (day === undefined || (from !== undefined && day >= from)) return [];
    const later = repliesFor(order, key)
      .filter(({ readyOn }) => readyOn !== undefined && readyOn > day)
      .sort((one, other) => (one.readyOn! < other.readyOn! ? 1 : -1));
    const [latest] = later;
    if (!latest) return [];
    const { department, readyOn } = latest;
    const at = { field: "promises", lineId, scheduleId };
    return [{ code: "PROMISE_BEFORE_REPLY", ...at, department, readyOn: readyOn! }];
  });

/** What nobody answers for: what is paid for it, and how it is called. */
const UNANSWERED = ["unitPrice", "amount", "freight", "listPrice", "unitCost", "description", "schedules"];

/** What a department answers for, schedule by schedule. */
const answeredFor = ({ lines }: OrderContent): Map<string, string> =>
  new Map(
    lines.flatMap((line) => {
      const goods = Object.entries(line).filter(([name]) => !UNANSWERED.includes(name));
      const { lineId, schedules }: OrderLine = line;
      return schedules.map(({ scheduleId, quantity, requestedOn }) => {
        const schedule = { quantity, requestedOn: requestedOn ?? null };
        return [scheduleKey({ lineId, scheduleId }), canonical([Object.fromEntries(goods), schedule])] as const;
      });
    }),
  );

/** The event that a change of the content puts before its own, where answers or a signature were about something else. */
export function invalidatedBy(order: OrderState, after: OrderContent): ReviewInvalidated[] {
  const [was, is] = [answeredFor(order.content), answeredFor(after)];
  const schedules = [...order.schedules]
    .filter(([key]) => was.get(key) !== is.get(key) && repliesFor(order, key).length > 0)
    .map(([, { lineId, scheduleId }]) => ({ lineId, scheduleId }));
  const countersignature = order.review.countersigned !== undefined;
  if (schedules.length === 0 && !countersignature) return [];
  return [{ type: "order.review.invalidated", schedules, countersignature }];
}
