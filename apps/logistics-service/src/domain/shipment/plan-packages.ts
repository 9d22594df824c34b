// How a planned shipment is packed. Either every package names what it holds, and together they hold exactly the shipment's
// goods, or none does, and they arrive (or are lost) as a whole.
import { isPositive, type RequestedLine } from "./plan-orders.js";
import { sameParts, sumOrders } from "./parts.js";
import type { OrderParts, PackagePlan, Part, ShippedOrder } from "./shipment.events.js";
import type { PlanRefusal } from "./shipment.refusals.js";

export interface RequestedPackage {
  /** Absent: the package's place in the list, counted from 1. */
  readonly packageId?: string;
  readonly trackingNumber?: string;
  readonly weight?: string;
  readonly lines?: readonly (RequestedLine & { readonly orderId: string })[];
}

interface Packing {
  readonly packages: readonly PackagePlan[];
  readonly refusals: readonly PlanRefusal[];
}

/** The packages of a shipment of these orders; none asked for is one that holds everything. */
export function resolvePackages(requested: readonly RequestedPackage[], orders: readonly ShippedOrder[]): Packing {
  const asked = requested.length === 0 ? [{}] : requested;
  const packages = asked.map((each, index) => ({ ...each, packageId: each.packageId ?? `${index + 1}` }));
  const itemised = packages.some((each) => each.lines !== undefined);
  const contents = itemised ? resolveContents(packages, orders) : { value: [], refusals: [] };
  return {
    packages: packages.map(({ lines: _, ...each }, index) => ({
      ...each,
      ...(contents.value[index] && { contents: contents.value[index] }),
    })),
    refusals: [
      ...repeated(packages.map((each) => each.packageId)).map(
        (packageId) => ({ code: "PACKAGE_REPEATED", packageId }) as const,
      ),
      ...repeatedNumbers(packages),
      ...packages.flatMap(({ packageId, weight }) =>
        weight === undefined || isPositive(weight) ? [] : [{ code: "WEIGHT_INVALID", packageId, weight } as const],
      ),
      ...contents.refusals,
    ],
  };
}

/** A tracking number names one package. */
export function repeatedNumbers(packages: readonly { readonly trackingNumber?: string }[]): PlanRefusal[] {
  const numbers = packages.flatMap((each) => (each.trackingNumber === undefined ? [] : [each.trackingNumber]));
  return repeated(numbers).map((trackingNumber) => ({ code: "TRACKING_REPEATED", trackingNumber }));
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

type NamedPackage = RequestedPackage & { readonly packageId: string };

function resolveContents(packages: readonly NamedPackage[], orders: readonly ShippedOrder[]) {
  const refusals: PlanRefusal[] = packages
    .filter((each) => !each.lines || each.lines.length === 0)
    .map(({ packageId }) => ({ code: "CONTENTS_INCOMPLETE", packageId }));
  const value = packages.map(({ lines = [] }) => {
    const parts = lines.map((line) => partOf(line, orders));
    refusals.push(...parts.flatMap((part) => ("code" in part ? [part] : [])));
    return sumOrders(parts.flatMap((part) => ("code" in part ? [] : [part])));
  });
  // Sums are compared once every line is understood: before that each difference would only repeat a fault named above.
  return { value, refusals: refusals.length > 0 ? refusals : differences(value.flat(), orders) };
}

function partOf(
  { orderId, lineId, scheduleId, quantity }: RequestedLine & { readonly orderId: string },
  orders: readonly ShippedOrder[],
): OrderParts | PlanRefusal {
  const ofLine = (orders.find((order) => order.orderId === orderId)?.lines ?? []).filter(
    (part) => part.lineId === lineId,
  );
  if (scheduleId === undefined && ofLine.length > 1) return { code: "SCHEDULE_NEEDED", orderId, lineId };
  const part: Part | undefined =
    scheduleId === undefined ? ofLine[0] : ofLine.find((each) => each.scheduleId === scheduleId);
  if (!part) return { code: "SCHEDULE_UNKNOWN", orderId, lineId, ...(scheduleId === undefined ? {} : { scheduleId }) };
  if (!isPositive(quantity)) return { code: "QUANTITY_INVALID", orderId, lineId, quantity };
  return { orderId, lines: [{ ...part, quantity }] };
}

/** The orders of which the packages hold more or less than the shipment does. */
function differences(contents: readonly OrderParts[], orders: readonly ShippedOrder[]): PlanRefusal[] {
  const packed = sumOrders(contents);
  return orders
    .filter(({ orderId, lines }) => !sameParts(packed.find((each) => each.orderId === orderId)?.lines ?? [], lines))
    .map(({ orderId }) => ({ code: "CONTENTS_DIFFER", orderId }));
}
