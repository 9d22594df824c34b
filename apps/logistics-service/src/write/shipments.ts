// Commands to shipments that need more than the shipment: what is known of its orders, a number for people, its existence.
import { sees, type Commands, type Envelope, type Outcome } from "@gendan/eventing";
import type { OrderCommand } from "../domain/order/order.decider.js";
import type { KnownOrder } from "../domain/order/order.state.js";
import type { KnownOrders } from "../domain/shipment/plan-orders.js";
import type { PlanShipment } from "../domain/shipment/plan-shipment.js";
import type { ShipmentCommand } from "../domain/shipment/shipment.decider.js";
import type { ShipmentRefusal } from "../domain/shipment/shipment.refusals.js";
import { orderIdsOf, type ShipmentState } from "../domain/shipment/shipment.state.js";

export type ShipmentOutcome = Outcome<ShipmentState, ShipmentRefusal>;

/** What commands to shipments are carried out with. */
export interface ShipmentWriting {
  readonly shipments: Commands<ShipmentState, ShipmentCommand, ShipmentRefusal>;
  readonly orders: Commands<KnownOrder, OrderCommand, never>;
  /** The next number of a series for people. */
  readonly number: (prefix: string, year: number) => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type PlanRequest = Omit<PlanShipment, "type" | "number" | "known">;

/** Plans a shipment. Orders that the caller does not see are as unknown as those that are not there. */
export function planShipment(
  { shipments, orders, number, now }: ShipmentWriting,
  id: string,
  request: PlanRequest,
  envelope: Envelope,
): Promise<ShipmentOutcome> {
  const year = new Date(envelope.occurredAt ?? now()).getUTCFullYear();
  const orderIds = request.orders.map((order) => order.orderId);
  const command = async (): Promise<PlanShipment> => ({
    type: "PlanShipment",
    ...request,
    number: await number("SH", year),
    known: await knownOrders(orders, orderIds, envelope.tokens),
  });
  return shipments.handle(id, command, { ...envelope, body: { type: "PlanShipment", ...request } });
}

/** Dispatches by decision, or records that it happened. Every order of the shipment counts, whoever asks. */
export async function dispatchShipment(
  { shipments, orders }: ShipmentWriting,
  id: string,
  reported: boolean,
  envelope: Envelope,
): Promise<ShipmentOutcome> {
  if (!(await isThere(shipments, id, envelope))) return notFound(id);
  const type = reported ? "RecordDispatch" : "DispatchShipment";
  const command = async () => ({ type, known: await ordersOf({ shipments, orders }, id) }) as const;
  const outcome = await shipments.handle(id, command, { ...envelope, body: { type } });
  return withoutOthers(shipments, outcome, envelope);
}

/**
 * A command about a shipment that the caller sees: absent and out of scope answer the same. The rules refuse no fact, so
 * without this a caller's slip of the pen would begin a shipment that nobody planned.
 */
export async function toShipment(
  { shipments }: Pick<ShipmentWriting, "shipments">,
  id: string,
  command: ShipmentCommand,
  envelope: Envelope,
): Promise<ShipmentOutcome> {
  if (!(await isThere(shipments, id, envelope))) return notFound(id);
  return withoutOthers(shipments, await shipments.handle(id, command, envelope), envelope);
}

/** An order of the shipment is dropped by who sees it; to others it is not in the shipment. */
export async function dropOrder(
  { shipments }: Pick<ShipmentWriting, "shipments">,
  id: string,
  orderId: string,
  envelope: Envelope,
): Promise<ShipmentOutcome> {
  const shipment = await shipments.load(id, envelope.tokens);
  const hidden = hiddenOrders(shipment?.state, envelope).has(orderId);
  const command = { type: "DropOrder", orderId } as const;
  return toShipment({ shipments }, id, { ...command, hidden }, { ...envelope, body: command });
}

/** What is told of orders that the caller does not see names none of them. */
async function withoutOthers(
  shipments: ShipmentWriting["shipments"],
  outcome: ShipmentOutcome,
  envelope: Envelope,
): Promise<ShipmentOutcome> {
  if (outcome.status !== "refused") return outcome;
  const hidden = hiddenOrders((await shipments.load(outcome.id, envelope.tokens))?.state, envelope);
  const told = (refusal: (typeof outcome.refusals)[number]): typeof refusal =>
    "number" in refusal && hidden.has(refusal.orderId) ? { code: "ORDER_OF_OTHERS", because: refusal.code } : refusal;
  const [first, ...others] = outcome.refusals;
  return { ...outcome, refusals: [told(first), ...others.map(told)] };
}

const hiddenOrders = (shipment: ShipmentState | undefined, { tokens }: Envelope): ReadonlySet<string> =>
  new Set(
    (shipment?.orders ?? [])
      .filter(({ visibleTo }) => tokens && !sees(tokens, visibleTo))
      .map(({ orderId }) => orderId),
  );

/** What is known here of a shipment's orders. */
export async function ordersOf(
  { shipments, orders }: Pick<ShipmentWriting, "shipments" | "orders">,
  id: string,
): Promise<KnownOrders> {
  const shipment = await shipments.load(id);
  return knownOrders(orders, shipment ? orderIdsOf(shipment.state) : []);
}

async function knownOrders(
  orders: ShipmentWriting["orders"],
  orderIds: readonly string[],
  tokens?: readonly string[],
): Promise<KnownOrders> {
  const loaded = await Promise.all(
    [...new Set(orderIds)].map(async (id) => [id, await orders.load(id, tokens)] as const),
  );
  return new Map(loaded.flatMap(([id, order]) => (order ? [[id, order.state] as const] : [])));
}

const isThere = async (shipments: ShipmentWriting["shipments"], id: string, { tokens }: Envelope): Promise<boolean> =>
  (await shipments.load(id, tokens))?.state.planned ?? false;

const notFound = (id: string): ShipmentOutcome => ({ status: "refused", id, refusals: [{ code: "NOT_FOUND", id }] });
