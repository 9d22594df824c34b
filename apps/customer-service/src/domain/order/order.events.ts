// What this service knows of an order: its own copy, written by reactions alone.
import type { Scope } from "@gendan/eventing";

export type OrderEvent = OrderNoted | OrderScopeNoted | OrderCancellationNoted | DependantNoted;

export interface OrderNoted extends Scope {
  readonly type: "order.noted";
  readonly number: string;
  readonly customerId: string;
  readonly zone: string;
}

/** Who owns the order and who sees it from then on; `sequence` is the public one. */
export interface OrderScopeNoted extends Scope {
  readonly type: "order.scope.noted";
  readonly sequence: number;
}

export interface OrderCancellationNoted {
  readonly type: "order.cancellation.noted";
}

/** Something here takes its scope from the order, and follows it when that changes. */
export interface DependantNoted {
  readonly type: "order.dependant.noted";
  readonly dependant: Dependant;
}

export interface Dependant {
  readonly kind: "case" | "issue" | "interaction" | "satisfaction";
  readonly id: string;
}
