// The assortment of a customer: the items that were confirmed to them at least once. Whatever else they order is new.
import { accept, type Decider, type Decision } from "@gendan/eventing";
import type { AssortmentEvent } from "./assortment.events.js";

/** An order is binding, or was amended: its items are new no more, whatever becomes of it. A fact. */
export interface ExtendAssortment {
  readonly type: "ExtendAssortment";
  readonly customerId: string;
  readonly orderId: string;
  /** All of the order's items. */
  readonly skus: readonly string[];
}

export const assortmentFacts: ReadonlySet<ExtendAssortment["type"]> = new Set(["ExtendAssortment"]);

export interface AssortmentState {
  readonly skus: ReadonlySet<string>;
}

/** What is told twice, or was known before, changes nothing. */
function extendAssortment(
  { skus: known }: AssortmentState,
  { customerId, orderId, skus }: ExtendAssortment,
): Decision<AssortmentEvent, never> {
  const added = [...new Set(skus)].filter((sku) => !known.has(sku));
  return added.length === 0 ? accept() : accept({ type: "assortment.extended", customerId, orderId, skus: added });
}

export const assortmentDecider: Decider<AssortmentState, ExtendAssortment, AssortmentEvent, never> = {
  initial: { skus: new Set() },
  evolve: ({ skus }, event) => ({ skus: new Set([...skus, ...event.skus]) }),
  decide: extendAssortment,
};
