// The inputs of the mutations on an order's quantities.
import { z } from "zod";
import type { Remedy } from "../domain/order/goods/returns.events.js";
import { atSchedule, cancelledBy, enumOf, note, ofOrder, reason, text } from "./order.inputs.js";

const ofSchedule = { ...ofOrder, ...atSchedule, reason, note };

export const shortCloseScheduleInput = z.object(ofSchedule);

export const backorderScheduleInput = z.object({ ...ofSchedule, quantity: text, promisedOn: z.string() });

export const cancelLineInput = z.object({
  ...ofOrder,
  lineId: z.string(),
  scheduleId: text,
  quantity: text,
  reason,
  cancelledBy,
  note,
});

const part = z.object({ ...atSchedule, quantity: z.string() });
const count = z.string().default("0");

export const rejectDeliveryInput = z.object({ ...ofOrder, reason, note });

export const authoriseReturnInput = z.object({
  ...ofOrder,
  lines: z.array(part),
  reason,
  remedy: enumOf<Remedy>(),
  note,
});

export const receiveReturnInput = z.object({ ...ofOrder, returnId: text, lines: z.array(part) });

export const inspectReturnInput = z.object({
  ...ofOrder,
  returnId: z.string(),
  lines: z.array(z.object({ ...atSchedule, restock: count, scrap: count, backToCustomer: count })),
  note,
});

export const withdrawReturnInput = z.object({ ...ofOrder, returnId: z.string(), reason, note });

export const linkExchangeInput = z.object({ ...ofOrder, returnId: z.string(), exchangeOrderId: z.string() });

export const reopenOrderInput = z.object({ ...ofOrder, reason, note });
