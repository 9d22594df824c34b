// What an order of the sample is about, before anything happens to it: whose, of what, for how much.
import { uuidFrom } from "@gendan/eventing";
import type { Random } from "../chaos/random.js";
import { markets, money, priceIn, products, service, type Currency, type Money, type Product } from "./catalogue.js";
import type { User } from "./command.js";
import type { Customer } from "./customers.js";
import { desks } from "./people.js";
import type { Shape } from "./shapes.js";

export interface DraftLine {
  readonly lineId: string;
  readonly product: Product;
  readonly kind: "GOODS" | "SERVICE";
  /** One or two delivery schedules. */
  readonly quantities: readonly number[];
  readonly unitPrice: Money;
  readonly freight: Money;
}

export interface OrderDraft {
  readonly id: string;
  readonly customer: Customer;
  /** Whom it came by: a person's desk, or the web shop, on nobody's behalf. */
  readonly enterer: User;
  readonly verifier: User;
  readonly fed: boolean;
  readonly channel: string;
  readonly zone: string;
  readonly currency: Currency;
  readonly paymentTerms: string;
  readonly lines: readonly DraftLine[];
  /** What it is settled with, in minor units. */
  readonly total: number;
}

const MOST_LINES = 3;
const FED_SHARE = 0.12;
const SPLIT_SHARE = 0.25;

export function draftOrder(key: string, shape: Shape, customer: Customer, random: Random): OrderDraft {
  const { department } = customer;
  const [enterer, verifier] = desks[department];
  const { zone, currencies } = markets[department];
  const currency = random.pick(currencies);
  const fed = shape.discrepancy === undefined && random.chance(FED_SHARE);
  const lines = Array.from({ length: shape.servicesOnly ? 1 : 1 + random.below(MOST_LINES) }, (_, index) =>
    draftLine(index, shape, currency, random),
  );
  const worth = ({ quantities, unitPrice, freight }: DraftLine): number =>
    quantities.reduce((sum, each) => sum + each, 0) * Number(unitPrice.minor) + Number(freight.minor);
  return {
    id: uuidFrom("sample", "order", key),
    customer,
    enterer,
    verifier,
    fed,
    channel: fed ? "API" : random.pick(["SALES", "MAIL", "PORTAL"]),
    zone,
    currency,
    paymentTerms: shape.money === "prepaid" ? "PREPAID" : random.pick(["NET30", "NET60", "COD"]),
    lines,
    total: lines.reduce((sum, line) => sum + worth(line), 0),
  };
}

function draftLine(index: number, shape: Shape, currency: Currency, random: Random): DraftLine {
  const product = shape.servicesOnly ? service : random.pick(products);
  const quantity = shape.servicesOnly ? 1 + random.below(3) : 10 * (1 + random.below(20));
  const isSplit = index === 0 && (shape.split !== undefined || (!shape.servicesOnly && random.chance(SPLIT_SHARE)));
  return {
    lineId: String(index + 1),
    product,
    kind: shape.servicesOnly ? "SERVICE" : "GOODS",
    quantities: isSplit ? [(quantity / 5) * 3, (quantity / 5) * 2] : [quantity],
    unitPrice: money(priceIn(currency, product.price), currency),
    freight: money(index === 0 && !shape.servicesOnly ? priceIn(currency, 4_000 + 100 * quantity) : 0, currency),
  };
}

/** The input of receiveOrder; every schedule is asked for on one day. */
export const received = (order: OrderDraft, requestedOn: string): Readonly<Record<string, unknown>> => ({
  id: order.id,
  channel: order.channel,
  customerId: order.customer.id,
  currency: order.currency,
  zone: order.zone,
  department: order.customer.department,
  ...(order.fed ? { assignee: order.enterer } : {}),
  paymentTerms: order.paymentTerms,
  references: [{ system: "customer-po", number: `PO-${order.id.slice(0, 6).toUpperCase()}` }],
  deliveryPoint: {
    country: order.customer.country,
    region: order.customer.city,
    contactName: order.customer.contact,
    address: `${order.customer.city}, Hafenstraße 1 号`,
  },
  lines: order.lines.map(
    ({ lineId, kind, product: { sku, description, family, unit }, quantities, unitPrice, freight }) => ({
      ...{ lineId, kind, sku, description, family, unit, unitPrice, freight, requestedOn },
      schedules: quantities.map((quantity) => ({ quantity: String(quantity) })),
    }),
  ),
});
