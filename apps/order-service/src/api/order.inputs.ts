// The inputs of an order's mutations beyond what GraphQL's types say: what people write is bounded, enums are in the domain's
// words. What an order must be to be complete is the domain's to say, all at once.
import { commandId } from "@gendan/service-kit";
import { z } from "zod";
import type { Channel, LineKind } from "../domain/order/content.events.js";
import type { HoldType } from "../domain/order/holds/holds.events.js";
import type { Aspect, ComparedWith } from "../domain/order/comparison/comparison.events.js";
import type { AskedBy } from "../domain/order/dates/dates.events.js";
import { lowerCamel } from "./words.js";

/** The longest free text, in characters. */
const MAX_NOTE = 10_000;
/** What a customer sent, in characters. */
const MAX_ORIGINAL = 200_000;
const MAX_PERSONAL = 1_000;

export const bounded = (most: number) => z.string().max(most, `may have at most ${most} characters`);
export const written = (most: number) => bounded(most).refine((text) => text.trim() !== "", "must not be blank");
export const enumOf = <Words extends string>() => z.string().transform((value) => lowerCamel(value) as Words);

const code = written(100);
/** A short code. That it is there, where it must be, is the domain's to say. */
export const reason = bounded(100);
export const note = written(MAX_NOTE).exactOptional();
export const text = z.string().exactOptional();

export const meant = {
  commandId,
  occurredAt: z.string().exactOptional(),
  historical: z.boolean().exactOptional(),
};
export const ofOrder = { ...meant, orderId: written(100) };

export const givenMoney = z.object({ minor: z.string(), currency: z.string() });

// Which values a custom field may have is the domain's to say.
const customFields = z
  .array(z.object({ name: z.string(), value: z.unknown().transform((value) => value as string) }))
  .exactOptional();

export const matrix = z.array(z.object({ colour: text, size: text, quantity: z.string() })).exactOptional();

export const line = z.object({
  lineId: text,
  kind: enumOf<LineKind>().exactOptional(),
  sku: text,
  customerSku: text,
  revision: text,
  description: text,
  family: text,
  unit: text,
  quantity: text,
  unitPrice: givenMoney.exactOptional(),
  freight: givenMoney.exactOptional(),
  overTolerance: text,
  underTolerance: text,
  requestedOn: text,
  schedules: z.array(z.object({ scheduleId: text, quantity: text, requestedOn: text })).exactOptional(),
  conversion: z.object({ unit: z.string(), numerator: z.number(), denominator: z.number() }).exactOptional(),
  matrix,
  packaging: text,
  shippingMark: text,
  listPrice: givenMoney.exactOptional(),
  unitCost: givenMoney.exactOptional(),
  customFields,
});

export const personal = bounded(MAX_PERSONAL).exactOptional();
export const deliveryPoint = z.object({
  name: text,
  country: text,
  region: text,
  postcodePrefix: text,
  address: personal,
  contactName: personal,
  phone: personal,
});
export type GivenDeliveryPoint = z.output<typeof deliveryPoint>;

export const content = {
  incoterm: z.object({ code: z.string(), place: text }).exactOptional(),
  paymentTerms: text,
  deliveryPoint: deliveryPoint.exactOptional(),
  references: z.array(z.object({ system: z.string(), number: z.string() })).exactOptional(),
  customFields,
};

export const receiveOrderInput = z.object({
  ...meant,
  id: text,
  channel: enumOf<Channel>(),
  // A reference of nothing would make one order of all that have none.
  sourceReference: z
    .string()
    .transform((reference) => (reference.trim() === "" ? undefined : reference))
    .optional(),
  customerId: text,
  currency: text,
  zone: text,
  department: text,
  assignee: text,
  lines: z.array(line).default([]),
  acceptanceDays: z.number().exactOptional(),
  original: z.object({ mediaType: written(100), text: bounded(MAX_ORIGINAL) }).exactOptional(),
  ...content,
});

export const changedLines = z.array(line.extend({ lineId: z.string() })).exactOptional();

export const correctOrderInput = z
  .object({ ...ofOrder, lines: z.array(line).exactOptional(), changedLines, ...content, note })
  .refine(({ lines, changedLines: changed }) => !lines || !changed, {
    path: ["changedLines"],
    message: "all lines are given, or those that change",
  });

export const recordDiscrepancyInput = z.object({
  ...ofOrder,
  lineId: text,
  aspect: enumOf<Aspect>(),
  comparedWith: enumOf<ComparedWith>().default("purchaseOrder"),
  ours: text,
  theirs: text,
  note,
});

export const resolveDiscrepancyInput = z.object({
  ...ofOrder,
  discrepancyId: z.string(),
  // The others are found by comparing.
  outcome: enumOf<string>().pipe(z.enum(["corrected", "agreed"])),
  agreedWith: personal,
  note,
});

export const verifyOrderInput = z.object({ ...ofOrder, ruleSet: code.exactOptional() });

/** Names a schedule: a line that was given without any has the one with this id. */
export const atSchedule = { lineId: z.string(), scheduleId: z.string().default("1") };
export const promise = z.object({ ...atSchedule, promisedOn: z.string() });

export const askedBy = enumOf<AskedBy>();
export const cancelledBy = enumOf<"customer" | "us">();

export const confirmOrderInput = z.object({
  ...ofOrder,
  promises: z.array(promise).default([]),
  promiseRequested: z.boolean().default(false),
});

export const repromiseScheduleInput = z.object({
  ...ofOrder,
  ...promise.shape,
  reason,
  askedBy,
  note,
});

export const placeHoldInput = z.object({
  ...ofOrder,
  hold: enumOf<HoldType>(),
  source: written(100).exactOptional(),
  reason: code.exactOptional(),
  until: text,
  note,
});
export const releaseHoldInput = z.object({ ...ofOrder, hold: enumOf<HoldType>(), holdId: text, note });

export const moveOrderInput = z.object({ ...ofOrder, department: z.string(), reason, note });

export const assignOrderInput = z.object({
  ...ofOrder,
  assignee: text,
  collaborators: z.array(z.string()).exactOptional(),
  note,
});

const shareWith = { person: text, department: text };
export const shareOrderInput = z.object({ ...ofOrder, ...shareWith, until: text, note });
export const unshareOrderInput = z.object({ ...ofOrder, ...shareWith, note });

export const cancelOrderInput = z.object({ ...ofOrder, reason, cancelledBy, note });

export const acceptDeliveryInput = z.object({ ...ofOrder, note });

export const closeOrderInput = z.object(ofOrder);

export const recordReceiptInput = z.object({
  ...meant,
  id: text,
  customerId: text,
  amount: givenMoney.exactOptional(),
  method: z.string(),
  reference: text,
  department: text,
});

export const allocateReceiptInput = z.object({
  ...meant,
  receiptId: written(100),
  allocations: z.array(z.object({ orderId: z.string(), amount: givenMoney, milestoneId: text })),
});

const ofReceipt = { ...meant, receiptId: written(100) };

export const allocateByRuleInput = z.object({ ...ofReceipt, rule: enumOf<"oldestDue" | "sameReference">() });

export const deallocateReceiptInput = z.object({
  ...ofReceipt,
  orderId: z.string(),
  amount: givenMoney.exactOptional(),
  reason: z.string(),
});

export const refundReceiptInput = z.object({
  ...ofReceipt,
  amount: givenMoney,
  orderId: text,
  returnId: text,
  reason: z.string(),
});
