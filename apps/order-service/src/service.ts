// What the order service is made of: its aggregates, projections, reactions and deadlines. It names no engine.
import { readPublic } from "@gendan/contracts";
import { personToken, type Aggregate, type ServiceDefinition } from "@gendan/eventing";
import { creditDecider, creditFacts, type CreditCommand, type CreditRefusal } from "./domain/credit/credit.decider.js";
import type { CreditEvent } from "./domain/credit/credit.events.js";
import { visibleToOf, type CreditState } from "./domain/credit/credit.state.js";
import {
  delegationDecider,
  type DelegationCommand,
  type DelegationRefusal,
  type DelegationState,
} from "./domain/delegation/delegation.decider.js";
import type { DelegationEvent } from "./domain/delegation/delegation.events.js";
import {
  attachmentDecider,
  type AttachmentCommand,
  type AttachmentRefusal,
  type AttachmentState,
} from "./domain/attachment/attachment.decider.js";
import type { AttachmentEvent } from "./domain/attachment/attachment.events.js";
import {
  assortmentDecider,
  assortmentFacts,
  type AssortmentState,
  type ExtendAssortment,
} from "./domain/assortment/assortment.decider.js";
import type { AssortmentEvent } from "./domain/assortment/assortment.events.js";
import { orderDecider, orderFacts, type OrderCommand } from "./domain/order/order.decider.js";
import type { OrderEvent } from "./domain/order/order.events.js";
import type { OrderRefusal } from "./domain/order/order.refusals.js";
import type { OrderState } from "./domain/order/order.state.js";
import {
  accountDecider,
  accountFacts,
  type AccountCommand,
  type AccountRefusal,
} from "./domain/account/account.decider.js";
import type { AccountEvent } from "./domain/account/account.events.js";
import type { AccountState } from "./domain/account/account.state.js";
import { invoiceDecider, invoiceFacts, type InvoiceCommand } from "./domain/invoice/invoice.decider.js";
import type { InvoiceEvent } from "./domain/invoice/invoice.events.js";
import type { InvoiceRefusal } from "./domain/invoice/invoice.refusals.js";
import type { InvoiceState } from "./domain/invoice/invoice.state.js";
import { quotationDecider, quotationFacts, type QuotationCommand } from "./domain/quotation/quotation.decider.js";
import type { QuotationEvent } from "./domain/quotation/quotation.events.js";
import type { QuotationRefusal } from "./domain/quotation/quotation.refusals.js";
import type { QuotationState } from "./domain/quotation/quotation.state.js";
import { receiptDecider, receiptFacts, type ReceiptCommand } from "./domain/receipt/receipt.decider.js";
import type { ReceiptEvent } from "./domain/receipt/receipt.events.js";
import type { ReceiptRefusal } from "./domain/receipt/receipt.refusals.js";
import { seenBy, type ReceiptState } from "./domain/receipt/receipt.state.js";
import {
  referenceDecider,
  type ReferenceCommand,
  type ReferenceRefusal,
  type ReferenceState,
} from "./domain/reference/reference.decider.js";
import type { ReferenceEvent } from "./domain/reference/reference.events.js";
import { rulesDecider, type RulesRefusal, type RulesState, type SetRules } from "./domain/rules/rules.decider.js";
import type { RulesEvent } from "./domain/rules/rules.events.js";
import { reactions } from "./react/reactions.js";
import { creditsProjection } from "./read/credits.projection.js";
import { delegationsProjection } from "./read/delegations.projection.js";
import { attachmentsProjection } from "./read/attachments.projection.js";
import { accountsProjection } from "./read/accounts.projection.js";
import { invoicesProjection } from "./read/invoices.projection.js";
import { ordersProjection } from "./read/orders.projection.js";
import { quotationsProjection } from "./read/quotations.projection.js";
import { receiptsProjection } from "./read/receipts.projection.js";
import { rulesProjection } from "./read/rules.projection.js";
import { publishAttachment } from "./relay/publish-attachment.js";
import { publishAccount } from "./relay/publish-account.js";
import { publishInvoice } from "./relay/publish-invoice.js";
import { publishCredit } from "./relay/publish-credit.js";
import { publishOrder } from "./relay/publish-order.js";
import { publishQuotation } from "./relay/publish-quotation.js";
import { publishReceipt } from "./relay/publish-receipt.js";
import { publishRules } from "./relay/publish-rules.js";
import { creditCodec } from "./stored/credit.codec.js";
import { delegationCodec } from "./stored/delegation.codec.js";
import { assortmentCodec } from "./stored/assortment.codec.js";
import { attachmentCodec } from "./stored/attachment.codec.js";
import { accountCodec } from "./stored/account.codec.js";
import { invoiceCodec } from "./stored/invoice.codec.js";
import { orderCodec } from "./stored/order.codec.js";
import { quotationCodec } from "./stored/quotation.codec.js";
import { receiptCodec } from "./stored/receipt.codec.js";
import { referenceCodec } from "./stored/reference.codec.js";
import { rulesCodec } from "./stored/rules.codec.js";

export const orderAggregate: Aggregate<OrderState, OrderCommand, OrderEvent, OrderRefusal> = {
  service: "order",
  name: "order",
  decider: orderDecider,
  codec: orderCodec,
  facts: orderFacts,
  visibleTo: ({ lifecycle, scope }) => (lifecycle === "absent" ? undefined : scope.visibleTo),
  publish: publishOrder,
};

