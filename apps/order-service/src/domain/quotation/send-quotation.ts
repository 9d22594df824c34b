// SendQuotation: the customer has the offer from now on, until it ends by the clock.
import { accept, refuse, type Asked, type Decision } from "@gendan/eventing";
import { lateFrom } from "../order/dimensions.js";
import type { QuotationEvent } from "./quotation.events.js";
import type { QuotationRefusal } from "./quotation.refusals.js";
import { inState, ofQuotation, type QuotationState } from "./quotation.state.js";

export interface SendQuotation {
  readonly type: "SendQuotation";
}

/** Its last valid day is over. */
export interface ElapseQuotation {
  readonly type: "ElapseQuotation";
  readonly dueAt: string;
}

/** An offer needs a last day, and that day must not be over. */
export function maySend(quotation: QuotationState, at: string): readonly QuotationRefusal[] {
  const state = inState(quotation, "draft");
  if (state.length > 0) return state;
  const { validUntil } = quotation.content;
  if (validUntil === undefined) return [{ code: "TEXT_MISSING", field: "validUntil" }];
  const isOver = lateFrom(quotation.zone, validUntil) <= at;
  return isOver ? [{ code: "DATE_PAST", field: "validUntil", value: validUntil }] : [];
}

export function sendQuotation(
  quotation: QuotationState,
  _: SendQuotation,
  { at }: Asked,
): Decision<QuotationEvent, QuotationRefusal> {
  const [no, ...others] = maySend(quotation, at);
  if (no) return refuse(no, ...others);
  const { version, content, amount, freight, zone } = quotation;
  const validUntil = content.validUntil!;
  return accept({
    type: "quotation.sent",
    version,
    ...content,
    amount,
    freight,
    ...ofQuotation(quotation),
    validUntil,
    expiresAt: lateFrom(zone, validUntil),
  });
}

/** A deadline of a version that was revised, accepted or declined meanwhile changes nothing. */
export function elapseQuotation(
  quotation: QuotationState,
  { dueAt }: ElapseQuotation,
): Decision<QuotationEvent, QuotationRefusal> {
  const { lifecycle, version, sent } = quotation;
  if (lifecycle !== "sent" || sent.get(version)?.expiresAt !== dueAt) return accept();
  return accept({ type: "quotation.expired", version, dueAt, ...ofQuotation(quotation) });
}
