// What people are told of each refusal of an invoice, in Chinese and English.
import type { Messages } from "@gendan/service-kit";
import type { InvoiceRefusal } from "../domain/invoice/invoice.refusals.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { envelopeMessages, fieldMessages } from "./field.messages.js";

const { TEXT_MISSING, TEXT_TOO_LONG, DATE_INVALID, DATE_PAST, AMOUNT_NOT_POSITIVE, PRICE_INVALID } = fieldMessages;

type Told = Exclude<InvoiceRefusal, { readonly code: "NOT_FOUND" }>;

const messages: Messages<Told | ApiRefusal> = {
  ...envelopeMessages,
  TEXT_MISSING,
  TEXT_TOO_LONG,
  DATE_INVALID,
  DATE_PAST,
  AMOUNT_NOT_POSITIVE,
  AMOUNT_INVALID: PRICE_INVALID,
  CURRENCY_DIFFERS: {
    en: ({ field }) => `${field}: the invoice has another currency.`,
    zh: ({ field }) => `${field}：与发票币种不一致。`,
  },
  INVOICE_SETTLED: {
    en: () => "Nothing of the invoice is open.",
    zh: () => "发票没有未付金额。",
  },
  NOT_DISPUTED: {
    en: () => "Nothing of the invoice is disputed.",
    zh: () => "发票没有争议金额。",
  },
  DISPUTE_EXCEEDED: {
    of: "price",
    en: ({ asked, open, currency }) => `${asked} is more than the ${open} that are open (minor units, ${currency}).`,
    zh: ({ asked, open, currency }) => `争议金额 ${asked} 超过未付金额 ${open}（最小货币单位，${currency}）。`,
  },
};

/** The payload of what became of a command to an invoice. */
export const tellOfInvoice = teller<Told>(messages);
