// How far a package is: the same whatever order its checkpoints came in, because only the latest by business time counts.
import { CHECKPOINT_CODES, STATES, type CheckpointCode, type State } from "./shipment.events.js";

/** What a package's state depends on. */
export interface PackageProgress {
  readonly cancelled: boolean;
  readonly delivered: boolean;
  readonly lost: boolean;
  readonly latest?: Sighting;
}

/** A checkpoint that says something about the state. */
export interface Sighting {
  readonly code: CheckpointCode;
  readonly occurredAt: string;
}

const leadsTo: Readonly<Record<CheckpointCode, State | undefined>> = {
  RELEASED: "PickedUp",
  GATED_IN: "PickedUp",
  PICKED_UP: "PickedUp",
  DEPARTED: "InTransit",
  IN_TRANSIT: "InTransit",
  TRANSHIPPED: "InTransit",
  ARRIVED: "InTransit",
  DEPARTED_HUB: "InTransit",
  ARRIVED_AT_HUB: "InTransit",
  CUSTOMS: "InTransit",
  EXCEPTION: undefined,
  OUT_FOR_DELIVERY: "OutForDelivery",
  ATTEMPT_FAILED: "AttemptFailed",
  AVAILABLE_FOR_PICKUP: "AvailableForPickup",
  RETURNING: "Returning",
  RETURNED: "Returned",
  DELIVERED: "Delivered",
};

/** The later of two sightings; of two at the same instant the one that ranks higher. Commutative, so arrival order is nothing. */
export function laterSighting(one: Sighting | undefined, other: Sighting): Sighting | undefined {
  if (leadsTo[other.code] === undefined) return one;
  if (!one) return other;
  const later = Date.parse(other.occurredAt) - Date.parse(one.occurredAt);
  if (later !== 0) return later > 0 ? other : one;
  return CHECKPOINT_CODES.indexOf(other.code) > CHECKPOINT_CODES.indexOf(one.code) ? other : one;
}

/** Delivered never regresses, lost only to delivered (it was found); otherwise the latest sighting, else the shipment's stage. */
export function packageState(progress: PackageProgress, stage: State): State {
  if (progress.cancelled) return "Cancelled";
  if (progress.delivered) return "Delivered";
  if (progress.lost) return "Lost";
  return (progress.latest && leadsTo[progress.latest.code]) ?? stage;
}

/** A shipment is as far as its hindmost package; what was cancelled travels no more. */
export function hindmost(states: readonly State[]): State {
  return STATES.find((state) => states.includes(state)) ?? "Cancelled";
}
