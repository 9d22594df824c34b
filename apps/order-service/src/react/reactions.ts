// Everything that this service answers to.
import type { Reaction } from "@gendan/eventing";
import { creditFollowsOrders, onCreditExceeded, onCreditRecovered } from "./on-credit.js";
import { extendAssortment } from "./extend-assortment.js";
import { onExchangeLinked } from "./on-exchange-linked.js";
import { onIssueClosed } from "./on-issue-closed.js";
import { onIssueOpened } from "./on-issue-opened.js";
import { onIssueTriaged } from "./on-issue-triaged.js";
import { onPaymentRecorded, onScopeChanged } from "./on-scope-changed.js";
import { onQuotationAccepted } from "./on-quotation-accepted.js";
import { postToAccounts } from "./post-to-accounts.js";
import { onInvoiceDunned, onInvoiceSettled } from "./on-invoice-dunned.js";
import { onOrderInvoiced, onScopeChangedOfInvoiced, settleInvoices } from "./on-order-invoiced.js";
import { onMilestonesReckoned } from "./on-milestones-reckoned.js";
import { onReceiptAllocated, onReceiptDeallocated, onReceiptRefunded } from "./on-receipt-allocated.js";
import { onShipmentDelivered } from "./on-shipment-delivered.js";
import { onShipmentDispatched } from "./on-shipment-dispatched.js";
import { onShipmentLost } from "./on-shipment-lost.js";
import { onShipmentReturned } from "./on-shipment-returned.js";
import { onShipmentOrderDropped } from "./on-shipment-order-dropped.js";
import { onShipmentPlanned } from "./on-shipment-planned.js";

export const reactions = [
  onQuotationAccepted,
  onShipmentPlanned,
  onShipmentOrderDropped,
  onShipmentDispatched,
  onShipmentDelivered,
  onShipmentLost,
  onShipmentReturned,
  onExchangeLinked,
  onReceiptAllocated,
  onReceiptDeallocated,
  onReceiptRefunded,
  onMilestonesReckoned,
  onOrderInvoiced,
  ...settleInvoices,
  onScopeChangedOfInvoiced,
  onInvoiceDunned,
  onInvoiceSettled,
  ...creditFollowsOrders,
  onCreditExceeded,
  onCreditRecovered,
  ...extendAssortment,
  ...postToAccounts,
  onPaymentRecorded,
  onScopeChanged,
  onIssueOpened,
  onIssueTriaged,
  onIssueClosed,
] as readonly Reaction[];
