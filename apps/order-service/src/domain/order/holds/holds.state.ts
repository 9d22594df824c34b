// The holds of an order, and what they block.
import { BLOCKABLES, type Blockable, type Blocked, type Hold, type HoldEvent, type HoldType } from "./holds.events.js";

/** By their ids, in the order in which they were placed. */
export type Holds = ReadonlyMap<string, Hold>;

export const noHolds: Holds = new Map();

export function evolveHolds(holds: Holds, event: HoldEvent): Holds {
  const next = new Map(holds);
  if (event.type === "order.hold.released") next.delete(event.holdId);
  else {
    const { type: _, holds: __, blocked: ___, rules: ____, note: _____, ...hold } = event;
    next.set(hold.holdId, hold);
  }
  return next;
}

/** One name for the hold of a type and a source. */
export const holdIdOf = (hold: HoldType, source: string | undefined): string =>
  source === undefined ? hold : `${hold}:${source}`;

/** Each type once, in the order in which they came. */
export const typesOf = (holds: Holds): HoldType[] => [...new Set([...holds.values()].map(({ hold }) => hold))];

/** The types of those that block it. */
export const blocking = (holds: Holds, what: Blockable): HoldType[] => [
  ...new Set([...holds.values()].flatMap(({ hold, blocks }) => (blocks.includes(what) ? [hold] : []))),
];

/** What each event about holds tells of all of them. */
export const standingOf = (holds: Holds): { readonly holds: HoldType[]; readonly blocked: Blocked } => ({
  holds: typesOf(holds),
  blocked: Object.fromEntries(BLOCKABLES.map((what) => [what, blocking(holds, what)])) as unknown as Blocked,
});
