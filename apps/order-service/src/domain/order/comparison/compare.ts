// Compares an order's lines with what another document says of them: every difference, with both values. Exact, no rounding.
import { millionths, quantity, type Money, type Quantity } from "@gendan/eventing";
import type { ComparisonRules } from "../../rules/comparison.rules.js";
import { defined } from "../../values.js";
import type { OrderLine } from "../content.events.js";
import type { ComparedAspect, ComparedName, PurchaseOrderLine } from "./comparison.events.js";

export interface ComparedDocument extends ComparedName {
  readonly lines: readonly PurchaseOrderLine[];
}

/** One value of a line that the document says something of. */
export interface Finding {
  /** The same line, schedule and aspect have the same key from comparison to comparison. */
  readonly key: string;
  readonly lineId?: string;
  readonly scheduleId?: string;
  readonly aspect: ComparedAspect;
  readonly ours?: string;
  readonly theirs?: string;
  readonly verdict: "equal" | "tolerated" | "differs";
}

/** What the document says of the order, as far as the rules ask for it. What it does not say is not compared. */
export function compare(
  lines: readonly OrderLine[],
  { lines: said }: ComparedDocument,
  rules: ComparisonRules,
): Finding[] {
  const { of, others } = paired(lines, said);
  const found = [
    ...lines.flatMap((line) => lineFindings(line, of.get(line.lineId) ?? [], rules)),
    ...others.map((line): Finding => {
      const theirs = `${line.sku ?? line.customerSku ?? line.lineId ?? ""} × ${line.quantity}`;
      return { key: `item ${theirs}`, aspect: "item", theirs, verdict: "differs" };
    }),
  ];
  return found.filter(({ aspect }) => rules.aspects.includes(aspect));
}

/**
 * Which lines of the document are about which line of the order: by the line that was named, else by the item, one after the
 * other where several are of one item. Several of the document may be about one line, such as its deliveries.
 */
export function paired<Said extends Named>(lines: readonly OrderLine[], said: readonly Said[]) {
  const of = new Map<string, Said[]>(lines.map(({ lineId }) => [lineId, []]));
  const others: Said[] = [];
  const named = said.filter(({ lineId }) => lineId !== undefined && of.has(lineId));
  for (const each of named) of.get(each.lineId!)!.push(each);
  for (const each of said.filter((line) => !named.includes(line))) {
    const fitting = fittingLines(lines, each);
    const free = fitting.find(({ lineId }) => of.get(lineId)!.length === 0) ?? fitting.at(-1);
    if (free) of.get(free.lineId)!.push(each);
    else others.push(each);
  }
  return { of, others };
}

type Named = Pick<PurchaseOrderLine, "lineId" | "sku" | "customerSku">;

function fittingLines(lines: readonly OrderLine[], { customerSku, sku }: Named): readonly OrderLine[] {
  const byTheirs = lines.filter((line) => customerSku !== undefined && line.customerSku === customerSku);
  return byTheirs.length > 0 ? byTheirs : lines.filter((line) => sku !== undefined && line.sku === sku);
}

function lineFindings(line: OrderLine, said: readonly PurchaseOrderLine[], rules: ComparisonRules): Finding[] {
  const { lineId } = line;
  if (said.length === 0) {
    return [{ key: `${lineId} item`, lineId, aspect: "item", ours: line.sku, verdict: "differs" }];
  }
  const text = (aspect: ComparedAspect, ours: string | undefined, theirs: readonly (string | undefined)[], part = "") =>
    textFinding(`${lineId} ${aspect}${part}`, lineId, aspect, ours, theirs);
  return [
    ...text("item", line.sku, said.map(({ sku }) => sku)),
    ...text("item", line.customerSku, said.map(({ customerSku }) => customerSku), " theirs"),
    ...text("revision", line.revision, said.map(({ revision }) => revision)),
    ...quantityFinding(line, said, rules),
    ...priceFinding(line, said, rules),
    ...dateFindings(line, said, rules),
    ...text("packaging", line.packaging, said.map(({ packaging }) => packaging)),
    ...text("shippingMark", line.shippingMark, said.map(({ shippingMark }) => shippingMark)),
  ]; // prettier-ignore
}

function textFinding(
  key: string,
  lineId: string,
  aspect: ComparedAspect,
  ours: string | undefined,
  said: readonly (string | undefined)[],
): Finding[] {
  const theirs = distinct(said);
  if (theirs.length === 0) return [];
  const verdict = theirs.length === 1 && theirs[0] === ours ? "equal" : "differs";
  return [{ key, lineId, aspect, ...defined({ ours }), theirs: theirs.join(", "), verdict }];
}

