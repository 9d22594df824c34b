// The inputs of mutations about money beyond what GraphQL's types say.
import { z } from "zod";
import type { CreditCause, MilestoneStart } from "../domain/order/money/money.events.js";
import { enumOf, givenMoney, ofOrder } from "./order.inputs.js";

export const milestoneTerms = z.array(
  z.object({
    milestoneId: z.string(),
    percent: z.string().exactOptional(),
    amount: givenMoney.exactOptional(),
    due: enumOf<MilestoneStart>(),
    days: z.number().default(0),
  }),
);

export const agreePaymentTermsInput = z.object({ ...ofOrder, milestones: milestoneTerms });

export const issueInvoiceInput = z.object({
  ...ofOrder,
  lines: z.array(z.object({ lineId: z.string(), quantity: z.string() })).exactOptional(),
  dueOn: z.string().exactOptional(),
});

export const issueCreditNoteInput = z.object({
  ...ofOrder,
  cause: enumOf<CreditCause>(),
  ofInvoice: z.string().exactOptional(),
  lines: z.array(
    z.object({ lineId: z.string(), quantity: z.string().exactOptional(), amount: givenMoney.exactOptional() }),
  ),
});

export const writeOffInput = z.object({ ...ofOrder, amount: givenMoney.exactOptional(), reason: z.string() });
