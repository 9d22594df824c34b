// The slot of a rule at a source: taken by the first finding, free again when its issue is closed. All its commands are facts.
import { accept, dayIn, type Asked, type Decider, type Decision } from "@gendan/eventing";
import type { SlotEvent, SlotTaken } from "./slot.events.js";

export interface TakeSlot extends Omit<SlotTaken, "type" | "takenAt" | "takenOn"> {
  readonly type: "TakeSlot";
  /** The local day where the finding names one, else the zone that makes it. */
  readonly on: { readonly day: string } | { readonly zone: string };
}

export interface ReleaseSlot {
  readonly type: "ReleaseSlot";
  readonly issueId: string;
}

export type SlotCommand = TakeSlot | ReleaseSlot;

/** The issue that holds the slot, if there is one. */
export interface SlotState {
  readonly issueId?: string;
}

/** A finding at a slot that is taken adds nothing: its issue is open already. */
function takeSlot(
  { issueId }: SlotState,
  { type: _, on, ...finding }: TakeSlot,
  { at }: Asked,
): Decision<SlotEvent, never> {
  if (issueId !== undefined) return accept();
  const takenOn = "day" in on ? on.day : dayIn(on.zone, at);
  return accept({ type: "slot.taken", ...finding, takenAt: at, takenOn });
}

/** Only the issue that holds the slot gives it back: an old issue's closing that is heard again changes nothing. */
function releaseSlot(slot: SlotState, { issueId }: ReleaseSlot): Decision<SlotEvent, never> {
  return slot.issueId === issueId ? accept({ type: "slot.released", issueId }) : accept();
}

export const slotDecider: Decider<SlotState, SlotCommand, SlotEvent, never> = {
  initial: {},
  evolve(_, event) {
    switch (event.type) {
      case "slot.taken":
        return { issueId: event.issueId };
      case "slot.released":
        return {};
    }
  },
  decide(slot, command, by) {
    switch (command.type) {
      case "TakeSlot":
        return takeSlot(slot, command, by);
      case "ReleaseSlot":
        return releaseSlot(slot, command);
    }
  },
};
