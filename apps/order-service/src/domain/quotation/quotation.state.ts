// What decisions need to know of a quotation, and how it follows from the events.
import { millionths, money, type Money } from "@gendan/eventing";
import type { OrderScope } from "../order/content.events.js";
import { contentOf } from "../order/order.state.js";
import { defined } from "../values.js";
import type {
  QuotationAccepted,
  QuotationChanged,
  QuotationContent,
  QuotationDrafted,
  QuotationEvent,
  QuotationLifecycle,
  QuotationRevised,
  QuotationSent,
} from "./quotation.events.js";
import type { QuotationRefusal } from "./quotation.refusals.js";

export interface QuotationState {
  readonly lifecycle: QuotationLifecycle | "absent";
  readonly number: string;
  readonly customerId: string;
  readonly currency: string;
  readonly zone: string;
  readonly scope: OrderScope;
  /** Of the draft, or of what was sent last. */
  readonly version: number;
  readonly content: QuotationContent;
  readonly amount: Money;
  readonly freight: Money;
  /** Every version as the customer has it. */
  readonly sent: ReadonlyMap<number, SentVersion>;
  /** What the customer has taken of each version. */
  readonly accepted: ReadonlyMap<number, QuotationAccepted>;
  /** By line, over all versions, in millionths. */
  readonly ordered: ReadonlyMap<string, bigint>;
}

interface SentVersion {
  readonly content: QuotationContent;
  readonly expiresAt: string;
}

export const noQuotation: QuotationState = {
  lifecycle: "absent",
  number: "",
  customerId: "",
  currency: "",
  zone: "UTC",
  scope: { department: "", visibleTo: ["d:"] },
  version: 1,
  content: { lines: [], references: [], customFields: [] },
  amount: money(0, "XXX"),
  freight: money(0, "XXX"),
  sent: new Map(),
  accepted: new Map(),
  ordered: new Map(),
};

export function evolve(quotation: QuotationState, event: QuotationEvent): QuotationState {
  switch (event.type) {
    case "quotation.drafted": {
      const { number, customerId, currency, zone, department, assignee, visibleTo } = event;
      return {
        ...quotation,
        lifecycle: "draft",
        number,
        customerId,
        currency,
        zone,
        scope: { department, visibleTo, ...defined({ assignee }) },
        ...offerOf(event),
      };
    }
    case "quotation.changed":
      return { ...quotation, ...offerOf(event) };
    case "quotation.sent": {
      const { version, expiresAt } = event;
      const sent = new Map(quotation.sent).set(version, { content: quotedIn(event), expiresAt });
      return { ...quotation, lifecycle: "sent", version, sent, ...offerOf(event) };
    }
    case "quotation.revised":
      return { ...quotation, lifecycle: "draft", version: event.version, ...offerOf(event) };
    case "quotation.accepted": {
      const ordered = new Map(quotation.ordered);
      for (const { lineId, quantity } of event.lines) {
        ordered.set(lineId, (ordered.get(lineId) ?? 0n) + millionths(quantity));
      }
      const accepted = new Map(quotation.accepted).set(event.version, event);
      return { ...quotation, lifecycle: "accepted", accepted, ordered };
    }
    case "quotation.declined":
      return { ...quotation, lifecycle: "declined" };
    case "quotation.expired":
      return { ...quotation, lifecycle: "expired" };
  }
}

/** What is offered, of an event that says more. */
export const quotedIn = (event: QuotationContent): QuotationContent => ({
  ...contentOf(event),
  ...defined({ validUntil: event.validUntil }),
});

const offerOf = (event: QuotationChanged | QuotationDrafted | QuotationSent | QuotationRevised) => ({
  content: quotedIn(event),
  amount: event.amount,
  freight: event.freight,
});

/** Whose it is, for events that are heard outside. */
export const ofQuotation = ({ number, customerId, currency, scope }: QuotationState) => ({
  number,
  customerId,
  currency,
  ...scope,
});

/** The quotation exists and is in one of these states. */
export function inState(
  { lifecycle }: QuotationState,
  ...allowed: readonly QuotationLifecycle[]
): readonly QuotationRefusal[] {
  if (lifecycle === "absent") return [{ code: "NOT_FOUND" }];
  return allowed.includes(lifecycle) ? [] : [{ code: "QUOTATION_STATE", lifecycle, allowed }];
}
