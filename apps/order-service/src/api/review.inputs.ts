// The inputs of a review beyond what GraphQL's types say.
import { z } from "zod";
import type { Reply } from "../domain/order/review/review.events.js";
import { enumOf, note, ofOrder, text, written } from "./order.inputs.js";

const scheduleId = z.string().default("1");

export const openReviewInput = z.object({ ...ofOrder, note });

export const answerReviewInput = z.object({
  ...ofOrder,
  department: written(200),
  answers: z
    .array(
      z.object({
        lineId: z.string(),
        scheduleId,
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
  lineId: z.string(),
  scheduleId,
  promisedOn: z.string(),
  reason: z.string().max(100),
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
