// Facts of what is only looked at here, not counted: who may see a quotation, a shipment, a case, a customer, a receipt.
import type { DocumentFold } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";

/** The scope of an aggregate, which bounds who may read its timeline. */
export interface SeenFact {
  readonly visibleTo: readonly string[];
}

type Scoped = Extract<PublicEvent, { readonly visibleTo?: readonly string[] | undefined }>;

/** Keeps the scope that these events tell of their own aggregate. */
export function seenFacts(
  name: string,
  source: string,
  ...tellers: Scoped["type"][]
): DocumentFold<SeenFact, PublicEvent> {
  const tells = (event: PublicEvent): event is Scoped => (tellers as readonly string[]).includes(event.type);
  return {
    collection: { name, columns: {}, paths: [] },
    source,
    fold: (fact, event) => (tells(event) && event.visibleTo ? { visibleTo: event.visibleTo } : fact),
  };
}

export const quotationFacts = seenFacts("quotations", "gendan.quotations", "quotation.drafted");
export const shipmentFacts = seenFacts(
  "shipments",
  "gendan.shipments",
  "shipment.planned",
  "shipment.dispatched",
  "shipment.lost",
  "shipment.scope.changed",
);
export const caseFacts = seenFacts("cases", "gendan.cases", "case.opened", "case.scope.changed");
export const customerFacts = seenFacts("customers", "gendan.customers", "customer.registered");
export const interactionFacts = seenFacts(
  "interactions",
  "gendan.customers",
  "interaction.logged",
  "interaction.scope.changed",
);
export const receiptFacts = seenFacts(
  "receipts",
  "gendan.receipts",
  "receipt.recorded",
  "receipt.allocated",
  "receipt.scope.changed",
);
