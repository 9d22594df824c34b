// What events of several aggregates here share: who may see them, what they are about, and where else they are known.
import type { Scope } from "@gendan/eventing";

/** An order's scope, as what is about the order follows it. */
export interface FollowedOrder extends Scope {
  readonly orderId: string;
  /** Of the stream that tells of the order, as it was read: of two such facts the later one holds. */
  readonly revision: number;
}

/** What a case, an interaction or an answer is about. */
export interface About {
  readonly orderId?: string | undefined;
  readonly shipmentId?: string | undefined;
  readonly caseId?: string | undefined;
}

/** A number under which another system knows it. */
export interface ExternalReference {
  readonly system: string;
  readonly number: string;
}
