// The review of an order as people see it: who was asked, and all that was ever answered.
import type { Sealed } from "@gendan/eventing";
import type {
  OrderCountersigned,
  ReplyOverridden,
  ReviewAnswer,
  ReviewAnswered,
  ReviewEvent,
  ReviewInvalidated,
} from "../domain/order/review/review.events.js";
import type { Done, OrderDocument } from "./order.document.js";

export interface ReviewDocument {
  readonly departments: readonly AskedDocument[];
  /** In their order; what counts has neither of the two times. */
  readonly answers: readonly AnswerDocument[];
  readonly overrides: readonly (Done & Omit<ReplyOverridden, "type">)[];
  readonly countersignatures: readonly (Done &
    Omit<OrderCountersigned, "type"> & { readonly invalidatedAt?: string })[];
}

interface AskedDocument {
  readonly department: string;
  readonly askedAt: string;
  readonly rulesVersion: number;
  /** Until when, as long as it may still be reminded. */
  readonly dueAt?: string;
  readonly remindedAt?: string;
  /** Schedules without an answer; absent until it has answered at all. */
  readonly open?: number;
  readonly note?: Sealed;
}

interface AnswerDocument extends ReviewAnswer, Done {
  readonly department: string;
  /** The department has answered anew, or a correction touched what it was about. */
  readonly replacedAt?: string;
  readonly invalidatedAt?: string;
}

const none: ReviewDocument = { departments: [], answers: [], overrides: [], countersignatures: [] };

/** Folds one event of a review into the order's document. */
export const foldReview = (doc: OrderDocument, event: ReviewEvent, done: Done): OrderDocument => ({
  ...doc,
  review: after(doc.review ?? none, event, done),
});

function after(review: ReviewDocument, event: ReviewEvent, done: Done): ReviewDocument {
  switch (event.type) {
    case "order.review.opened": {
      const { rulesVersion, note } = event;
      const asked = event.departments.map((each) => ({
        ...each,
        askedAt: done.at,
        rulesVersion,
        ...(note === undefined ? {} : { note }),
      }));
      return { ...review, departments: [...review.departments, ...asked] };
    }
    case "order.review.answered":
      return answered(review, event, done);
    case "order.review.invalidated":
      return invalidated(review, event, done);
    case "order.review.reminded":
      return ofDepartment(review, event.department, ({ dueAt: _, ...asked }) => ({ ...asked, remindedAt: done.at }));
    case "order.reply.overridden": {
      const { type: _, ...override } = event;
      return { ...review, overrides: [...review.overrides, { ...override, ...done }] };
    }
    case "order.countersigned": {
      const { type: _, ...signature } = event;
      return { ...review, countersignatures: [...review.countersignatures, { ...signature, ...done }] };
    }
  }
}

type At = Pick<ReviewAnswer, "lineId" | "scheduleId">;
const isAt = (one: At, other: At): boolean => one.lineId === other.lineId && one.scheduleId === other.scheduleId;
export const counts = ({ replacedAt, invalidatedAt }: AnswerDocument): boolean =>
  replacedAt === undefined && invalidatedAt === undefined;

function answered(review: ReviewDocument, { department, answers, open }: ReviewAnswered, done: Done): ReviewDocument {
  const before = review.answers.map((each) =>
    each.department === department && counts(each) && answers.some((answer) => isAt(answer, each))
      ? { ...each, replacedAt: done.at }
      : each,
  );
  const now = answers.map((answer) => ({ ...answer, ...done, department }));
  const next = { ...review, answers: [...before, ...now] };
  return ofDepartment(next, department, (asked) => ({ ...asked, open }));
}

function invalidated(review: ReviewDocument, event: ReviewInvalidated, { at }: Done): ReviewDocument {
  const answers = review.answers.map((each) =>
    counts(each) && event.schedules.some((schedule) => isAt(schedule, each)) ? { ...each, invalidatedAt: at } : each,
  );
  const countersignatures = review.countersignatures.map((each) =>
    event.countersignature && each.invalidatedAt === undefined ? { ...each, invalidatedAt: at } : each,
  );
  return { ...review, answers, countersignatures };
}

const ofDepartment = (
  review: ReviewDocument,
  department: string,
  change: (asked: AskedDocument) => AskedDocument,
): ReviewDocument => ({
  ...review,
  departments: review.departments.map((each) => (each.department === department ? change(each) : each)),
});

/** When somebody is reminded next: of those who have not answered for everything. */
export const reviewDueAt = ({ review, lifecycle }: OrderDocument): string | undefined =>
  ["received", "discrepant", "verified", "pendingApproval"].includes(lifecycle)
    ? review?.departments.flatMap(({ dueAt, open }) => (dueAt === undefined || open === 0 ? [] : [dueAt])).sort()[0]
    : undefined;
