// Every public event, one line each. A new contract is added here and nowhere else.
import type { Contract } from "./contract.js";
import { quotationDrafted } from "./quotation/quotation-drafted.js";
import { quotationSent } from "./quotation/quotation-sent.js";
import { quotationRevised } from "./quotation/quotation-revised.js";
import { quotationAccepted } from "./quotation/quotation-accepted.js";
import { quotationDeclined } from "./quotation/quotation-declined.js";
import { quotationExpired } from "./quotation/quotation-expired.js";
import { orderReceived } from "./order/order-received.js";
import { orderCorrected } from "./order/order-corrected.js";
import { orderQuoted } from "./order/order-quoted.js";
import { orderPurchaseRecorded } from "./order/order-purchase-recorded.js";
import { orderCompared } from "./order/order-compared.js";
import { orderDiscrepancyRecorded } from "./order/order-discrepancy-recorded.js";
import { orderDiscrepancyResolved } from "./order/order-discrepancy-resolved.js";
import { orderDiscrepancyWaived } from "./order/order-discrepancy-waived.js";
import { orderVerified } from "./order/order-verified.js";
import { orderPaymentTermsAgreed } from "./order/order-payment-terms-agreed.js";
import { orderReviewOpened } from "./order/order-review-opened.js";
import { orderReviewAnswered } from "./order/order-review-answered.js";
import { orderReviewInvalidated } from "./order/order-review-invalidated.js";
import { orderReviewReminded } from "./order/order-review-reminded.js";
import { orderReplyOverridden } from "./order/order-reply-overridden.js";
import { orderCountersigned } from "./order/order-countersigned.js";
import { orderApprovalRequested } from "./order/order-approval-requested.js";
import { orderApprovalGiven } from "./order/order-approval-given.js";
import { orderApprovalRejected } from "./order/order-approval-rejected.js";
import { orderApprovalWithdrawn } from "./order/order-approval-withdrawn.js";
import { orderApprovalEscalated } from "./order/order-approval-escalated.js";
import { orderRevised } from "./order/order-revised.js";
import { orderConfirmed } from "./order/order-confirmed.js";
import { orderScheduleRepromised } from "./order/order-schedule-repromised.js";
import { orderDateAgreed } from "./order/order-date-agreed.js";
import { orderAmendmentProposed } from "./order/order-amendment-proposed.js";
import { orderAmendmentApproved } from "./order/order-amendment-approved.js";
import { orderAmendmentWithdrawn } from "./order/order-amendment-withdrawn.js";
import { orderAmended } from "./order/order-amended.js";
import { orderHoldPlaced } from "./order/order-hold-placed.js";
import { orderHoldReleased } from "./order/order-hold-released.js";
import { orderScopeChanged } from "./order/order-scope-changed.js";
import { orderCancelled } from "./order/order-cancelled.js";
import { orderAllocated } from "./order/order-allocated.js";
import { orderAllocationDeclined } from "./order/order-allocation-declined.js";
import { orderAllocationReleased } from "./order/order-allocation-released.js";
import { orderShipped } from "./order/order-shipped.js";
import { orderDelivered } from "./order/order-delivered.js";
import { orderLost } from "./order/order-lost.js";
import { orderReturnedToSender } from "./order/order-returned-to-sender.js";
import { orderScheduleShortClosed } from "./order/order-schedule-short-closed.js";
import { orderScheduleBackordered } from "./order/order-schedule-backordered.js";
import { orderQuantityCancelled } from "./order/order-quantity-cancelled.js";
import { orderDeliveryRejected } from "./order/order-delivery-rejected.js";
import { orderReturnAuthorised } from "./order/order-return-authorised.js";
import { orderReturnReceived } from "./order/order-return-received.js";
import { orderReturnInspected } from "./order/order-return-inspected.js";
import { orderRefundDue } from "./order/order-refund-due.js";
import { orderReturnRefunded } from "./order/order-return-refunded.js";
import { orderReturnWithdrawn } from "./order/order-return-withdrawn.js";
import { orderExchangeLinked } from "./order/order-exchange-linked.js";
import { orderAccepted } from "./order/order-accepted.js";
import { orderCompleted } from "./order/order-completed.js";
import { orderClosed } from "./order/order-closed.js";
import { orderReopened } from "./order/order-reopened.js";
import { orderPaymentRecorded } from "./order/order-payment-recorded.js";
import { orderPaymentReversed } from "./order/order-payment-reversed.js";
import { orderMilestonesReckoned } from "./order/order-milestones-reckoned.js";
import { orderInvoiced } from "./order/order-invoiced.js";
import { orderCredited } from "./order/order-credited.js";
import { orderWrittenOff } from "./order/order-written-off.js";
import { attachmentFiled } from "./attachment/attachment-filed.js";
import { attachmentRemoved } from "./attachment/attachment-removed.js";
import { creditExceeded } from "./credit/credit-exceeded.js";
import { creditRecovered } from "./credit/credit-recovered.js";
import { customFieldsDefined } from "./rules/custom-fields-defined.js";
import { receiptRecorded } from "./receipt/receipt-recorded.js";
import { receiptAllocated } from "./receipt/receipt-allocated.js";
import { receiptDeallocated } from "./receipt/receipt-deallocated.js";
import { receiptRefunded } from "./receipt/receipt-refunded.js";
import { receiptScopeChanged } from "./receipt/receipt-scope-changed.js";
import { invoiceOpened } from "./invoice/invoice-opened.js";
import { invoiceSettled } from "./invoice/invoice-settled.js";
import { invoiceDisputed } from "./invoice/invoice-disputed.js";
import { invoiceDisputeResolved } from "./invoice/invoice-dispute-resolved.js";
import { invoicePaymentPromised } from "./invoice/invoice-payment-promised.js";
import { invoiceDunned } from "./invoice/invoice-dunned.js";
import { invoiceScopeChanged } from "./invoice/invoice-scope-changed.js";
import { accountStatementConfirmed } from "./account/account-statement-confirmed.js";
import { shipmentPlanned } from "./shipment/shipment-planned.js";
import { shipmentOrderDropped } from "./shipment/shipment-order-dropped.js";
import { shipmentBooked } from "./shipment/shipment-booked.js";
import { shipmentDispatched } from "./shipment/shipment-dispatched.js";
import { shipmentCheckpointRecorded } from "./shipment/shipment-checkpoint-recorded.js";
import { shipmentDelivered } from "./shipment/shipment-delivered.js";
import { shipmentLost } from "./shipment/shipment-lost.js";
import { shipmentReturned } from "./shipment/shipment-returned.js";
import { shipmentInterceptRequested } from "./shipment/shipment-intercept-requested.js";
import { shipmentInterceptAnswered } from "./shipment/shipment-intercept-answered.js";
import { shipmentExceptionRaised } from "./shipment/shipment-exception-raised.js";
import { shipmentExceptionResolved } from "./shipment/shipment-exception-resolved.js";
import { shipmentScopeChanged } from "./shipment/shipment-scope-changed.js";
import { customerRegistered } from "./customer/customer-registered.js";
import { contactRegistered } from "./customer/contact-registered.js";
import { customerErased } from "./customer/customer-erased.js";
import { contactErased } from "./customer/contact-erased.js";
import { interactionLogged } from "./customer/interaction-logged.js";
import { satisfactionRecorded } from "./customer/satisfaction-recorded.js";
import { interactionScopeChanged } from "./customer/interaction-scope-changed.js";
import { satisfactionScopeChanged } from "./customer/satisfaction-scope-changed.js";
import { caseOpened } from "./case/case-opened.js";
import { caseAnswered } from "./case/case-answered.js";
import { caseIssueLinked } from "./case/case-issue-linked.js";
import { caseClosed } from "./case/case-closed.js";
import { caseScopeChanged } from "./case/case-scope-changed.js";
import { issueSlotTaken } from "./issue/slot-taken.js";
import { issueOpened } from "./issue/issue-opened.js";
import { issueTriaged } from "./issue/issue-triaged.js";
import { issueCauseConfirmed } from "./issue/issue-cause-confirmed.js";
import { issueActionAdded } from "./issue/issue-action-added.js";
import { issueActionCompleted } from "./issue/issue-action-completed.js";
import { issueResolved } from "./issue/issue-resolved.js";
import { issueVerified } from "./issue/issue-verified.js";
import { issueClosed } from "./issue/issue-closed.js";
import { issueScopeChanged } from "./issue/issue-scope-changed.js";

