// The inputs of a quotation's mutations beyond what GraphQL's types say. What it consists of is given as an order's content is.
import { z } from "zod";
import type { Channel } from "../domain/order/content.events.js";
import { content, enumOf, line, matrix, meant, note, reason, text, written } from "./order.inputs.js";

const ofQuotation = { ...meant, quotationId: written(100) };
const changed = { ...ofQuotation, lines: z.array(line).exactOptional(), ...content, validUntil: text };

export const draftQuotationInput = z.object({
  ...meant,
  id: text,
  customerId: text,
  currency: text,
  zone: text,
  department: text,
  assignee: text,
  lines: z.array(line).default([]),
  validUntil: text,
  ...content,
});

export const changeQuotationInput = z.object(changed);
export const reviseQuotationInput = z.object(changed);
export const sendQuotationInput = z.object(ofQuotation);

export const acceptQuotationInput = z.object({
  ...ofQuotation,
  version: z.int(),
  channel: enumOf<Channel>().default("sales"),
  orderId: text,
  lines: z.array(z.object({ lineId: z.string(), quantity: text, requestedOn: text, matrix })).exactOptional(),
});

export const declineQuotationInput = z.object({ ...ofQuotation, reason, note });
