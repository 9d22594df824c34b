import { accept, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { delivered } from "./arrivals.js";
import { dispute } from "./dispute.js";
import { namedPackages } from "./named-packages.js";
import type { ShipmentEvent } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import type { ShipmentState } from "./shipment.state.js";

export interface ConfirmDelivery {
  readonly type: "ConfirmDelivery";
  /** Absent: everything that has not been delivered yet. */
  readonly packageIds?: readonly string[];
  readonly receivedBy?: Sealed;
}

/** A fact: a person says that packages arrived, lost ones too (they were found). Those delivered before are no news. */
export function confirmDelivery(
  shipment: ShipmentState,
  { packageIds, receivedBy }: ConfirmDelivery,
  by: Asked,
): Decision<ShipmentEvent, ShipmentRefusal> {
  const { known, unknown } = namedPackages(shipment, packageIds);
  if (by.claimedAt !== undefined || unknown) {
    return dispute(shipment, by, "delivery", { packageIds: packageIds ?? [] });
  }
  const arriving = known.filter((each) => !each.delivered);
  return arriving.length === 0 ? accept() : accept(delivered(shipment, arriving, by.at, receivedBy));
}
