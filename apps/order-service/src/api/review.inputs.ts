// The inputs of a review beyond what GraphQL's types say.
import { z } from "zod";
import type { Reply } from "../domain/order/review/review.events.js";
import { atSchedule, enumOf, note, ofOrder, promise, reason, text, written } from "./order.inputs.js";

export const openReviewInput = z.object({ ...ofOrder, note });

export const answerReviewInput = z.object({
  ...ofOrder,
  department: written(200),
  answers: z
    .array(
      z.object({
        ...atSchedule,
        answer: enumOf<Reply>(),
        readyOn: text,
        quantity: text,
        condition: written(10_000).exactOptional(),
      }),
    )
    .max(1_000),
});

export const overrideReplyInput = z.object({
  ...ofOrder,
  ...promise.shape,
  reason,
  note,
});

export const recordCountersignatureInput = z.object({
  ...ofOrder,
  version: z.int(),
  signedOn: z.string(),
  reference: text,
  attachmentId: text,
  note,
});
