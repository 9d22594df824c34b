import { describe, expect, test } from "@jest/globals";
import { callerOf, defaultPolicy } from "@gendan/security";
import { requestContext, type Payload } from "@gendan/service-kit";
import type { IncompleteCode, OrderRefusal } from "../domain/order/order.refusals.js";
import type { InvoiceRefusal } from "../domain/invoice/invoice.refusals.js";
import type { ReceiptFaultCode, ReceiptRefusal } from "../domain/receipt/receipt.refusals.js";
import type { Context } from "./carry-out.js";
import type { MailUnreadable } from "./mail/read-mail.js";
import { tellOfInvoice } from "./invoice.messages.js";
import { tellOfOrder } from "./order.messages.js";
import type { QuotationRefusal } from "../domain/quotation/quotation.refusals.js";
import { tellOfQuotation } from "./quotation.messages.js";
import { tellOfReceipt } from "./receipt.messages.js";

type Samples<Refusal extends { readonly code: string }> = {
  readonly [Code in Refusal["code"]]: Extract<Refusal, { code: Code }>;
};

const at = { lineId: "7", scheduleId: "3" };
const orderSamples: Samples<Exclude<OrderRefusal, { readonly code: IncompleteCode }> | MailUnreadable> = {
  NOT_FOUND: { code: "NOT_FOUND" },
  ORDER_EXISTS: { code: "ORDER_EXISTS", orderId: "o-1", number: "SO-1" },
  MAIL_UNREADABLE: { code: "MAIL_UNREADABLE", field: "message", reason: "NOT_BASE64" },
  ORDER_DIFFERS: { code: "ORDER_DIFFERS", field: "lines.1.quantity", theirs: "2", ours: "3" },
  ORDER_PRICE_DIFFERS: { code: "ORDER_PRICE_DIFFERS", field: "lines.1.unitPrice", theirs: "2 CNY" },
  ORDER_INTERNAL_DIFFERS: { code: "ORDER_INTERNAL_DIFFERS", field: "customFields.colour", ours: "red" },
  FIELD_OWNED: { code: "FIELD_OWNED", field: "paymentTerms", system: "erp" },
  ORDER_STATE: { code: "ORDER_STATE", lifecycle: "inExecution", allowed: ["received", "verified"] },
  NO_OPEN_QUANTITY: { code: "NO_OPEN_QUANTITY" },
  LAST_QUANTITY: { code: "LAST_QUANTITY" },
  OVER_OPEN_QUANTITY: { code: "OVER_OPEN_QUANTITY", field: "quantity", open: "4" },
  NOTHING_TO_REJECT: { code: "NOTHING_TO_REJECT" },
  NOTHING_RETURNABLE: { code: "NOTHING_RETURNABLE" },
  NOTHING_RECEIVED: { code: "NOTHING_RECEIVED" },
  RETURN_NOT_FOUND: { code: "RETURN_NOT_FOUND", returnId: "r-1" },
  OVER_RETURNABLE: { code: "OVER_RETURNABLE", field: "lines.0.quantity", returnable: "4" },
  OVER_RECEIVED: { code: "OVER_RECEIVED", field: "lines.0", received: "4" },
  RETURN_TOO_LATE: { code: "RETURN_TOO_LATE", field: "lines.0.quantity", until: "2026-04-01" },
  NOT_ACCEPTED: { code: "NOT_ACCEPTED" },
  RETURN_OPEN: { code: "RETURN_OPEN", returns: ["r-1"] },
  REFUND_OPEN: { code: "REFUND_OPEN", returns: ["r-1"] },
  NOT_INVOICED: { code: "NOT_INVOICED", invoicing: "None" },
  NO_TAIL: { code: "NO_TAIL", field: "scheduleId", ...at },
  ORDER_SHIPPED: { code: "ORDER_SHIPPED", shipped: "4" },
  SAME_PERSON: { code: "SAME_PERSON", person: "li" },
  PERSON_NEEDED: { code: "PERSON_NEEDED", enteredBy: "li" },
  RULE_SET_NEEDED: { code: "RULE_SET_NEEDED" },
  RULE_SET_UNKNOWN: { code: "RULE_SET_UNKNOWN", ruleSet: "x@1", known: ["import@1"] },
  RULES_NOT_PASSED: { code: "RULES_NOT_PASSED", ruleSet: "import@1", failed: ["LINES_PRESENT"] },
  DISCREPANCY_OPEN: { code: "DISCREPANCY_OPEN", open: ["d1", "d2"] },
  DISCREPANCY_NOT_FOUND: { code: "DISCREPANCY_NOT_FOUND", discrepancyId: "d1" },
  AUTHORITY_EXCEEDED: { code: "AUTHORITY_EXCEEDED", field: "lines.7", lineId: "7", by: "margin", way: "refuse" },
  CREDIT_EXCEEDED: {
    code: "CREDIT_EXCEEDED",
    limit: "100",
    open: "90",
    amount: "20",
    currency: "CNY",
    way: "refuse",
  },
  CREDIT_RATE_MISSING: { code: "CREDIT_RATE_MISSING", currencies: ["USD"], currency: "CNY", way: "refuse" },
  REVIEW_NOT_NEEDED: { code: "REVIEW_NOT_NEEDED" },
  REVIEW_OPEN: { code: "REVIEW_OPEN", departments: ["cn/production"] },
  DEPARTMENT_NOT_ASKED: { code: "DEPARTMENT_NOT_ASKED", field: "department", department: "cn/finance" },
  NOT_OF_DEPARTMENT: { code: "NOT_OF_DEPARTMENT", field: "department", department: "cn/finance" },
  REVIEW_DENIED: { code: "REVIEW_DENIED", field: "promises", department: "cn/production", ...at },
  PROMISE_BEFORE_REPLY: {
    code: "PROMISE_BEFORE_REPLY",
    field: "promises",
    department: "cn/production",
    readyOn: "2026-03-20",
    ...at,
  },
  REPLY_NOT_FOUND: { code: "REPLY_NOT_FOUND", field: "lineId", ...at },
  COUNTERSIGNATURE_NEEDED: { code: "COUNTERSIGNATURE_NEEDED", version: 1 },
  VERSION_DIFFERS: { code: "VERSION_DIFFERS", field: "version", version: 1, asked: 2 },
  SUBJECT_UNKNOWN: { code: "SUBJECT_UNKNOWN", field: "subject", subject: "amendment:9" },
  APPROVAL_NEEDED: { code: "APPROVAL_NEEDED", subject: "order", levels: ["lead"] },
  APPROVAL_NOT_NEEDED: { code: "APPROVAL_NOT_NEEDED", subject: "creditOverride" },
  APPROVAL_REQUESTED: { code: "APPROVAL_REQUESTED", subject: "holdRelease:credit" },
  APPROVAL_NOT_WAITING: { code: "APPROVAL_NOT_WAITING", subject: "amendment:9" },
  PERSON_APPROVES: { code: "PERSON_APPROVES" },
  REQUESTER_APPROVES: { code: "REQUESTER_APPROVES", person: "li" },
  APPROVED_BEFORE: { code: "APPROVED_BEFORE", person: "li", level: "lead" },
  NOT_APPROVER: { code: "NOT_APPROVER", person: "li", level: "lead", waiting: ["wang", "lead"] },
  DELEGATION_NOT_FOUND: { code: "DELEGATION_NOT_FOUND", from: "wang", to: "li" },
  LINE_UNKNOWN: { code: "LINE_UNKNOWN", field: "lineId", lineId: "7" },
  SCHEDULE_UNKNOWN: { code: "SCHEDULE_UNKNOWN", field: "scheduleId", ...at },
  SCHEDULE_DELIVERED: { code: "SCHEDULE_DELIVERED", ...at },
  PROMISE_MISSING: { code: "PROMISE_MISSING", field: "promises", ...at },
  DUPLICATE_PROMISE: { code: "DUPLICATE_PROMISE", field: "promises.1", ...at },
  HOLD_NOT_FOUND: { code: "HOLD_NOT_FOUND", hold: "credit", holds: ["stock"] },
  AMENDMENT_OPEN: { code: "AMENDMENT_OPEN", amendmentId: "a-1" },
  AMENDMENT_NOT_FOUND: { code: "AMENDMENT_NOT_FOUND" },
  AMENDMENT_NOT_APPROVED: { code: "AMENDMENT_NOT_APPROVED", amendmentId: "a-1" },
  PROPOSER_APPROVES: { code: "PROPOSER_APPROVES", person: "li" },
  APPROVER_NEEDED: { code: "APPROVER_NEEDED" },
  VERSION_STALE: { code: "VERSION_STALE", version: 1, current: 2 },
  BELOW_SHIPPED: { code: "BELOW_SHIPPED", ...at, shipped: "4", quantity: "3" },
  LINE_MOVED: { code: "LINE_MOVED", lineId: "7" },
  HOLD_AMBIGUOUS: { code: "HOLD_AMBIGUOUS", hold: "quality", holdIds: ["quality:a", "quality:b"] },
  HOLD_ROLE_NEEDED: { code: "HOLD_ROLE_NEEDED", hold: "credit", roles: ["finance"] },
  SHARE_NOT_FOUND: { code: "SHARE_NOT_FOUND", with: "qian" },
  DELIVERY_OPEN: { code: "DELIVERY_OPEN", delivery: "Partial" },
  NOTHING_TO_COMPARE: { code: "NOTHING_TO_COMPARE" },
  COMPARE_AGAIN: { code: "COMPARE_AGAIN", discrepancyId: "d-1" },
  COMPARISON_NEEDED: { code: "COMPARISON_NEEDED", comparedWith: ["quotation", "purchaseOrder"] },
  PURCHASE_ORDER_CHANGED: { code: "PURCHASE_ORDER_CHANGED", number: "PO-1", revision: "B" },
  WAIVER_PERSON_NEEDED: { code: "WAIVER_PERSON_NEEDED" },
  WAIVER_ROLE_NEEDED: { code: "WAIVER_ROLE_NEEDED", aspect: "price", roles: ["lead"] },
  ISSUE_OPEN: { code: "ISSUE_OPEN", issues: ["i-1"] },
  INVOICE_HELD: { code: "INVOICE_HELD", holds: ["credit"] },
  NOTHING_TO_INVOICE: { code: "NOTHING_TO_INVOICE", basis: "shipped" },
  ABOVE_INVOICEABLE: {
    code: "ABOVE_INVOICEABLE",
    field: "lines.0.quantity",
    lineId: "7",
    left: "3",
    asked: "4",
    basis: "shipped",
  },
  ABOVE_INVOICED: { code: "ABOVE_INVOICED", field: "lines.0.quantity", lineId: "7", invoiced: "3", asked: "4" },
  NOTHING_INVOICED: { code: "NOTHING_INVOICED" },
  INVOICE_UNKNOWN: { code: "INVOICE_UNKNOWN", invoiceId: "i-1" },
  NOTHING_OPEN: { code: "NOTHING_OPEN" },
  ABOVE_OPEN: { code: "ABOVE_OPEN", open: "100", asked: "101", currency: "CNY" },
  ABOVE_AUTHORITY: { code: "ABOVE_AUTHORITY", most: "100", asked: "101", currency: "CNY" },
  UNSETTLED: { code: "UNSETTLED", total: "2500", received: "0", currency: "CNY" },
};