/** All contracts, in the order of the flow. */
export const catalog = [
  quotationDrafted,
  quotationSent,
  quotationRevised,
  quotationAccepted,
  quotationDeclined,
  quotationExpired,
  orderReceived,
  orderCorrected,
  orderQuoted,
  orderPurchaseRecorded,
  orderCompared,
  orderDiscrepancyRecorded,
  orderDiscrepancyResolved,
  orderDiscrepancyWaived,
  orderVerified,
  orderPaymentTermsAgreed,
  orderReviewOpened,
  orderReviewAnswered,
  orderReviewInvalidated,
  orderReviewReminded,
  orderReplyOverridden,
  orderCountersigned,
  orderApprovalRequested,
  orderApprovalGiven,
  orderApprovalRejected,
  orderApprovalWithdrawn,
  orderApprovalEscalated,
  orderRevised,
  orderConfirmed,
  orderScheduleRepromised,
  orderDateAgreed,
  orderAmendmentProposed,
  orderAmendmentApproved,
  orderAmendmentWithdrawn,
  orderAmended,
  orderHoldPlaced,
  orderHoldReleased,
  orderScopeChanged,
  orderCancelled,
  orderAllocated,
  orderAllocationDeclined,
  orderAllocationReleased,
  orderShipped,
  orderDelivered,
  orderLost,
  orderReturnedToSender,
  orderScheduleShortClosed,
  orderScheduleBackordered,
  orderQuantityCancelled,
  orderDeliveryRejected,
  orderReturnAuthorised,
  orderReturnReceived,
  orderReturnInspected,
  orderRefundDue,
  orderReturnRefunded,
  orderReturnWithdrawn,
  orderExchangeLinked,
  orderAccepted,
  orderCompleted,
  orderClosed,
  orderReopened,
  orderPaymentRecorded,
  orderPaymentReversed,
  orderMilestonesReckoned,
  orderInvoiced,
  orderCredited,
  orderWrittenOff,
  attachmentFiled,
  attachmentRemoved,
  creditExceeded,
  creditRecovered,
  customFieldsDefined,
  receiptRecorded,
  receiptAllocated,
  receiptDeallocated,
  receiptRefunded,
  receiptScopeChanged,
  invoiceOpened,
  invoiceSettled,
  invoiceDisputed,
  invoiceDisputeResolved,
  invoicePaymentPromised,
  invoiceDunned,
  invoiceScopeChanged,
  accountStatementConfirmed,
  shipmentPlanned,
  shipmentOrderDropped,
  shipmentBooked,
  shipmentDispatched,
  shipmentCheckpointRecorded,
  shipmentDelivered,
  shipmentLost,
  shipmentReturned,
  shipmentInterceptRequested,
  shipmentInterceptAnswered,
  shipmentExceptionRaised,
  shipmentExceptionResolved,
  shipmentScopeChanged,
  customerRegistered,
  contactRegistered,
  customerErased,
  contactErased,
  interactionLogged,
  satisfactionRecorded,
  interactionScopeChanged,
  satisfactionScopeChanged,
  caseOpened,
  caseAnswered,
  caseIssueLinked,
  caseClosed,
  caseScopeChanged,
  issueSlotTaken,
  issueOpened,
  issueTriaged,
  issueCauseConfirmed,
  issueActionAdded,
  issueActionCompleted,
  issueResolved,
  issueVerified,
  issueClosed,
  issueScopeChanged,
] as const;

const byType: ReadonlyMap<string, Contract<unknown>> = new Map(
  catalog.map((contract) => [contract.type, contract as unknown as Contract<unknown>]),
);

/** The contract of a public event type, undefined for one that this code does not know. */
export const contractOf = (type: string): Contract<unknown> | undefined => byType.get(type);

/** Every topic, in alphabetical order. */
export const topics: readonly string[] = [...new Set(catalog.map((contract) => contract.topic))].sort();

type EventOf<C> = C extends Contract<infer Data, infer Type> ? { readonly type: Type } & Data : never;

/** Any public event as folds and reactions get it: its type beside the newest version's data. */
export type PublicEvent = EventOf<(typeof catalog)[number]>;

/** The public events of one type. */
export type PublicEventOf<Type extends PublicEvent["type"]> = Extract<PublicEvent, { readonly type: Type }>;

/** Reads a message's data of any version as the event that folds and reactions get. Throws where it cannot be read. */
export function readPublic(type: string, version: number, data: unknown): PublicEvent {
  const contract = contractOf(type);
  if (!contract) throw new RangeError(`No contract for ${type}.`);
  return { type, ...(contract.read(version, data) as object) } as PublicEvent;
}
