// What events of several aggregates here share: who may see them, what they are about, and where else they are known.

/** Who owns it and who may see it: its order's or its customer's. */
export interface Scope {
  readonly department: string;
  readonly assignee?: string | undefined;
  readonly visibleTo: readonly string[];
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
