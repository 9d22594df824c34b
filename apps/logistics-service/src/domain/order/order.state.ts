// The local copy of an order: what planning and dispatching a shipment have to know of it.
import { millionths, quantity, type Quantity } from "@gendan/eventing";
import type {
  BackorderNoted,
  ConfirmedSchedule,
  OrderEvent,
  OrderNoted,
  OrderScope,
  QuantityChange,
  ScheduleQuantity,
} from "./order.events.js";

export interface KnownOrder extends OrderScope {
  /** False until its confirmation was heard; what was heard before is kept all the same. */
  readonly known: boolean;
  readonly number: string;
  readonly customerId: string;
  readonly zone: string;
  readonly schedules: readonly ConfirmedSchedule[];
  readonly holds: readonly string[];
  readonly cancelled: boolean;
  /** The latest promise of each schedule, by `scheduleKey`. */
  readonly promises: Readonly<Record<string, Heard<string>>>;
  /** What shipments hold of each schedule (allocated − released − lost − back at the sender) and what was given up, by `scheduleKey`. */
  readonly taken: Readonly<Record<string, Quantity>>;
  /** The shipments that name it: they follow its scope. */
  readonly dependants: readonly string[];
  /** The public sequences of the last confirmation, of the last report on holds, and of the last change of scope. */
  readonly heard: { readonly confirmed: number; readonly holds: number; readonly scope: number };
}

interface Heard<Value> {
  readonly value: Value;
  readonly sequence: number;
}

export const unknownOrder: KnownOrder = {
  known: false,
  number: "",
  customerId: "",
  zone: "UTC",
  department: "",
  visibleTo: [],
  schedules: [],
  holds: [],
  cancelled: false,
  promises: {},
  taken: {},
  dependants: [],
  heard: { confirmed: -1, holds: -1, scope: -1 },
};

export function evolve(order: KnownOrder, event: OrderEvent): KnownOrder {
  switch (event.type) {
    case "order.noted":
      return confirmed(order, event);
    case "order.holds.noted":
      return { ...order, holds: event.holds, heard: { ...order.heard, holds: event.sequence } };
    case "order.scope.noted":
      return { ...order, ...scopeOf(event), heard: { ...order.heard, scope: event.sequence } };
    case "order.cancellation.noted":
      return { ...order, cancelled: true };
    case "order.promise.noted":
      return { ...order, promises: promised(order, [event], event.sequence) };
    case "order.backorder.noted":
      return backordered(order, event);
    case "order.quantities.noted":
      return { ...order, taken: taken(order, event.change, event.lines) };
    case "order.dependant.noted":
      return { ...order, dependants: [...order.dependants, event.shipmentId] };
    case "order.dependant.forgotten":
      return { ...order, dependants: order.dependants.filter((shipment) => shipment !== event.shipmentId) };
  }
}

/** One name for a schedule within its order. */
export const scheduleKey = (schedule: { readonly lineId: string; readonly scheduleId: string }): string =>
  `${schedule.lineId}\u0000${schedule.scheduleId}`;

/** What of a schedule is in no shipment yet, as far as it is known here; never below nothing. */
export function openQuantity(order: KnownOrder, schedule: ScheduleQuantity): Quantity {
  const open = millionths(schedule.quantity) - millionths(order.taken[scheduleKey(schedule)] ?? "0");
  return quantity(open > 0n ? open : 0n);
}

function confirmed(order: KnownOrder, { type: _, sequence, holds, ...noted }: OrderNoted): KnownOrder {
  const holdsAreNews = sequence > order.heard.holds;
  return {
    ...order,
    ...noted,
    ...scopeOf(sequence > order.heard.scope ? noted : order),
    known: true,
    holds: holdsAreNews ? holds : order.holds,
    promises: promised(order, noted.schedules, sequence),
    heard: { ...order.heard, confirmed: sequence, holds: holdsAreNews ? sequence : order.heard.holds },
  };
}

/** With its assignee also where there is none, so that one of before is replaced. */
const scopeOf = ({ department, assignee, visibleTo }: OrderScope) =>
  ({ department, assignee, visibleTo }) as OrderScope;

function promised(
  order: KnownOrder,
  promises: readonly { readonly lineId: string; readonly scheduleId: string; readonly promisedOn: string }[],
  sequence: number,
): KnownOrder["promises"] {
  const news = promises.filter((promise) => sequence > (order.promises[scheduleKey(promise)]?.sequence ?? -1));
  return {
    ...order.promises,
    ...Object.fromEntries(news.map((promise) => [scheduleKey(promise), { value: promise.promisedOn, sequence }])),
  };
}

/** The order tells of both schedules anew when it is confirmed anew: then there is nothing to split. */
function backordered(order: KnownOrder, { sequence, lineId, scheduleId, backorder }: BackorderNoted): KnownOrder {
  const at = order.schedules.findIndex((each) => each.lineId === lineId && each.scheduleId === scheduleId);
  const source = order.schedules[at];
  const { promisedOn } = backorder;
  if (!source || sequence <= order.heard.confirmed) return order;
  const rest = quantity(millionths(source.quantity) - millionths(backorder.quantity));
  return {
    ...order,
    schedules: [...order.schedules.with(at, { ...source, quantity: rest }), { ...source, ...backorder }],
    promises: promised(order, [{ lineId, scheduleId: backorder.scheduleId, promisedOn }], sequence),
  };
}

function taken(order: KnownOrder, change: QuantityChange, lines: readonly ScheduleQuantity[]): KnownOrder["taken"] {
  const sums = { ...order.taken };
  const sign = change === "allocated" || change === "givenUp" ? 1n : -1n;
  for (const line of lines) {
    const key = scheduleKey(line);
    sums[key] = quantity(millionths(sums[key] ?? "0") + sign * millionths(line.quantity));
  }
  return sums;
}
