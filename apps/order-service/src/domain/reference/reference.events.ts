// What can have happened to the slot of a number in another system. Private to this service.
export type ReferenceEvent = ReferenceTaken | ReferenceReleased;

export interface ReferenceTaken {
  readonly type: "reference.taken";
  readonly system: string;
  readonly number: string;
  readonly orderId: string;
  readonly takenAt: string;
}

/** The order has never got the number, or it was corrected. */
export interface ReferenceReleased {
  readonly type: "reference.released";
  readonly orderId: string;
}
