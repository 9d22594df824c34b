// What several deciders here share.
import { canonical } from "@gendan/eventing";

/** What was never opened; out of scope answers the same. */
export interface NotFound {
  readonly code: "NOT_FOUND";
}

/** Whether two records say the same. Sealed values are compared by subject and mac, since each sealing differs. */
export const sameContent = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
