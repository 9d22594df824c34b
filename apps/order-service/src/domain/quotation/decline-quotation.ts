// DeclineQuotation: the customer does not want what was offered.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { checksInto } from "../order/faults.js";
import type { Incomplete } from "../order/order.refusals.js";
import { defined } from "../values.js";
import type { QuotationEvent } from "./quotation.events.js";
import type { QuotationRefusal } from "./quotation.refusals.js";
import { inState, ofQuotation, type QuotationState } from "./quotation.state.js";

export interface DeclineQuotation {
  readonly type: "DeclineQuotation";
  /** A short code: price, date, competitor, … */
  readonly reason: string;
  readonly note?: Sealed;
}

/** Also after its last day: that it was declined is worth more to know than that it ended. */
export const mayDecline = (quotation: QuotationState): readonly QuotationRefusal[] =>
  inState(quotation, "sent", "expired");

export function declineQuotation(
  quotation: QuotationState,
  { reason, note }: DeclineQuotation,
): Decision<QuotationEvent, QuotationRefusal> {
  const [no, ...others] = mayDecline(quotation);
  if (no) return refuse(no, ...others);
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  const { version } = quotation;
  return accept({ type: "quotation.declined", version, reason, ...defined({ note }), ...ofQuotation(quotation) });
}
