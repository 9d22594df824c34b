// What can have happened to the credit of a customer. Private to this service: other teams read libs/contracts.

export type CreditEvent = CreditLimitSet | CreditOrderFollowed | CreditExceeded | CreditRecovered;

export interface CreditLimitSet {
  readonly type: "credit.limit.set";
  readonly customerId: string;
  readonly limit: CreditLimit;
  readonly department: string;
  /** Who sees it without seeing one of the orders. */
  readonly owners: readonly string[];
}

/** One of each currency. Both days are included. */
export interface CreditLimit {
  readonly currency: string;
  /** Minor units. */
  readonly amount: string;
  readonly validFrom: string;
  readonly validUntil?: string;
}

/** What the customer owes for an order that is confirmed and not yet paid; nothing once it is. */
export interface CreditOrderFollowed {
  readonly type: "credit.order.followed";
  readonly customerId: string;
  readonly order: FollowedOrder;
  /** Of this currency, all orders together. */
  readonly open: string;
}

export interface FollowedOrder {
  readonly orderId: string;
  /** What was heard of it last. */
  readonly revision: number;
  readonly currency: string;
  /** Minor units. */
  readonly open: string;
  /** It is held for the limit's sake. */
  readonly held: boolean;
  readonly visibleTo: readonly string[];
}

/** Orders that were confirmed at the same time go over the limit together: this one was heard of last. */
export interface CreditExceeded {
  readonly type: "credit.exceeded";
  readonly orderId: string;
}

/** There is room again for these, the first that were held first. */
export interface CreditRecovered {
  readonly type: "credit.recovered";
  readonly orderIds: readonly string[];
}
