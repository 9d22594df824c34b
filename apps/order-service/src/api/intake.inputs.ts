// What is asked about orders that come in, beyond what GraphQL's types say.
import { z } from "zod";
import { meant } from "./order.inputs.js";

const MAX_STATED = 500;
const text = z.string().exactOptional();
const money = z.object({ minor: z.string(), currency: z.string() }).exactOptional();

const statedOrder = z.object({
  number: z.string(),
  customerId: text,
  currency: text,
  paymentTerms: text,
  amount: money,
  lines: z
    .array(
      z.object({
        lineId: text,
        sku: text,
        customerSku: text,
        unit: text,
        quantity: text,
        unitPrice: money,
        requestedOn: text,
      }),
    )
    .exactOptional(),
});

export const reconcileInput = z.object({
  system: z.string().min(1).max(200),
  orders: z
    .array(statedOrder)
    .max(MAX_STATED)
    .refine((orders) => new Set(orders.map(({ number }) => number)).size === orders.length, {
      error: "a number stands in the list once",
    }),
  receivedFrom: text,
  receivedTo: text,
});

/** Longer than the largest message in base64 with its line breaks. */
const MAX_MESSAGE = 1_100_000;

export const mailInput = z.object({
  message: z.string().max(MAX_MESSAGE),
  customerId: text,
  currency: text,
  department: text,
  assignee: text,
  zone: text,
});

export const receiveOrderByMailInput = z.object({ ...meant, mail: mailInput });
