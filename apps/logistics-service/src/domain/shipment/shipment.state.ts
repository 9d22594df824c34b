// What decisions need to know of a shipment, and nothing else: what people see is a document of read/.
import { hindmost, laterSighting, packageState, type PackageProgress } from "./package-state.js";
import type {
  AllocationRecorded,
  CheckpointRecorded,
  ExceptionKind,
  FollowedOrder,
  InterceptOutcome,
  OrderDropped,
  OrderParts,
  ReportDisputed,
  ShipmentEvent,
  ShipmentPlanned,
  ShippedOrder,
  State,
  States,
} from "./shipment.events.js";

export interface ShipmentState {
  /** False for a shipment of which at most facts are known. */
  readonly planned: boolean;
  readonly booked: boolean;
  readonly dispatchedAt?: string;
  readonly carrier?: string;
  readonly orders: readonly ShippedOrder[];
  /** By order, where its scope was followed: the revision that was followed last. */
  readonly followed: Readonly<Record<string, number>>;
  /** By order; an order that has not answered yet is not in it. */
  readonly answers: Readonly<Record<string, AllocationRecorded>>;
  readonly packages: readonly Package[];
  /** By id. */
  readonly exceptions: Readonly<Record<string, ShipmentException>>;
  /** Checkpoints and disputed reports that were recorded, by their key: a repetition is no news. */
  readonly seen: ReadonlySet<string>;
}

export interface Package extends PackageProgress {
  readonly packageId: string;
  readonly trackingNumber?: string;
  readonly contents?: readonly OrderParts[];
  /** It came back to the sender; absent: not yet. */
  readonly returned?: boolean;
  readonly intercept?: "requested" | InterceptOutcome;
}

export interface ShipmentException {
  readonly kind: ExceptionKind;
  readonly packageIds: readonly string[];
  readonly open: boolean;
}

export const noShipment: ShipmentState = {
  planned: false,
  booked: false,
  orders: [],
  followed: {},
  answers: {},
  packages: [],
  exceptions: {},
  seen: new Set(),
};

export function evolve(shipment: ShipmentState, event: ShipmentEvent): ShipmentState {
  switch (event.type) {
    case "shipment.planned":
      return planned(shipment, event);
    case "shipment.allocation.recorded":
      return { ...shipment, answers: { ...shipment.answers, [event.orderId]: event } };
    case "shipment.order.dropped":
      return withoutOrder(shipment, event);
    case "shipment.booked":
      return {
        ...shipment,
        booked: true,
        carrier: event.carrier,
        packages: shipment.packages.map((each) => ({
          ...each,
          ...event.packages.find((booked) => booked.packageId === each.packageId),
        })),
      };
    case "shipment.dispatched":
      return { ...shipment, dispatchedAt: event.dispatchedAt };
    case "shipment.checkpoint.recorded":
      return seenAt(shipment, event);
    case "shipment.delivered":
      return ended(shipment, event.packageIds, { delivered: true });
    case "shipment.lost":
      return ended(shipment, event.packageIds, { lost: true });
    case "shipment.returned":
      return ended(shipment, event.packageIds, { returned: true });
    case "shipment.intercept.requested":
      return ended(shipment, event.packageIds, { intercept: "requested" });
    case "shipment.intercept.answered":
      return ended(shipment, event.packageIds, { intercept: event.outcome });
    case "shipment.exception.raised": {
      const { kind, packageIds } = event;
      return {
        ...shipment,
        exceptions: { ...shipment.exceptions, [event.exceptionId]: { kind, packageIds, open: true } },
      };
    }
    case "shipment.exception.resolved":
      return {
        ...shipment,
        exceptions: {
          ...shipment.exceptions,
          [event.exceptionId]: { kind: event.kind, packageIds: [], open: false },
        },
      };
    case "shipment.report.disputed":
      return { ...shipment, seen: new Set([...shipment.seen, disputeKey(event)]) };
    case "shipment.scope.followed":
      return {
        ...shipment,
        orders: rescoped(shipment.orders, event.followed),
        followed: {
          ...shipment.followed,
          ...Object.fromEntries(event.followed.map((each) => [each.orderId, each.revision])),
        },
      };
  }
}

