// DraftQuotation, ChangeQuotation, ReviseQuotation: what is offered, while the customer does not have it yet.
import { accept, canonical, refuse, visibleTo, type Decision } from "@gendan/eventing";
import { checksInto } from "../order/faults.js";
import { checkHead, type GivenHead } from "../order/given-head.js";
import { completeContent, type GivenContent } from "../order/given-order.js";
import type { Incomplete } from "../order/order.refusals.js";
import { defined, isDay } from "../values.js";
import type { QuotationChanged, QuotationEvent } from "./quotation.events.js";
import type { QuotationRefusal } from "./quotation.refusals.js";
import { inState, ofQuotation, quotedIn, type QuotationState } from "./quotation.state.js";

/** What is offered as somebody gives it. */
export interface GivenQuotation extends GivenContent {
  readonly validUntil?: string;
}

export interface DraftQuotation extends GivenQuotation, GivenHead {
  readonly type: "DraftQuotation";
  readonly quotationId: string;
  /** For people; reserved before, since numbers are dealt outside of decisions. */
  readonly number: string;
}

/** What is given replaces what was there; what is not given stays. */
export interface ChangeQuotation extends Partial<GivenQuotation> {
  readonly type: "ChangeQuotation";
}

export interface ReviseQuotation extends Partial<GivenQuotation> {
  readonly type: "ReviseQuotation";
}

/** An offer must be as complete as an order: it is one as soon as it is accepted. */
export function draftQuotation(
  quotation: QuotationState,
  command: DraftQuotation,
): Decision<QuotationEvent, QuotationRefusal> {
  if (quotation.lifecycle !== "absent") return refuse({ code: "QUOTATION_EXISTS", number: quotation.number });
  const { number, customerId = "", currency = "", zone, department, assignee } = command;
  const content = quoted(command, currency, zone);
  const [first, ...others] = [...headFaults(command), ...("faults" in content ? content.faults : [])];
  if (first) return refuse(first, ...others);
  return accept({
    type: "quotation.drafted",
    number,
    customerId,
    currency,
    zone,
    ...(content as Quoted),
    department,
    ...defined({ assignee }),
    visibleTo: visibleTo({ department, persons: [assignee] }),
  });
}

export const mayChange = (quotation: QuotationState): readonly QuotationRefusal[] => inState(quotation, "draft");

export function changeQuotation(
  quotation: QuotationState,
  command: ChangeQuotation,
): Decision<QuotationEvent, QuotationRefusal> {
  const [no, ...others] = mayChange(quotation);
  if (no) return refuse(no, ...others);
  const content = quoted({ ...quotation.content, ...defined(command) }, quotation.currency, quotation.zone);
  if ("faults" in content) return refuse(...content.faults);
  if (canonical(quotedIn(content)) === canonical(quotation.content)) return accept();
  return accept({ type: "quotation.changed", ...content });
}

/** Whatever became of the version before: who wants the rest of an accepted offer is sent another one. */
export const mayRevise = (quotation: QuotationState): readonly QuotationRefusal[] =>
  inState(quotation, "sent", "accepted", "declined", "expired");

export function reviseQuotation(
  quotation: QuotationState,
  command: ReviseQuotation,
): Decision<QuotationEvent, QuotationRefusal> {
  const [no, ...others] = mayRevise(quotation);
  if (no) return refuse(no, ...others);
  const content = quoted({ ...quotation.content, ...defined(command) }, quotation.currency, quotation.zone);
  if ("faults" in content) return refuse(...content.faults);
  const version = quotation.version + 1;
  return accept({ type: "quotation.revised", version, ...content, ...ofQuotation(quotation) });
}

type Quoted = Omit<QuotationChanged, "type">;

/** The content with its defaults and sums, or everything that is wrong with it. */
function quoted(
  given: GivenQuotation,
  currency: string,
  zone: string,
): Quoted | { readonly faults: readonly [Incomplete, ...Incomplete[]] } {
  const complete = completeContent(given, { currency, zone });
  const { validUntil, references = [], customFields = [] } = given;
  const [first, ...others] = [
    ...("faults" in complete ? complete.faults : []),
    ...(validUntil === undefined || isDay(validUntil)
      ? []
      : [{ code: "DATE_INVALID", field: "validUntil", value: validUntil } as const]),
  ];
  if (first) return { faults: [first, ...others] };
  const { lines, amount, freight } = complete as Exclude<typeof complete, { readonly faults: unknown }>;
  return { ...quotedIn({ ...given, lines, references, customFields }), amount, freight };
}

function headFaults(command: DraftQuotation): Incomplete[] {
  const faults: Incomplete[] = [];
  checkHead(command.quotationId, command, checksInto(faults));
  return faults;
}
