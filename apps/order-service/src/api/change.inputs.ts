// The inputs about dates and changes of a binding order.
import { z } from "zod";
import { note, ofOrder, scheduleId, written } from "./order.inputs.js";

export const agreeDateInput = z.object({
  ...ofOrder,
  lineId: z.string(),
  scheduleId,
  agreedOn: z.string(),
  agreedWith: written(1_000).exactOptional(),
  note,
});