/** The orders with who owns and sees them from now on. */
const rescoped = (orders: readonly ShippedOrder[], followed: readonly FollowedOrder[]): ShippedOrder[] =>
  orders.map((order) => {
    const found = followed.find(({ orderId }) => orderId === order.orderId);
    if (!found) return order;
    const { assignee: _, ...rest } = order;
    const { department, assignee, visibleTo } = found;
    return { ...rest, department, visibleTo, ...(assignee === undefined ? {} : { assignee }) };
  });

/** The states of the shipment and of each package. */
export function statesOf(shipment: ShipmentState): States {
  const stage: State = shipment.dispatchedAt === undefined ? (shipment.booked ? "Booked" : "Planned") : "PickedUp";
  const packages = shipment.packages.map((each) => ({
    packageId: each.packageId,
    state: packageState(each, stage),
  }));
  return { state: hindmost(packages.map((each) => each.state)), packages };
}

type Stateful = Extract<ShipmentEvent, { readonly after: States }>;

/** The event with the states that it leads to. */
export function withStates<Event extends Stateful>(shipment: ShipmentState, event: Omit<Event, "after">): Event {
  const after = statesOf(evolve(shipment, { ...event, after: undefined } as unknown as Event));
  return { ...event, after } as unknown as Event;
}

export const orderIdsOf = (shipment: ShipmentState): string[] => shipment.orders.map((order) => order.orderId);

/** The same report by the same carrier about the same number, instant, code and place is one report. */
export const checkpointKey = (checkpoint: Omit<CheckpointRecorded, "type" | "orderIds" | "after" | "note">): string =>
  JSON.stringify([
    checkpoint.carrier ?? "",
    checkpoint.trackingNumber ?? checkpoint.packageId,
    checkpoint.occurredAt,
    checkpoint.code,
    checkpoint.place ?? "",
  ]);

/** Apart from the checkpoints' keys: what was disputed as lying in the future is news once its time has come. */
export const disputeKey = (event: ReportDisputed): string =>
  JSON.stringify([
    "disputed",
    event.report,
    event.reason,
    event.claimedAt,
    event.packageIds,
    event.trackingNumber ?? "",
    event.code ?? "",
    event.place ?? "",
  ]);

function planned(shipment: ShipmentState, event: ShipmentPlanned): ShipmentState {
  const { carrier, orders } = event;
  return {
    ...shipment,
    planned: true,
    ...(carrier === undefined ? {} : { carrier }),
    orders,
    packages: event.packages.map(({ packageId, trackingNumber, contents }) => ({
      packageId,
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
      ...(contents === undefined ? {} : { contents }),
      cancelled: false,
      delivered: false,
      lost: false,
    })),
  };
}

/** The order's parts leave the packages, and a package that held nothing else is cancelled. */
function withoutOrder(shipment: ShipmentState, event: OrderDropped): ShipmentState {
  return {
    ...shipment,
    orders: shipment.orders.filter((order) => order.orderId !== event.orderId),
    packages: shipment.packages.map((each) => {
      if (!each.contents) return each;
      const contents = each.contents.filter((order) => order.orderId !== event.orderId);
      return { ...each, contents, cancelled: contents.length === 0 };
    }),
  };
}

function seenAt(shipment: ShipmentState, event: CheckpointRecorded): ShipmentState {
  return {
    ...shipment,
    packages: shipment.packages.map((each) => {
      if (each.packageId !== event.packageId) return each;
      const latest = laterSighting(each.latest, { code: event.code, occurredAt: event.occurredAt });
      return { ...each, ...(latest && { latest }), delivered: each.delivered || event.code === "DELIVERED" };
    }),
    seen: new Set([...shipment.seen, checkpointKey(event)]),
  };
}

function ended(shipment: ShipmentState, packageIds: readonly string[], end: Partial<Package>): ShipmentState {
  return {
    ...shipment,
    packages: shipment.packages.map((each) => (packageIds.includes(each.packageId) ? { ...each, ...end } : each)),
  };
}
