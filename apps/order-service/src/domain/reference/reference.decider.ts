// The slot of a number in another system: at most one order has it. Taken before the order is decided on, given back after.
import { accept, refuse, uuidFrom, type Asked, type Decider, type Decision } from "@gendan/eventing";
import type { Reference } from "../order/content.events.js";
import type { ReferenceEvent } from "./reference.events.js";

export interface TakeReference extends Reference {
  readonly type: "TakeReference";
  readonly orderId: string;
  /** An order that holds the slot and was found without the number: its command never came to an end. */
  readonly without?: string;
}

export interface ReleaseReference {
  readonly type: "ReleaseReference";
  readonly orderId: string;
}

export type ReferenceCommand = TakeReference | ReleaseReference;

/** The order that holds the slot, and since when. */
export interface ReferenceState {
  readonly orderId?: string;
  readonly takenAt?: string;
}

export type ReferenceRefusal = { readonly code: "REFERENCE_HELD"; readonly orderId: string };

/** For so long an order may hold a slot without having the number yet: commands take seconds. */
const UNUSED_MS = 15 * 60_000;

/** The stream of a number's slot. */
export const referenceId = ({ system, number }: Reference): string => uuidFrom("order.reference", system, number);

/** Whether a slot is held by another order in this moment, were that found without the number. */
export const isHeld = (
  { orderId, takenAt = "" }: ReferenceState,
  by: string,
  without: string | undefined,
  at: string,
) =>
  orderId !== undefined &&
  orderId !== by &&
  !(orderId === without && Date.parse(at) - Date.parse(takenAt) >= UNUSED_MS);

function takeReference(
  slot: ReferenceState,
  { orderId, system, number, without }: TakeReference,
  { at }: Asked,
): Decision<ReferenceEvent, ReferenceRefusal> {
  if (slot.orderId === orderId) return accept();
  if (isHeld(slot, orderId, without, at)) return refuse({ code: "REFERENCE_HELD", orderId: slot.orderId! });
  return accept({ type: "reference.taken", system, number, orderId, takenAt: at });
}

export const referenceDecider: Decider<ReferenceState, ReferenceCommand, ReferenceEvent, ReferenceRefusal> = {
  initial: {},
  evolve(_, event) {
    switch (event.type) {
      case "reference.taken":
        return { orderId: event.orderId, takenAt: event.takenAt };
      case "reference.released":
        return {};
    }
  },
  decide(slot, command, by) {
    switch (command.type) {
      case "TakeReference":
        return takeReference(slot, command, by);
      case "ReleaseReference":
        return slot.orderId === command.orderId
          ? accept({ type: "reference.released", orderId: command.orderId })
          : accept();
    }
  },
};
