// How an invoice decides: one line per command.
import type { Decider } from "@gendan/eventing";
import {
  disputeInvoice,
  promisePayment,
  resolveDispute,
  type DisputeInvoice,
  type PromisePayment,
  type ResolveDispute,
} from "./dispute-invoice.js";
import { elapseDunning, type ElapseDunning } from "./elapse-dunning.js";
import type { InvoiceEvent } from "./invoice.events.js";
import type { InvoiceRefusal } from "./invoice.refusals.js";
import { evolve, noInvoice, type InvoiceState } from "./invoice.state.js";
import {
  followInvoiceScope,
  openInvoice,
  settleInvoice,
  type FollowInvoiceScope,
  type OpenInvoice,
  type SettleInvoice,
} from "./open-invoice.js";

export type InvoiceCommand =
  OpenInvoice | SettleInvoice | FollowInvoiceScope | DisputeInvoice | ResolveDispute | PromisePayment | ElapseDunning;

/** What its order and the clock tell. */
export const invoiceFacts: ReadonlySet<InvoiceCommand["type"]> = new Set([
  "OpenInvoice",
  "SettleInvoice",
  "FollowScope",
  "ElapseDunning",
]);

export const invoiceDecider: Decider<InvoiceState, InvoiceCommand, InvoiceEvent, InvoiceRefusal> = {
  initial: noInvoice,
  evolve,
  decide(invoice, command, by) {
    switch (command.type) {
      case "OpenInvoice":
        return openInvoice(invoice, command, by);
      case "SettleInvoice":
        return settleInvoice(invoice, command, by);
      case "FollowScope":
        return followInvoiceScope(invoice, command);
      case "DisputeInvoice":
        return disputeInvoice(invoice, command, by);
      case "ResolveDispute":
        return resolveDispute(invoice, command, by);
      case "PromisePayment":
        return promisePayment(invoice, command, by);
      case "ElapseDunning":
        return elapseDunning(invoice, command, by);
    }
  },
};
