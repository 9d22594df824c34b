// What decisions need to know of the review of an order.
import { scheduleKey } from "../ledger.js";
import type { ReviewAnswer, ReviewEvent } from "./review.events.js";

export interface Review {
  readonly departments: ReadonlyMap<string, Asked>;
  /** The earliest day that somebody lets a schedule be promised for. */
  readonly overrides: ReadonlyMap<string, string>;
  /** The version that the customer has signed. */
  readonly countersigned?: number;
}

interface Asked {
  readonly dueAt?: string;
  readonly reminded: boolean;
  /** What counts, by schedule. */
  readonly answers: ReadonlyMap<string, ReviewAnswer>;
}

export const noReview: Review = { departments: new Map(), overrides: new Map() };

export function evolveReview(review: Review, event: ReviewEvent): Review {
  switch (event.type) {
    case "order.review.opened": {
      const asked = event.departments.map(
        ({ department, ...due }) => [department, { ...due, reminded: false, answers: new Map() }] as const,
      );
      return { ...review, departments: new Map([...review.departments, ...asked]) };
    }
    case "order.review.answered":
      return ofDepartment(review, event.department, (asked) => ({
        ...asked,
        answers: new Map([...asked.answers, ...event.answers.map((each) => [scheduleKey(each), each] as const)]),
      }));
    case "order.review.invalidated":
      return invalidated(review, new Set(event.schedules.map(scheduleKey)), event.countersignature);
    case "order.review.reminded":
      return ofDepartment(review, event.department, (asked) => ({ ...asked, reminded: true }));
    case "order.reply.overridden":
      return { ...review, overrides: new Map(review.overrides).set(scheduleKey(event), event.promisedOn) };
    case "order.countersigned":
      return { ...review, countersigned: event.version };
  }
}

function ofDepartment(review: Review, department: string, change: (asked: Asked) => Asked): Review {
  const asked = review.departments.get(department);
  return asked ? { ...review, departments: new Map(review.departments).set(department, change(asked)) } : review;
}

function invalidated(
  { countersigned, ...review }: Review,
  gone: ReadonlySet<string>,
  countersignature: boolean,
): Review {
  const left = <Value>(values: ReadonlyMap<string, Value>) => new Map([...values].filter(([key]) => !gone.has(key)));
  const departments = [...review.departments].map(
    ([department, asked]) => [department, { ...asked, answers: left(asked.answers) }] as const,
  );
  return {
    departments: new Map(departments),
    overrides: left(review.overrides),
    ...(countersigned === undefined || countersignature ? {} : { countersigned }),
  };
}
