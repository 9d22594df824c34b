// The inputs of the mutations that compare an order, beyond what GraphQL's types say.
import { z } from "zod";
import { bounded, givenMoney, note, ofOrder, reason, text } from "./order.inputs.js";

/** A document of a thousand lines has about a tenth of it. */
const MAX_CSV = 1_000_000;

const line = z.object({
  lineId: text,
  sku: text,
  customerSku: text,
  revision: text,
  quantity: text,
  unit: text,
  unitPrice: givenMoney.exactOptional(),
  requestedOn: text,
  packaging: text,
  shippingMark: text,
});

export const recordPurchaseOrderInput = z
  .object({
    ...ofOrder,
    number: z.string(),
    revision: text,
    lines: z.array(line).exactOptional(),
    csv: bounded(MAX_CSV).exactOptional(),
  })
  .refine(({ lines, csv }) => lines === undefined || csv === undefined, {
    path: ["csv"],
    error: "lines or csv, not both",
  });

export const compareOrderInput = z.object(ofOrder);

export const waiveDiscrepancyInput = z.object({ ...ofOrder, discrepancyId: z.string(), reason, note });
