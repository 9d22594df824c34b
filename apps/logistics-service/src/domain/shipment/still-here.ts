// Decisions about goods are taken while they are here: before they were dispatched, and before anybody saw them elsewhere.
import type { State } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { statesOf, type ShipmentState } from "./shipment.state.js";

/** The refusal unless the shipment is in one of the states, and not dispatched. */
export function stillHere(shipment: ShipmentState, ...allowed: readonly State[]): ShipmentRefusal | undefined {
  if (!shipment.planned) return { code: "NOT_FOUND" };
  const { state } = statesOf(shipment);
  if (shipment.dispatchedAt === undefined && allowed.includes(state)) return undefined;
  return { code: "SHIPMENT_STATE", state, allowed };
}
