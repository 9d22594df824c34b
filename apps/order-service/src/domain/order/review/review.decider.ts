// How an order decides on its review: one line per command.
import type { Asked, Decision } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { answerReview, overrideReply, type AnswerReview, type OverrideReply } from "./answer-review.js";
import { elapseReview, openReview, type ElapseReview, type OpenReview } from "./open-review.js";
import { recordCountersignature, type RecordCountersignature } from "./record-countersignature.js";

export type ReviewDecision = OpenReview | AnswerReview | OverrideReply | RecordCountersignature;
export type ReviewFact = ElapseReview;

const types: Readonly<Record<(ReviewDecision | ReviewFact)["type"], true>> = {
  OpenReview: true,
  AnswerReview: true,
  OverrideReply: true,
  RecordCountersignature: true,
  ElapseReview: true,
};

/** Whether it is one of those above. */
export const isReviewCommand = (command: { readonly type: string }): command is ReviewDecision | ReviewFact =>
  command.type in types;

export function decideReview(
  order: OrderState,
  command: ReviewDecision | ReviewFact,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  switch (command.type) {
    case "OpenReview":
      return openReview(order, command, by);
    case "AnswerReview":
      return answerReview(order, command);
    case "OverrideReply":
      return overrideReply(order, command);
    case "RecordCountersignature":
      return recordCountersignature(order, command, by);
    case "ElapseReview":
      return elapseReview(order, command);
  }
}
