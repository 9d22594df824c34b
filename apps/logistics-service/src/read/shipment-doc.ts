// A shipment as people see it, folded from its events.
import type { Happened, Sealed } from "@gendan/eventing";
import type {
  Breach,
  CheckpointCode,
  CheckpointRecorded,
  ExceptionKind,
  ExceptionRaised,
  InterceptOutcome,
  OrderDropped,
  OrderParts,
  OrderScope,
  PackagesDelivered,
  PackagesLost,
  ReportDisputed,
  ScopeFollowed,
  ShipmentBooked,
  ShipmentEvent,
  ShipmentPlanned,
  ShippedOrder,
  State,
  States,
} from "../domain/shipment/shipment.events.js";

/** The newest of a package's checkpoints, of a shipment's exceptions and of its disputed reports are shown. */
export const SHOWN_CHECKPOINTS = 200;
export const SHOWN_EXCEPTIONS = 200;
export const SHOWN_DISPUTES = 50;

export interface ShipmentDoc extends Pick<
  ShipmentPlanned,
  "number" | "mode" | "carrier" | "service" | "plannedShipOn" | "shipFrom" | "department" | "assignee" | "visibleTo"
> {
  readonly state: State;
  readonly bookingReference?: string;
  readonly eta?: string;
  readonly orders: readonly OrderInShipment[];
  readonly packages: readonly PackageDoc[];
  /** Newest first. */
  readonly exceptions: readonly ExceptionDoc[];
  readonly exceptionsOpen: number;
  /** Newest first. */
  readonly disputes: readonly DisputeDoc[];
  readonly breaches: readonly Breach[];
  /** Business times, as those of everything here. */
  readonly plannedAt: string;
  readonly bookedAt?: string;
  readonly dispatchedAt?: string;
  /** When the last package arrived; absent while one has not. */
  readonly deliveredAt?: string;
}

export interface OrderInShipment extends ShippedOrder {
  readonly allocation: "pending" | "allocated" | "declined";
  readonly reasons: readonly string[];
}

export interface PackageDoc {
  readonly packageId: string;
  readonly trackingNumber?: string;
  readonly weight?: string;
  readonly contents?: readonly OrderParts[];
  readonly state: State;
  /** Latest first by business time. */
  readonly checkpoints: readonly CheckpointDoc[];
  readonly deliveredAt?: string;
  readonly receivedBy?: Sealed;
  readonly lostAt?: string;
  readonly lossReason?: Sealed;
  readonly returnedAt?: string;
  readonly intercept?: InterceptDoc;
}

export interface InterceptDoc {
  readonly requestedAt: string;
  /** Empty where the carrier brought it back unasked. */
  readonly reason: string;
  readonly outcome?: InterceptOutcome;
  readonly answeredAt?: string;
}

export interface CheckpointDoc {
  readonly code: CheckpointCode;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly place?: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly note?: Sealed;
}

export interface ExceptionDoc {
  readonly exceptionId: string;
  readonly kind: ExceptionKind;
  readonly packageIds: readonly string[];
  readonly note?: Sealed;
  readonly raisedAt: string;
  readonly resolvedAt?: string;
  readonly resolution?: Sealed;
}

export type DisputeDoc = Omit<ReportDisputed, "type"> & { readonly recordedAt: string };

type Meta = Happened["meta"];

/** Folds one event. What was heard of a shipment that nobody planned makes no document. */
export function foldShipment(
  doc: ShipmentDoc | undefined,
  event: ShipmentEvent,
  { meta }: Pick<Happened<ShipmentEvent>, "meta">,
): ShipmentDoc | undefined {
  if (event.type === "shipment.planned") return planned(event, meta);
  if (!doc) return undefined;
  switch (event.type) {
    case "shipment.allocation.recorded": {
      const { orderId, answer, reasons } = event;
      const orders = doc.orders.map((order) =>
        order.orderId === orderId ? { ...order, allocation: answer, reasons } : order,
      );
      return { ...doc, orders };
    }
    case "shipment.scope.followed":
      return followed(doc, event);
    case "shipment.order.dropped":
      return withoutOrder(withStates(doc, event.after), event);
    case "shipment.booked":
      return booked(withStates(doc, event.after), event, meta);
    case "shipment.dispatched": {
      const { after, dispatchedAt, breaches } = event;
      return { ...withStates(doc, after), dispatchedAt, breaches: [...doc.breaches, ...breaches] };
    }
    case "shipment.checkpoint.recorded":
      return seen(withStates(doc, event.after), event, meta);
    case "shipment.delivered":
      return delivered(withStates(doc, event.after), event);
    case "shipment.lost":
      return lost(withStates(doc, event.after), event);
    case "shipment.returned":
      return withPackages(doc, event.packageIds, (each) => ({ ...each, returnedAt: event.returnedAt }));
    case "shipment.intercept.requested": {
      const intercept = { requestedAt: meta.occurredAt, reason: event.reason };
      return withPackages(doc, event.packageIds, (each) => ({ ...each, intercept }));
    }
    case "shipment.intercept.answered": {
      const answer = { outcome: event.outcome, answeredAt: meta.occurredAt };
      return withPackages(doc, event.packageIds, ({ intercept, ...each }) => ({
        ...each,
        intercept: { ...(intercept ?? { requestedAt: meta.occurredAt, reason: "" }), ...answer },
      }));
    }
    case "shipment.exception.raised":
      return raised(doc, event, meta);
    case "shipment.exception.resolved": {
      const { exceptionId, resolution, open } = event;
      const end = { resolvedAt: meta.occurredAt, ...(resolution && { resolution }) };
      const exceptions = doc.exceptions.map((each) => (each.exceptionId === exceptionId ? { ...each, ...end } : each));
      return { ...doc, exceptions, exceptionsOpen: open };
    }
    case "shipment.report.disputed": {
      const { type: _, ...dispute } = event;
      const disputes = [{ ...dispute, recordedAt: meta.recordedAt }, ...doc.disputes].slice(0, SHOWN_DISPUTES);
      return { ...doc, disputes };
    }
  }
}