/** What one of the order's unit is in the document's: the same, or by the line's conversion; undefined where neither is so. */
function ratio({ unit, conversion }: OrderLine, theirs: string | undefined): readonly [bigint, bigint] | undefined {
  if (theirs === undefined || theirs === unit) return [1n, 1n];
  if (conversion?.unit !== theirs) return undefined;
  return [BigInt(conversion.numerator), BigInt(conversion.denominator)];
}

function quantityFinding(line: OrderLine, said: readonly PurchaseOrderLine[], rules: ComparisonRules): Finding[] {
  const units = distinct(said.map(({ unit }) => unit ?? line.unit));
  const sum = said.reduce((all, each) => all + millionths(each.quantity), 0n);
  const by = units.length === 1 ? ratio(line, units[0]) : undefined;
  const verdict = by
    ? judged(millionths(line.quantity) * by[0], sum * by[1], rules.quantityTolerance)
    : ("differs" as const);
  const theirs = by
    ? amountOf(quantity(sum), units[0]!)
    : said.map((each) => amountOf(each.quantity, each.unit)).join(", ");
  const ours = amountOf(line.quantity, line.unit);
  return [{ key: `${line.lineId} quantity`, lineId: line.lineId, aspect: "quantity", ours, theirs, verdict }];
}

const amountOf = (many: Quantity, unit: string | undefined): string => (unit === undefined ? many : `${many} ${unit}`);

/** Where the units cannot be compared the quantity says so, and a price of another unit says nothing. */
function priceFinding(line: OrderLine, said: readonly PurchaseOrderLine[], rules: ComparisonRules): Finding[] {
  const prices = said.flatMap(({ unitPrice, unit }) => {
    const by = ratio(line, unit);
    return unitPrice && by ? [{ unitPrice, by }] : [];
  });
  if (prices.length === 0) return [];
  const verdicts = prices.map(({ unitPrice, by: [numerator, denominator] }) =>
    unitPrice.currency === line.unitPrice.currency
      ? judged(BigInt(line.unitPrice.minor) * denominator, BigInt(unitPrice.minor) * numerator, rules.priceTolerance)
      : ("differs" as const),
  );
  const verdict = (["differs", "tolerated"] as const).find((each) => verdicts.includes(each)) ?? "equal";
  const theirs = distinct(prices.map(({ unitPrice }) => priceOf(unitPrice))).join(", ");
  const ours = priceOf(line.unitPrice);
  return [{ key: `${line.lineId} price`, lineId: line.lineId, aspect: "price", ours, theirs, verdict }];
}

/** In minor units, as corrections show it. */
const priceOf = ({ minor, currency }: Money): string => `${minor} ${currency}`;

const HUNDRED_PERCENT = 100_000_000n;

/** Whether what the order says is what the document says, or differs by no more than so many percent of that. */
function judged(ours: bigint, theirs: bigint, percent: string): Finding["verdict"] {
  const difference = ours > theirs ? ours - theirs : theirs - ours;
  if (difference === 0n) return "equal";
  return difference * HUNDRED_PERCENT <= theirs * millionths(percent) ? "tolerated" : "differs";
}

/** Day by day where there are as many of them, else all of them together. */
function dateFindings(line: OrderLine, said: readonly PurchaseOrderLine[], rules: ComparisonRules): Finding[] {
  const { lineId, schedules } = line;
  const theirs = distinct(said.map(({ requestedOn }) => requestedOn)).sort();
  if (theirs.length === 0) return [];
  const ours = distinct(schedules.map(({ requestedOn }) => requestedOn)).sort();
  const base = { lineId, aspect: "date" } as const;
  if (ours.length !== theirs.length) {
    const all = { ...(ours.length > 0 ? { ours: ours.join(", ") } : {}), theirs: theirs.join(", ") };
    return [{ key: `${lineId} date`, ...base, ...all, verdict: "differs" }];
  }
  return ours.map((day, index): Finding => {
    const other = theirs[index]!;
    const days = Math.abs(Date.parse(day) - Date.parse(other)) / 86_400_000;
    const verdict = days === 0 ? "equal" : days <= rules.dateTolerance ? "tolerated" : "differs";
    if (schedules.length === 1) return { key: `${lineId} date`, ...base, ours: day, theirs: other, verdict };
    const { scheduleId } = schedules.find(({ requestedOn }) => requestedOn === day)!;
    return { key: `${lineId} date ${scheduleId}`, ...base, scheduleId, ours: day, theirs: other, verdict };
  });
}

const distinct = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== undefined && value !== "")),
];