const fieldCodes: Readonly<Record<IncompleteCode, true>> = {
  ID_INVALID: true,
  CUSTOMER_MISSING: true,
  CURRENCY_INVALID: true,
  CURRENCY_MIXED: true,
  ZONE_UNKNOWN: true,
  DEPARTMENT_INVALID: true,
  DEPARTMENT_OUT_OF_SCOPE: true,
  ACCEPTANCE_DAYS_INVALID: true,
  INCOTERM_UNKNOWN: true,
  LINES_MISSING: true,
  DUPLICATE_LINE: true,
  DUPLICATE_SCHEDULE: true,
  DUPLICATE_REFERENCE: true,
  REFERENCE_TAKEN: true,
  DUPLICATE_FIELD: true,
  FIELD_VALUE_INVALID: true,
  FIELD_REQUIRED: true,
  FIELD_UNKNOWN: true,
  FIELD_TYPE: true,
  TEXT_MISSING: true,
  TEXT_TOO_LONG: true,
  TOO_MANY: true,
  QUANTITY_NOT_POSITIVE: true,
  SCHEDULE_QUANTITIES_DIFFER: true,
  CONVERSION_INVALID: true,
  DUPLICATE_CELL: true,
  MATRIX_QUANTITIES_DIFFER: true,
  PRICE_INVALID: true,
  AMOUNT_TOO_LARGE: true,
  TOLERANCE_INVALID: true,
  DATE_TOO_EARLY: true,
  DATE_TOO_LATE: true,
  UNIT_NOT_ALLOWED: true,
  QUANTITY_BELOW_MINIMUM: true,
  PRICE_OUT_OF_BAND: true,
  DATE_PAST: true,
  DATE_FUTURE: true,
  MILESTONE_SHARE_MISSING: true,
  MILESTONE_SHARE_TWICE: true,
  MILESTONES_DO_NOT_SUM: true,
  MILESTONE_START_UNKNOWN: true,
  DUPLICATE_MILESTONE: true,
  PERCENT_INVALID: true,
  AMOUNT_NOT_POSITIVE: true,
  DAYS_INVALID: true,
  SHARE_WITH_ONE: true,
  DATE_INVALID: true,
};

