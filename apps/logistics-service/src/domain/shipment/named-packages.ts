// The packages that a report is about.
import { travelling } from "./arrivals.js";
import type { Package, ShipmentState } from "./shipment.state.js";

interface Named {
  readonly known: readonly Package[];
  /** It names a package that the shipment does not have, or the shipment has none at all. */
  readonly unknown: boolean;
}

/** Those named, or all that travel when none is. */
export function namedPackages(shipment: ShipmentState, packageIds: readonly string[] | undefined): Named {
  const known = travelling(shipment).filter((each) => !packageIds || packageIds.includes(each.packageId));
  return { known, unknown: known.length === 0 || known.length < new Set(packageIds).size };
}
