// How a quotation decides: one line per command.
import type { Decider } from "@gendan/eventing";
import type { OrderRefusal } from "../order/order.refusals.js";
import { acceptQuotation, type AcceptQuotation } from "./accept-quotation.js";
import { declineQuotation, type DeclineQuotation } from "./decline-quotation.js";
import {
  changeQuotation,
  draftQuotation,
  reviseQuotation,
  type ChangeQuotation,
  type DraftQuotation,
  type ReviseQuotation,
} from "./draft-quotation.js";
import type { QuotationEvent } from "./quotation.events.js";
import type { QuotationRefusal } from "./quotation.refusals.js";
import { evolve, noQuotation, type QuotationState } from "./quotation.state.js";
import { elapseQuotation, sendQuotation, type ElapseQuotation, type SendQuotation } from "./send-quotation.js";

export type QuotationCommand =
  | DraftQuotation
  | ChangeQuotation
  | SendQuotation
  | ReviseQuotation
  | AcceptQuotation
  | DeclineQuotation
  | ElapseQuotation;

export const quotationFacts: ReadonlySet<QuotationCommand["type"]> = new Set(["ElapseQuotation"]);

export const quotationDecider: Decider<
  QuotationState,
  QuotationCommand,
  QuotationEvent,
  QuotationRefusal | OrderRefusal
> = {
  initial: noQuotation,
  evolve,
  decide(quotation, command, by) {
    switch (command.type) {
      case "DraftQuotation":
        return draftQuotation(quotation, command);
      case "ChangeQuotation":
        return changeQuotation(quotation, command);
      case "SendQuotation":
        return sendQuotation(quotation, command, by);
      case "ReviseQuotation":
        return reviseQuotation(quotation, command);
      case "AcceptQuotation":
        return acceptQuotation(quotation, command, by);
      case "DeclineQuotation":
        return declineQuotation(quotation, command);
      case "ElapseQuotation":
        return elapseQuotation(quotation, command);
    }
  },
};
