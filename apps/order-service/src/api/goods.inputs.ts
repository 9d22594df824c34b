// The inputs of the mutations on an order's quantities.
import { z } from "zod";
import { bounded, enumOf, note, ofOrder, scheduleId, text } from "./order.inputs.js";

const reason = bounded(100);
const ofSchedule = { ...ofOrder, lineId: z.string(), scheduleId, reason, note };

export const shortCloseScheduleInput = z.object(ofSchedule);

export const backorderScheduleInput = z.object({ ...ofSchedule, quantity: text, promisedOn: z.string() });

export const cancelLineInput = z.object({
  ...ofOrder,
  lineId: z.string(),
  scheduleId: text,
  quantity: text,
  reason,
  cancelledBy: enumOf<"customer" | "us">(),
  note,
});
