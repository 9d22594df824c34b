// What the company hears of the review of an order. Made of the event alone.
import { scopeOf, type PublicFact } from "@gendan/eventing";
import {
  orderCountersigned,
  orderReplyOverridden,
  orderReviewAnswered,
  orderReviewInvalidated,
  orderReviewOpened,
  orderReviewReminded,
} from "@gendan/contracts";
import type { ReviewEvent } from "../domain/order/review/review.events.js";

export function publishReview(orderId: string, event: ReviewEvent): readonly PublicFact[] {
  switch (event.type) {
    case "order.review.opened": {
      const departments = event.departments.map((each) => each.department);
      return [orderReviewOpened.message({ orderId, departments, ...scopeOf(event) })];
    }
    case "order.review.answered": {
      const answers = event.answers.map(({ condition: _, ...answer }) => answer);
      return [orderReviewAnswered.message({ orderId, ofDepartment: event.department, answers, open: event.open })];
    }
    case "order.review.invalidated": {
      const { schedules, countersignature } = event;
      const those = schedules.map(({ lineId, scheduleId }) => ({ lineId, scheduleId }));
      return [orderReviewInvalidated.message({ orderId, schedules: those, countersignature })];
    }
    case "order.review.reminded":
      return [orderReviewReminded.message({ orderId, ofDepartment: event.department, open: event.open })];
    case "order.reply.overridden": {
      const { lineId, scheduleId, promisedOn, reason } = event;
      return [orderReplyOverridden.message({ orderId, lineId, scheduleId, promisedOn, reason })];
    }
    case "order.countersigned":
      return [orderCountersigned.message({ orderId, version: event.version, signedOn: event.signedOn })];
  }
}
