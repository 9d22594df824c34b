// Which commands a quotation takes now: by the guards of the commands themselves.
import { mayAcceptQuotation } from "../domain/quotation/accept-quotation.js";
import { mayDecline } from "../domain/quotation/decline-quotation.js";
import { mayChange, mayRevise } from "../domain/quotation/draft-quotation.js";
import type { QuotationRefusal } from "../domain/quotation/quotation.refusals.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";
import { maySend } from "../domain/quotation/send-quotation.js";

/** The mutations of a quotation, in the order of its life. */
const guards = {
  changeQuotation: mayChange,
  sendQuotation: maySend,
  reviseQuotation: mayRevise,
  acceptQuotation: (quotation, at) => mayAcceptQuotation(quotation, quotation.version, at),
  declineQuotation: mayDecline,
} satisfies Readonly<Record<string, (quotation: QuotationState, at: string) => readonly QuotationRefusal[]>>;

export type QuotationAction = keyof typeof guards;

export const quotationActions = (quotation: QuotationState, at: string): readonly QuotationAction[] =>
  (Object.keys(guards) as QuotationAction[]).filter((action) => guards[action](quotation, at).length === 0);
