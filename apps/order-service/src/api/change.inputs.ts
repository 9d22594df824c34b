// The inputs about dates and changes of a binding order.
import { milestoneTerms } from "./money.inputs.js";
import { z } from "zod";
import { askedBy, atSchedule, deliveryPoint, line, note, ofOrder, promise, reason, written } from "./order.inputs.js";

export const agreeDateInput = z.object({
  ...ofOrder,
  ...atSchedule,
  agreedOn: z.string(),
  agreedWith: written(1_000).exactOptional(),
  note,
});

export const proposeAmendmentInput = z.object({
  ...ofOrder,
  version: z.int(),
  reason,
  askedBy,
  lines: z
    .array(line.extend({ lineId: z.string() }))
    .max(1_000)
    .exactOptional(),
  added: z.array(line).max(1_000).exactOptional(),
  dropped: z.array(z.string()).max(1_000).exactOptional(),
  promises: z.array(promise).exactOptional(),
  milestones: milestoneTerms.exactOptional(),
  incoterm: z.object({ code: z.string(), place: z.string().exactOptional() }).exactOptional(),
  paymentTerms: z.string().exactOptional(),
  deliveryPoint: deliveryPoint.exactOptional(),
  note,
});

const ofAmendment = { ...ofOrder, amendmentId: z.string() };
export const approveAmendmentInput = z.object({ ...ofAmendment, note });
export const applyAmendmentInput = z.object(ofAmendment);
export const withdrawAmendmentInput = z.object({ ...ofAmendment, reason, note });
