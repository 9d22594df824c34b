import { accept, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { delivered, returned, travelling } from "./arrivals.js";
import { dispute } from "./dispute.js";
import type { CheckpointCode, CheckpointRecorded, ShipmentEvent } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { checkpointKey, orderIdsOf, withStates, type Package, type ShipmentState } from "./shipment.state.js";

export interface RecordCheckpoint {
  readonly type: "RecordCheckpoint";
  /** Either of them names the package; a shipment of one package needs neither. */
  readonly packageId?: string;
  readonly trackingNumber?: string;
  readonly code: CheckpointCode;
  readonly place?: string;
  /** Who saw it, when that is not the shipment's carrier. */
  readonly carrier?: string;
  readonly note?: Sealed;
}

/** A fact. The same report again is no news; the first that says delivered or returned says so of what the package holds. */
export function recordCheckpoint(
  shipment: ShipmentState,
  command: RecordCheckpoint,
  by: Asked,
): Decision<ShipmentEvent, ShipmentRefusal> {
  const seen = packageOf(shipment, command);
  if (by.claimedAt !== undefined || !seen) {
    const { packageId, trackingNumber, code, place } = command;
    return dispute(shipment, by, "checkpoint", {
      packageIds: packageId === undefined ? [] : [packageId],
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
      code,
      ...(place === undefined ? {} : { place }),
    });
  }
  const checkpoint = reported(shipment, command, seen, by.at);
  if (shipment.seen.has(checkpointKey(checkpoint))) return accept();
  const arrives = command.code === "DELIVERED" && !seen.delivered;
  const comesBack = command.code === "RETURNED" && !seen.delivered && !seen.returned;
  return accept<ShipmentEvent>(
    checkpoint,
    ...(arrives ? [delivered(shipment, [seen], by.at)] : []),
    ...(comesBack ? [returned(shipment, [seen], by.at)] : []),
  );
}

function packageOf(shipment: ShipmentState, { packageId, trackingNumber }: RecordCheckpoint): Package | undefined {
  const meant = travelling(shipment).filter(
    (each) =>
      (packageId === undefined || each.packageId === packageId) &&
      (trackingNumber === undefined || each.trackingNumber === trackingNumber),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

function reported(shipment: ShipmentState, command: RecordCheckpoint, seen: Package, at: string): CheckpointRecorded {
  const { type: _, carrier = shipment.carrier, trackingNumber = seen.trackingNumber, ...report } = command;
  return withStates<CheckpointRecorded>(shipment, {
    type: "shipment.checkpoint.recorded",
    orderIds: orderIdsOf(shipment),
    ...report,
    packageId: seen.packageId,
    occurredAt: at,
    ...(carrier === undefined ? {} : { carrier }),
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
  });
}
