// What can have happened to an answer about satisfaction: the customer gave one to five stars.
import type { Scope, Sealed } from "@gendan/eventing";
import type { Followed } from "../follow-scope.js";
import type { About, ExternalReference } from "../shared.events.js";

export type SatisfactionEvent = SatisfactionRecorded | SatisfactionScopeFollowed;

export interface SatisfactionRecorded extends Scope {
  readonly type: "satisfaction.recorded";
  readonly customerId: string;
  readonly score: number;
  readonly comment?: Sealed | undefined;
  readonly about: About;
  readonly externalReference?: ExternalReference | undefined;
  /** The calendar day of the answer in the order's zone. */
  readonly recordedOn: string;
}

/** Its order is owned or seen by others; it follows. */
export interface SatisfactionScopeFollowed extends Followed {
  readonly type: "satisfaction.scope.followed";
}
