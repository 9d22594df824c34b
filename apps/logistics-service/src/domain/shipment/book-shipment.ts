import { acceptUnless, refuse, type Decision } from "@gendan/eventing";
import { repeatedNumbers } from "./plan-packages.js";
import { allocationRefusals } from "./record-allocation.js";
import type { ShipmentBooked } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { orderIdsOf, withStates, type ShipmentState } from "./shipment.state.js";
import { stillHere } from "./still-here.js";

export interface BookShipment {
  readonly type: "BookShipment";
  /** Absent: the one that it was planned with. */
  readonly carrier?: string;
  readonly service?: string;
  readonly bookingReference?: string;
  readonly eta?: string;
  /** Tracking numbers that the carrier gave. */
  readonly packages: readonly { readonly packageId: string; readonly trackingNumber: string }[];
}

/** The carrier takes it on: once, and when every order has given its goods to it. */
export function bookShipment(
  shipment: ShipmentState,
  command: BookShipment,
): Decision<ShipmentBooked, ShipmentRefusal> {
  const gone = stillHere(shipment, "Planned");
  if (gone) return refuse(gone);
  const { type: _, packages: numbers, carrier = shipment.carrier, ...booking } = command;
  const numbered = new Map(numbers.map((each) => [each.packageId, each.trackingNumber]));
  const packages = shipment.packages
    .filter((each) => !each.cancelled)
    .map(({ packageId, trackingNumber = numbered.get(packageId) }) => {
      const number = numbered.get(packageId) ?? trackingNumber;
      return { packageId, ...(number === undefined ? {} : { trackingNumber: number }) };
    });
  const unknown = numbers.filter(({ packageId }) => !packages.some((each) => each.packageId === packageId));
  const refusals: ShipmentRefusal[] = [
    ...allocationRefusals(shipment),
    ...unknown.map(({ packageId }) => ({ code: "PACKAGE_UNKNOWN", packageId }) as const),
    ...repeatedNumbers(packages),
  ];
  if (carrier === undefined) return refuse({ code: "CARRIER_NEEDED" }, ...refusals);
  return acceptUnless(
    refusals,
    withStates<ShipmentBooked>(shipment, {
      type: "shipment.booked",
      orderIds: orderIdsOf(shipment),
      ...booking,
      carrier,
      packages,
    }),
  );
}
