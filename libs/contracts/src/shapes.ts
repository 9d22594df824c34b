// The shapes that public events share. Strict where a mistake would cost money, open to fields that are added later.
import { z } from "zod";

/** A UUID in lower case. */
export const id = z.uuid();
/** An amount: integer minor units as a decimal string, ISO 4217 currency. */
export const amount = z.object({ minor: z.string().regex(/^-?\d{1,18}$/), currency: z.string().regex(/^[A-Z]{3}$/) });
/** A decimal string of at most six places. */
export const quantity = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/);
/** A calendar day. */
export const day = z.iso.date();
/** An instant in UTC. */
export const instant = z.iso.datetime();
/** Scope tokens of those who may see the aggregate: departments (`d:cn/east`) and persons (`u:li`). */
export const visibleTo = z.array(z.string());
/** A part of one delivery schedule of one order line. */
export const part = z.object({ lineId: z.string(), scheduleId: z.string(), quantity });
/** An order's part in a shipment. */
export const orderPart = z.object({ orderId: id, lines: z.array(part) });
/** A line of an order as it was taken in or mended. */
export const orderLine = z.object({
  lineId: z.string(),
  kind: z.enum(["goods", "service"]),
  sku: z.string(),
  description: z.string().optional(),
  family: z.string().optional(),
  unit: z.string(),
  quantity,
  unitPrice: amount,
  amount,
  freight: amount.optional(),
  schedules: z.array(z.object({ scheduleId: z.string(), quantity, requestedOn: day.optional() })),
});
/** Who owns it and who may see it. */
export const scope = { department: z.string(), assignee: z.string().optional(), visibleTo };
/** A rule that a recorded fact breaks: a stable code, what it concerns, and which of a shipment's orders (absent: all). */
export const breach = z.object({ code: z.string(), detail: z.string().optional(), orderId: id.optional() });
/** What a case, an interaction or an answer is about. */
export const about = { orderId: id.optional(), shipmentId: id.optional(), caseId: id.optional() };
/** What an issue is about; orderIds are all orders it concerns (a shipment's issue may concern several). */
export const issueAbout = { ...about, orderIds: z.array(id), customerId: id.optional() };

export type Amount = z.output<typeof amount>;
export type Part = z.output<typeof part>;
export type OrderPart = z.output<typeof orderPart>;
export type Breach = z.output<typeof breach>;
