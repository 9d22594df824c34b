// What can have happened to whom a person lets approve for them. Private to this service.

export type DelegationEvent = ApprovalsDelegated | DelegationRevoked;

/** From the one instant and before the other, the other person approves what this one would. */
export interface ApprovalsDelegated {
  readonly type: "delegation.given";
  readonly person: string;
  readonly to: string;
  readonly from: string;
  readonly until: string;
  /** What the person was when they said so: the other one stands for that. */
  readonly roles: readonly string[];
  readonly tokens: readonly string[];
}

/** Ends what was given to them, from now on. */
export interface DelegationRevoked {
  readonly type: "delegation.revoked";
  readonly to: string;
  readonly at: string;
}
