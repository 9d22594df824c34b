// A quotation as people see it: the offer as it is now, and as it was sent each time.
import type { Money, Sealed } from "@gendan/eventing";
import type { OrderScope } from "../domain/order/content.events.js";
import type { AcceptedLine, QuotationContent, QuotationLifecycle } from "../domain/quotation/quotation.events.js";
import type { Done } from "./order.document.js";

export interface QuotationDocument extends QuotationContent, OrderScope {
  readonly number: string;
  readonly lifecycle: QuotationLifecycle;
  /** Of the draft, or of what was sent last. */
  readonly version: number;
  readonly customerId: string;
  readonly currency: string;
  readonly zone: string;
  readonly amount: Money;
  readonly freight: Money;
  readonly drafted: Done;
  /** While it can be accepted. */
  readonly expiresAt?: string;
  /** Every version that the customer has, the first one first. */
  readonly versions: readonly SentDocument[];
  /** By line, over all versions. */
  readonly ordered: Readonly<Record<string, string>>;
}

export interface SentDocument extends QuotationContent {
  readonly version: number;
  readonly amount: Money;
  readonly freight: Money;
  readonly validUntil: string;
  readonly sent: Done;
  /** What the customer said to it, or that they said nothing in time. */
  readonly answer?: Done & Answer;
}

type Answer =
  | {
      readonly outcome: "accepted";
      readonly orderId: string;
      readonly lines: readonly AcceptedLine[];
      readonly whole: boolean;
    }
  | { readonly outcome: "declined"; readonly reason: string; readonly note?: Sealed }
  | { readonly outcome: "expired" };