const quotationSamples: readonly QuotationRefusal[] = [
  { code: "CUSTOMER_MISSING", field: "customerId" },
  { code: "QUOTATION_EXISTS", number: "QU-1" },
  { code: "QUOTATION_STATE", lifecycle: "draft", allowed: ["sent", "expired"] },
  { code: "QUOTATION_EXPIRED", expiresAt: "2026-03-10T16:00:00.000Z" },
  { code: "QUOTATION_SUPERSEDED", version: 1, newest: 2 },
  { code: "QUOTATION_ACCEPTED", version: 1, orderId: "o-1" },
  { code: "QUOTATION_ORDER_NOT_FOUND", field: "orderId", orderId: "o-1" },
  { code: "QUOTATION_ORDER_DIFFERS", field: "orderId", what: "customer" },
  { code: "QUOTATION_ORDER_QUOTED", field: "orderId", orderId: "o-1" },
  { code: "QUOTATION_LINE_UNKNOWN", field: "lines.0.lineId", lineId: "9" },
  { code: "QUOTATION_EXCEEDED", field: "lines.0.quantity", quoted: "4", asked: "5" },
];

const receiptSamples: Samples<Exclude<ReceiptRefusal, { readonly code: ReceiptFaultCode }>> = {
  NOT_FOUND: { code: "NOT_FOUND" },
  RECEIPT_EXISTS: { code: "RECEIPT_EXISTS", number: "RC-1" },
  RECEIPT_DISPUTED: { code: "RECEIPT_DISPUTED", claimedAt: "2031-01-01T00:00:00.000Z" },
  NOT_ALLOCATED: { code: "NOT_ALLOCATED", orderId: "o-1" },
  ALLOCATION_EXCEEDED: { code: "ALLOCATION_EXCEEDED", allocated: "1", asked: "2", currency: "CNY" },
  RECEIPT_EXCEEDED: { code: "RECEIPT_EXCEEDED", unallocated: "1000", asked: "1001", currency: "CNY" },
  RETURN_NOT_FOUND: { code: "RETURN_NOT_FOUND", returnId: "r-1" },
  REFUND_EXCEEDED: { code: "REFUND_EXCEEDED", returnId: "r-1", open: "1", asked: "2", currency: "CNY" },
};
const receiptFaultCodes: Readonly<Record<ReceiptFaultCode, true>> = {
  ID_INVALID: true,
  CUSTOMER_MISSING: true,
  AMOUNT_INVALID: true,
  AMOUNT_NOT_POSITIVE: true,
  CURRENCY_INVALID: true,
  CURRENCY_DIFFERS: true,
  TEXT_MISSING: true,
  TEXT_TOO_LONG: true,
  DEPARTMENT_INVALID: true,
  DEPARTMENT_OUT_OF_SCOPE: true,
  ALLOCATIONS_MISSING: true,
  TOO_MANY: true,
  DUPLICATE_ORDER: true,
  MILESTONE_UNKNOWN: true,
  ORDER_NOT_FOUND: true,
};
const receiptFaults = (Object.keys(receiptFaultCodes) as ReceiptFaultCode[]).map((code) => ({
  code,
  field: "amount",
  value: "v-9",
}));

