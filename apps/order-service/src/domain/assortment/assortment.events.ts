// What can have happened to the assortment of a customer. Private to this service.
export interface AssortmentExtended {
  readonly type: "assortment.extended";
  readonly customerId: string;
  /** The order that they were confirmed with. */
  readonly orderId: string;
  /** Our own item numbers, of which none was confirmed to the customer before. */
  readonly skus: readonly string[];
}

export type AssortmentEvent = AssortmentExtended;
