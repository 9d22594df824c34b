import { accept, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { lost } from "./arrivals.js";
import { dispute } from "./dispute.js";
import { namedPackages } from "./named-packages.js";
import type { ExceptionRaised, ShipmentEvent } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { orderIdsOf, type Package, type ShipmentState } from "./shipment.state.js";

export interface DeclareLost {
  readonly type: "DeclareLost";
  /** Absent: everything that has not been delivered. */
  readonly packageIds?: readonly string[];
  readonly reason?: Sealed;
  /** The id of the exception that is raised when what was delivered is declared lost. */
  readonly exceptionId: string;
}

/**
 * A fact: the goods of the packages are open again. What was delivered before is not lost by anybody's word: that
 * contradiction becomes an exception for somebody to resolve, and changes no quantity.
 */
export function declareLost(
  shipment: ShipmentState,
  { packageIds, reason, exceptionId }: DeclareLost,
  by: Asked,
): Decision<ShipmentEvent, ShipmentRefusal> {
  const { known, unknown } = namedPackages(shipment, packageIds);
  if (by.claimedAt !== undefined || unknown) {
    return dispute(shipment, by, "loss", { packageIds: packageIds ?? [] });
  }
  const missing = known.filter((each) => !each.delivered && !each.lost);
  // Without names it is said of all that is still under way; only where nothing is does it contradict the delivery.
  const contradicted = packageIds || missing.length === 0 ? known.filter((each) => each.delivered) : [];
  return accept<ShipmentEvent>(
    ...(missing.length > 0 ? [lost(shipment, missing, by.at, reason)] : []),
    ...lossDisputed(shipment, contradicted, exceptionId, reason),
  );
}

function lossDisputed(
  shipment: ShipmentState,
  packages: readonly Package[],
  exceptionId: string,
  note: Sealed | undefined,
): ExceptionRaised[] {
  const open = Object.values(shipment.exceptions).filter((each) => each.kind === "lossDisputed" && each.open);
  const packageIds = packages
    .map((each) => each.packageId)
    .filter((packageId) => !open.some((exception) => exception.packageIds.includes(packageId)));
  if (packageIds.length === 0) return [];
  return [
    {
      type: "shipment.exception.raised",
      orderIds: orderIdsOf(shipment),
      exceptionId,
      kind: "lossDisputed",
      packageIds,
      ...(note && { note }),
    },
  ];
}