const li = callerOf({ user: "li", roles: ["sales"], departments: ["cn"] }, defaultPolicy);
const context = (language: string) => requestContext(li, { language }) as Context;
const texts = (tell: (context: Context) => Payload) =>
  ["en", "zh"].map((language) => tell(context(language)).userErrors[0]!.message);

/** Both speak, each in its own language, and neither lets a hole show. */
function isTold(en: string, zh: string): void {
  expect(en).toMatch(/^[^\p{Script=Han}]{10,}\.$/u);
  expect(zh).toMatch(/\p{Script=Han}.*。$/u);
  expect(en + zh).not.toMatch(/undefined|\[object|NaN/);
}

describe("every refusal is told in both languages", () => {
  test.each(Object.values(orderSamples))("$code", (refusal) => {
    const [en, zh] = texts((each) => tellOfOrder({ status: "refused", id: "o-1", refusals: [refusal] }, each));
    isTold(en!, zh!);
  });
  test.each(Object.keys(fieldCodes) as IncompleteCode[])("%s", (code) => {
    for (const value of [{}, { value: "v-9" }]) {
      const refusal = { code, field: "lines.0", ...value };
      const [en, zh] = texts((each) => tellOfOrder({ status: "refused", id: "o-1", refusals: [refusal] }, each));
      isTold(en!, zh!);
      expect(en).toContain("lines.0");
      if ("value" in value) expect([en, zh].every((text) => text!.includes("v-9"))).toBe(true);
    }
  });
  test.each<ReceiptRefusal>([...Object.values(receiptSamples), ...receiptFaults])("of a receipt: $code", (refusal) => {
    const [en, zh] = texts((each) => tellOfReceipt({ status: "refused", id: "r-1", refusals: [refusal] }, each));
    isTold(en!, zh!);
  });
  test.each(quotationSamples)("of a quotation: $code", (refusal) => {
    const [en, zh] = texts((each) => tellOfQuotation({ status: "refused", id: "q-1", refusals: [refusal] }, each));
    isTold(en!, zh!);
  });
  test.each<InvoiceRefusal>([
    { code: "INVOICE_SETTLED" },
    { code: "NOT_DISPUTED" },
    { code: "DISPUTE_EXCEEDED", open: "1", asked: "2", currency: "CNY" },
    { code: "CURRENCY_DIFFERS", field: "amount.currency" },
    { code: "AMOUNT_INVALID", field: "amount.minor" },
  ])("of an invoice: $code", (refusal) => {
    const [en, zh] = texts((each) => tellOfInvoice({ status: "refused", id: "i-1", refusals: [refusal] }, each));
    isTold(en!, zh!);
  });
  test("of the envelope", () => {
    const refusal = { code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" } as const;
    isTold(...(texts((each) => tellOfOrder(refusal, each)) as [string, string]));
  });
});

test("who sees no prices is told of no amounts, and of everything else", () => {
  const who = callerOf({ user: "wu", roles: ["warehouse"], departments: ["cn"] }, defaultPolicy);
  const told = { status: "refused", id: "o-1" } as const;
  const context = requestContext(who) as Context;
  const { UNSETTLED, ORDER_STATE } = orderSamples;
  const [settling, state] = tellOfOrder({ ...told, refusals: [UNSETTLED, ORDER_STATE] }, context).userErrors;
  const [receipt] = tellOfReceipt({ ...told, refusals: [receiptSamples.RECEIPT_EXCEEDED] }, context).userErrors;
  for (const each of [settling!, receipt!]) expect([each.details, /\d/.test(each.message)]).toEqual([null, false]);
  expect(state!.details).not.toBeNull();
});
