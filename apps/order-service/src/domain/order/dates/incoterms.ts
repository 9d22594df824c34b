// Incoterms 2020 as a table: who books the carriage, who insures it, where delivery counts and where the risk passes.

/** Where the seller has delivered. */
type DeliveryPlace = "works" | "carrier" | "alongside" | "onBoard" | "destination" | "unloaded";
type TradeParty = "seller" | "buyer";

interface IncotermRule {
  /** Who books and pays the main carriage. */
  readonly books: TradeParty;
  /** Who insures it: obliged to under CIP and CIF, else whoever bears the risk on the way. */
  readonly insures: TradeParty;
  readonly insuranceObliged: boolean;
  readonly deliveredAt: DeliveryPlace;
  /** In Incoterms 2020 the risk passes with the delivery, also where the seller pays the carriage further. */
  readonly riskPassesAt: DeliveryPlace;
  /** For sea and inland waterway alone. */
  readonly seaOnly: boolean;
}

const rule = (
  books: TradeParty,
  insures: TradeParty,
  deliveredAt: DeliveryPlace,
  { seaOnly = false, insuranceObliged = false } = {},
): IncotermRule => ({ books, insures, insuranceObliged, deliveredAt, riskPassesAt: deliveredAt, seaOnly });

const sea = { seaOnly: true };
const insured = { insuranceObliged: true };

const incoterms: Readonly<Record<string, IncotermRule>> = {
  EXW: rule("buyer", "buyer", "works"),
  FCA: rule("buyer", "buyer", "carrier"),
  FAS: rule("buyer", "buyer", "alongside", sea),
  FOB: rule("buyer", "buyer", "onBoard", sea),
  CFR: rule("seller", "buyer", "onBoard", sea),
  CIF: rule("seller", "seller", "onBoard", { ...sea, ...insured }),
  CPT: rule("seller", "buyer", "carrier"),
  CIP: rule("seller", "seller", "carrier", insured),
  DAP: rule("seller", "seller", "destination"),
  DPU: rule("seller", "seller", "unloaded"),
  DDP: rule("seller", "seller", "destination"),
};

/** What a term says; undefined where it is none of Incoterms 2020. */
export const incotermRule = (code: string): IncotermRule | undefined =>
  Object.hasOwn(incoterms, code) ? incoterms[code] : undefined;

/** Whether the hand-over is the delivery that dates are measured by. Without a term goods are delivered where they arrive. */
export function isDeliveredByHandOver(term: { readonly code: string } | undefined): boolean {
  const place = term && incotermRule(term.code)?.deliveredAt;
  return place !== undefined && place !== "destination" && place !== "unloaded";
}
