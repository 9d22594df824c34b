// The credit of customers as people see it: limits, and the orders that are open under them.
import { sees, type Actor, type DocumentFold, type Happened, type Projection } from "@gendan/eventing";
import type { CreditEvent, CreditLimit, FollowedOrder } from "../domain/credit/credit.events.js";

export interface CreditDocument {
  readonly customerId: string;
  /** What held last, of each currency. */
  readonly limits: readonly (CreditLimit & { readonly setAt: string; readonly setBy: Actor })[];
  readonly orders: readonly FollowedOrder[];
  readonly owners: readonly string[];
  readonly visibleTo: readonly string[];
}

/** Folds one event of a customer's credit. */
function foldCredit(
  doc: CreditDocument | undefined,
  event: CreditEvent,
  { meta }: Happened<CreditEvent>,
): CreditDocument | undefined {
  const before = doc ?? { customerId: "", limits: [], orders: [], owners: [], visibleTo: [] };
  switch (event.type) {
    case "credit.limit.set": {
      const { customerId, limit, owners } = event;
      const others = before.limits.filter(({ currency }) => currency !== limit.currency);
      const limits = [...others, { ...limit, setAt: meta.occurredAt, setBy: meta.actor }];
      return seen({ ...before, customerId, owners, limits });
    }
    case "credit.order.followed": {
      const { customerId, order } = event;
      const place = before.orders.findIndex(({ orderId }) => orderId === order.orderId);
      const orders = place < 0 ? [...before.orders, order] : before.orders.with(place, order);
      return seen({ ...before, customerId, orders: orders.filter(({ open }) => open !== "0") });
    }
    case "credit.exceeded":
    case "credit.recovered":
      return doc;
  }
}

const seen = (doc: CreditDocument): CreditDocument => ({
  ...doc,
  visibleTo: [...new Set([...doc.owners, ...doc.orders.flatMap(({ visibleTo }) => visibleTo)])],
});

export interface CreditLine {
  readonly currency: string;
  readonly limit?: CreditDocument["limits"][number];
  /** Minor units, of all orders together. */
  readonly open: bigint;
}

/** A line for each currency that there is a limit or an open order in. */
export function linesOf({ limits, orders }: CreditDocument): CreditLine[] {
  const currencies = [...new Set([...limits, ...orders].map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const limit = limits.find((each) => each.currency === currency);
    const open = orders.reduce((sum, order) => (order.currency === currency ? sum + BigInt(order.open) : sum), 0n);
    return { currency, open, ...(limit && { limit }) };
  });
}

/** The orders of the line that the holder of the tokens sees. */
export const ordersFor = (tokens: readonly string[], { orders }: CreditDocument, currency: string): FollowedOrder[] =>
  orders.filter((order) => order.currency === currency && sees(tokens, order.visibleTo));

const credits: DocumentFold<CreditDocument, CreditEvent> = {
  source: "order.credit",
  fold: foldCredit,
  collection: { name: "credits", columns: {}, tokens: ({ visibleTo }) => visibleTo, keys: {}, paths: [] },
};

export const creditsProjection: Projection = { name: "credits", version: "1", documents: [credits] };