function planned({ type: _, orders, packages, ...plan }: ShipmentPlanned, { occurredAt }: Meta): ShipmentDoc {
  const { zone: _zone, customerId: _customer, ...shown } = plan;
  return {
    ...shown,
    state: "Planned",
    orders: orders.map((order) => ({ ...order, allocation: "pending", reasons: [] })),
    packages: packages.map((each) => ({ ...each, state: "Planned", checkpoints: [] })),
    exceptions: [],
    exceptionsOpen: 0,
    disputes: [],
    breaches: [],
    plannedAt: occurredAt,
  };
}

function withStates(doc: ShipmentDoc, { state, packages }: States): ShipmentDoc {
  const states = new Map(packages.map((each) => [each.packageId, each.state]));
  return {
    ...doc,
    state,
    packages: doc.packages.map((each) => ({ ...each, state: states.get(each.packageId) ?? each.state })),
  };
}

function followed(doc: ShipmentDoc, event: ScopeFollowed): ShipmentDoc {
  const scopes = new Map(event.followed.map((order) => [order.orderId, order]));
  const orders = doc.orders.map((order) => withScope(order, scopes.get(order.orderId) ?? order));
  return withScope({ ...doc, orders }, event);
}

/** With who owns and sees it from now on; an assignee of before is gone. */
const withScope = <Scoped extends OrderScope>(
  scoped: Scoped,
  { department, assignee, visibleTo }: OrderScope,
): Scoped => {
  const { assignee: _, ...rest } = scoped;
  return { ...rest, department, visibleTo, ...(assignee === undefined ? {} : { assignee }) } as Scoped;
};

function withoutOrder(doc: ShipmentDoc, event: OrderDropped): ShipmentDoc {
  const stays = (order: { readonly orderId: string }) => order.orderId !== event.orderId;
  return {
    ...withScope(doc, event),
    orders: doc.orders.filter(stays),
    packages: doc.packages.map((each) => (each.contents ? { ...each, contents: each.contents.filter(stays) } : each)),
  };
}

function booked(doc: ShipmentDoc, event: ShipmentBooked, { occurredAt }: Meta): ShipmentDoc {
  const { carrier, service, bookingReference, eta, packages } = event;
  return {
    ...doc,
    carrier,
    ...(service === undefined ? {} : { service }),
    ...(bookingReference === undefined ? {} : { bookingReference }),
    ...(eta === undefined ? {} : { eta }),
    bookedAt: occurredAt,
    packages: doc.packages.map((each) => ({
      ...each,
      ...packages.find((numbered) => numbered.packageId === each.packageId),
    })),
  };
}

function seen(doc: ShipmentDoc, event: CheckpointRecorded, { recordedAt }: Meta): ShipmentDoc {
  const { type: _, orderIds: _orders, after: _after, packageId, ...checkpoint } = event;
  return withPackages(doc, [packageId], (each) => ({
    ...each,
    checkpoints: [{ ...checkpoint, recordedAt }, ...each.checkpoints]
      .sort((one, other) => Date.parse(other.occurredAt) - Date.parse(one.occurredAt))
      .slice(0, SHOWN_CHECKPOINTS),
  }));
}

function delivered(doc: ShipmentDoc, event: PackagesDelivered): ShipmentDoc {
  const { packageIds, deliveredAt, receivedBy, complete, breaches } = event;
  const end = { deliveredAt, ...(receivedBy && { receivedBy }) };
  const arrived = withPackages(doc, packageIds, (each) => ({ ...each, ...end }));
  const times = arrived.packages.flatMap((each) => each.deliveredAt ?? []).sort();
  const [last] = times.slice(-1);
  return {
    ...arrived,
    ...(complete && last !== undefined ? { deliveredAt: last } : {}),
    breaches: [...doc.breaches, ...breaches],
  };
}

function lost(doc: ShipmentDoc, { packageIds, lostAt, reason, breaches }: PackagesLost): ShipmentDoc {
  const end = { lostAt, ...(reason && { lossReason: reason }) };
  return {
    ...withPackages(doc, packageIds, (each) => ({ ...each, ...end })),
    breaches: [...doc.breaches, ...breaches],
  };
}

function raised(doc: ShipmentDoc, event: ExceptionRaised, { occurredAt }: Meta): ShipmentDoc {
  const { exceptionId, kind, packageIds, note } = event;
  const exception = { exceptionId, kind, packageIds, ...(note && { note }), raisedAt: occurredAt };
  return {
    ...doc,
    exceptions: [exception, ...doc.exceptions].slice(0, SHOWN_EXCEPTIONS),
    exceptionsOpen: doc.exceptionsOpen + 1,
  };
}

const withPackages = (
  doc: ShipmentDoc,
  packageIds: readonly string[],
  change: (each: PackageDoc) => PackageDoc,
): ShipmentDoc => ({
  ...doc,
  packages: doc.packages.map((each) => (packageIds.includes(each.packageId) ? change(each) : each)),
});
