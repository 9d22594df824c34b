// Exceptions lie over a shipment's state without changing it, until somebody resolves them.
import { accept, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { dispute } from "./dispute.js";
import type { EXCEPTION_KINDS, ExceptionResolved, ShipmentEvent } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { orderIdsOf, type ShipmentState } from "./shipment.state.js";

export interface RaiseException {
  readonly type: "RaiseException";
  readonly exceptionId: string;
  readonly kind: (typeof EXCEPTION_KINDS)[number];
  /** Absent: the whole shipment. */
  readonly packageId?: string;
  readonly note?: Sealed;
}

export interface ResolveException {
  readonly type: "ResolveException";
  readonly exceptionId: string;
  readonly resolution?: Sealed;
}

/** A fact: somebody says what is wrong. */
export function raiseException(
  shipment: ShipmentState,
  { exceptionId, kind, packageId, note }: RaiseException,
  by: Asked,
): Decision<ShipmentEvent, ShipmentRefusal> {
  const packageIds = packageId === undefined ? [] : [packageId];
  const unknown = packageIds.some((id) => !shipment.packages.some((each) => each.packageId === id));
  if (by.claimedAt !== undefined || unknown) return dispute(shipment, by, "exception", { packageIds });
  if (shipment.exceptions[exceptionId]) return accept();
  return accept({
    type: "shipment.exception.raised",
    orderIds: orderIdsOf(shipment),
    exceptionId,
    kind,
    packageIds,
    ...(note && { note }),
  });
}

/** The exception is over; one that is over already stays as it was resolved first. */
export function resolveException(
  shipment: ShipmentState,
  { exceptionId, resolution }: ResolveException,
): Decision<ExceptionResolved, ShipmentRefusal> {
  if (!shipment.planned) return refuse({ code: "NOT_FOUND" });
  const exception = shipment.exceptions[exceptionId];
  if (!exception) return refuse({ code: "EXCEPTION_NOT_FOUND", exceptionId });
  if (!exception.open) return accept();
  return accept({
    type: "shipment.exception.resolved",
    orderIds: orderIdsOf(shipment),
    exceptionId,
    kind: exception.kind,
    open: Object.values(shipment.exceptions).filter((each) => each.open).length - 1,
    ...(resolution && { resolution }),
  });
}
