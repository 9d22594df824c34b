// The review of an order as GraphQL gives it.
import { counts, type ReviewDocument } from "../read/review.js";
import { actorName, upperSnake } from "./words.js";

export const reviewNode = ({ departments, answers, overrides, countersignatures }: ReviewDocument) => ({
  departments,
  answers: answers.map(({ answer, at, by, replacedAt, invalidatedAt, ...each }) => ({
    ...each,
    answer: upperSnake(answer),
    answeredAt: at,
    answeredBy: actorName(by),
    replacedAt,
    invalidatedAt,
    counts: counts({ answer, at, by, replacedAt, invalidatedAt, ...each } as ReviewDocument["answers"][number]),
  })),
  overrides: overrides.map(({ at, by, ...each }) => ({ ...each, overriddenAt: at, overriddenBy: actorName(by) })),
  countersignatures: countersignatures.map(({ at, by, ...each }) => ({
    ...each,
    recordedAt: at,
    recordedBy: actorName(by),
  })),
});
