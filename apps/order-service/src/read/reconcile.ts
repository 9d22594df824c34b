// Another system's list of orders beside ours: what is missing here, and every value that differs. Pure; values that the list does not
// give are not compared.
import { isQuantity, millionths, type Money } from "@gendan/eventing";
import type { LineDocument, OrderDocument } from "./order.document.js";

/** An order as the other system states it. */
export interface StatedOrder {
  readonly number: string;
  readonly customerId?: string;
  readonly currency?: string;
  readonly paymentTerms?: string;
  readonly amount?: Money;
  readonly lines?: readonly StatedLine[];
}

interface StatedLine {
  /** Absent: its place, counted from 1. */
  readonly lineId?: string;
  readonly sku?: string;
  readonly customerSku?: string;
  readonly unit?: string;
  readonly quantity?: string;
  readonly unitPrice?: Money;
  readonly requestedOn?: string;
}

interface StatedDifference {
  readonly field: string;
  readonly theirs?: string;
  readonly ours?: string;
}

/** Every value of the list's order that ours does not have, and every line that only one of the two has. */
export function differencesFrom(theirs: StatedOrder, ours: OrderDocument): StatedDifference[] {
  const { number: _, lines, ...plain } = theirs;
  const own = { ...ours, amount: ours.amount } as Readonly<Record<string, unknown>>;
  return [...compared("", plain, own), ...(lines ? lineDifferences(lines, ours.lines) : [])];
}

function lineDifferences(theirs: readonly StatedLine[], ours: readonly LineDocument[]): StatedDifference[] {
  const stated = new Map(theirs.map((line, index) => [line.lineId ?? `${index + 1}`, line]));
  const here = new Map(ours.map((line) => [line.lineId, line]));
  return [...new Set([...stated.keys(), ...here.keys()])].flatMap((lineId) => {
    const [their, our] = [stated.get(lineId), here.get(lineId)];
    const field = `lines.${lineId}`;
    if (!our) return [{ field, theirs: named(their!) }];
    if (!their) return [{ field, ours: named(our) }];
    const { lineId: _, ...plain } = their;
    return compared(`${field}.`, plain, { ...our, requestedOn: earliest(our) });
  });
}

const named = ({ sku = "?", quantity = "?" }: Pick<StatedLine, "sku" | "quantity">): string => `${quantity} × ${sku}`;

const earliest = ({ schedules }: LineDocument): string | undefined =>
  schedules.flatMap(({ requestedOn }) => requestedOn ?? []).sort()[0];

function compared(path: string, theirs: object, ours: Readonly<Record<string, unknown>>): StatedDifference[] {
  return Object.entries(theirs).flatMap(([name, their]) => {
    const [one, other] = [shown(their), shown(ours[name])];
    if (one === other || (name === "quantity" && isSameQuantity(one, other))) return [];
    return [
      {
        field: `${path}${name}`,
        ...(one === undefined ? {} : { theirs: one }),
        ...(other === undefined ? {} : { ours: other }),
      },
    ];
  });
}

const isSameQuantity = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  isQuantity(one) &&
  isQuantity(other) &&
  millionths(one) === millionths(other);

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) return String(value);
  const { minor, currency } = value as Money;
  return `${minor} ${currency}`;
}