export const referenceAggregate: Aggregate<ReferenceState, ReferenceCommand, ReferenceEvent, ReferenceRefusal> = {
  service: "order",
  name: "reference",
  decider: referenceDecider,
  codec: referenceCodec,
  facts: new Set(),
  // The orders tell of their numbers themselves.
  publish: () => [],
};

/** Who sees an attachment is its order's to say: commands look the order up. */
export const attachmentAggregate: Aggregate<AttachmentState, AttachmentCommand, AttachmentEvent, AttachmentRefusal> = {
  service: "order",
  name: "attachment",
  decider: attachmentDecider,
  codec: attachmentCodec,
  facts: new Set(),
  publish: publishAttachment,
};

export const invoiceAggregate: Aggregate<InvoiceState, InvoiceCommand, InvoiceEvent, InvoiceRefusal> = {
  service: "order",
  name: "invoice",
  decider: invoiceDecider,
  codec: invoiceCodec,
  facts: invoiceFacts,
  visibleTo: ({ exists, visibleTo }) => (exists ? visibleTo : undefined),
  publish: publishInvoice,
};

export const accountAggregate: Aggregate<AccountState, AccountCommand, AccountEvent, AccountRefusal> = {
  service: "order",
  name: "account",
  decider: accountDecider,
  codec: accountCodec,
  facts: accountFacts,
  visibleTo: ({ visibleTo }) => visibleTo,
  publish: publishAccount,
};

export const receiptAggregate: Aggregate<ReceiptState, ReceiptCommand, ReceiptEvent, ReceiptRefusal> = {
  service: "order",
  name: "receipt",
  decider: receiptDecider,
  codec: receiptCodec,
  facts: receiptFacts,
  visibleTo: ({ exists, owners, orders }) => (exists ? seenBy(owners, [...orders.values()]) : undefined),
  publish: publishReceipt,
};

export const quotationAggregate: Aggregate<
  QuotationState,
  QuotationCommand,
  QuotationEvent,
  QuotationRefusal | OrderRefusal
> = {
  service: "order",
  name: "quotation",
  decider: quotationDecider,
  codec: quotationCodec,
  facts: quotationFacts,
  visibleTo: ({ lifecycle, scope }) => (lifecycle === "absent" ? undefined : scope.visibleTo),
  publish: publishQuotation,
};

export const creditAggregate: Aggregate<CreditState, CreditCommand, CreditEvent, CreditRefusal> = {
  service: "order",
  name: "credit",
  decider: creditDecider,
  codec: creditCodec,
  facts: creditFacts,
  visibleTo: (credit) => (credit.customerId === "" ? undefined : visibleToOf(credit)),
  publish: publishCredit,
};

export const assortmentAggregate: Aggregate<AssortmentState, ExtendAssortment, AssortmentEvent, never> = {
  service: "order",
  name: "assortment",
  decider: assortmentDecider,
  codec: assortmentCodec,
  facts: assortmentFacts,
  // What was confirmed the orders tell themselves.
  publish: () => [],
};

export const delegationAggregate: Aggregate<DelegationState, DelegationCommand, DelegationEvent, DelegationRefusal> = {
  service: "order",
  name: "delegation",
  decider: delegationDecider,
  codec: delegationCodec,
  facts: new Set(),
  visibleTo: ({ person }) => (person === "" ? undefined : [personToken(person)]),
  // What was approved on somebody's behalf says so itself.
  publish: () => [],
};

export const rulesAggregate: Aggregate<RulesState, SetRules, RulesEvent, RulesRefusal> = {
  service: "order",
  name: "rules",
  decider: rulesDecider,
  codec: rulesCodec,
  facts: new Set(),
  publish: publishRules,
};

export const orderService: ServiceDefinition = {
  name: "order",
  aggregates: [
    quotationAggregate,
    orderAggregate,
    referenceAggregate,
    attachmentAggregate,
    invoiceAggregate,
    accountAggregate,
    receiptAggregate,
    creditAggregate,
    assortmentAggregate,
    delegationAggregate,
    rulesAggregate,
  ],
  projections: [
    quotationsProjection,
    ordersProjection,
    attachmentsProjection,
    invoicesProjection,
    accountsProjection,
    receiptsProjection,
    creditsProjection,
    delegationsProjection,
    rulesProjection,
  ],
  reactions,
  readPublic,
  deadlines: {
    quotation: { aggregate: "order.quotation", elapse: (dueAt) => ({ type: "ElapseQuotation", dueAt }) },
    acceptance: { aggregate: "order.order", elapse: (dueAt) => ({ type: "ElapseAcceptance", dueAt }) },
    hold: { aggregate: "order.order", elapse: (dueAt) => ({ type: "ElapseHolds", dueAt }) },
    review: { aggregate: "order.order", elapse: (dueAt) => ({ type: "ElapseReview", dueAt }) },
    approval: { aggregate: "order.order", elapse: (dueAt) => ({ type: "ElapseApprovals", dueAt }) },
    dunning: { aggregate: "order.invoice", elapse: (dueAt) => ({ type: "ElapseDunning", dueAt }) },
    share: { aggregate: "order.order", elapse: (dueAt) => ({ type: "ElapseShares", dueAt }) },
  },
};
