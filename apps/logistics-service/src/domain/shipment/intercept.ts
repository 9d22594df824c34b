// InterceptShipment: the carrier is asked to bring back what is under way. RecordIntercept: what the carrier says to it, a fact.
import { accept, refuse, type Asked, type Decision } from "@gendan/eventing";
import { travelling } from "./arrivals.js";
import { dispute } from "./dispute.js";
import { namedPackages } from "./named-packages.js";
import type { InterceptOutcome, ShipmentEvent } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { orderIdsOf, type Package, type ShipmentState } from "./shipment.state.js";

export interface InterceptShipment {
  readonly type: "InterceptShipment";
  /** Absent: everything that is under way. */
  readonly packageIds?: readonly string[];
  /** A short code. */
  readonly reason: string;
}

export interface RecordIntercept {
  readonly type: "RecordIntercept";
  /** Absent: everything that was asked for. */
  readonly packageIds?: readonly string[];
  readonly outcome: InterceptOutcome;
}

/** Has left, and has neither arrived nor come back; what was lost may still be found. */
const isUnderWay = (each: Package): boolean => !each.delivered && !each.returned;

/** Asking again for what was asked for already changes nothing; after a failure it may be asked for again. */
export function interceptShipment(
  shipment: ShipmentState,
  { packageIds, reason }: InterceptShipment,
): Decision<ShipmentEvent, ShipmentRefusal> {
  if (!shipment.planned) return refuse({ code: "NOT_FOUND" });
  const { known, unknown } = namedPackages(shipment, packageIds);
  if (packageIds && unknown) {
    const packageId = packageIds.find((id) => !known.some((each) => each.packageId === id))!;
    return refuse({ code: "PACKAGE_UNKNOWN", packageId });
  }
  const meant = shipment.dispatchedAt === undefined ? [] : known.filter(isUnderWay);
  const beyond = packageIds ? known.filter((each) => !meant.includes(each)) : [];
  if (meant.length === 0 || beyond.length > 0) {
    return refuse({ code: "NOT_UNDER_WAY", packageIds: (packageIds ? beyond : known).map((each) => each.packageId) });
  }
  const asked = meant.filter(({ intercept }) => intercept !== "requested" && intercept !== "succeeded");
  if (asked.length === 0) return accept();
  return accept({
    type: "shipment.intercept.requested",
    orderIds: orderIdsOf(shipment),
    packageIds: asked.map((each) => each.packageId),
    reason,
  });
}

export function recordIntercept(
  shipment: ShipmentState,
  { packageIds, outcome }: RecordIntercept,
  by: Asked,
): Decision<ShipmentEvent, ShipmentRefusal> {
  const asked = travelling(shipment).filter(({ intercept }) => intercept === "requested");
  const { known, unknown } = namedPackages(shipment, packageIds ?? asked.map((each) => each.packageId));
  if (by.claimedAt !== undefined || (packageIds !== undefined && unknown)) {
    return dispute(shipment, by, "intercept", { packageIds: packageIds ?? [] });
  }
  const news = known.filter((each) => each.intercept !== outcome);
  if (news.length === 0) return accept();
  return accept({
    type: "shipment.intercept.answered",
    orderIds: orderIdsOf(shipment),
    packageIds: news.map((each) => each.packageId),
    outcome,
  });
}
