// What each shipment holds of each delivery schedule. By construction shipped ≤ allocated and
// 0 ≤ delivered ≤ shipped − lost − returned to sender.
import { millionths, quantity } from "@gendan/eventing";
import type { Part } from "./order.events.js";

/** In millionths of the line's unit. */
export interface Held {
  readonly allocated: bigint;
  readonly shipped: bigint;
  readonly delivered: bigint;
  readonly lost: bigint;
  readonly returnedToSender: bigint;
}

/** schedule key → shipment → what it holds. */
export type Ledger = ReadonlyMap<string, ReadonlyMap<string, Held>>;

/** One name for a schedule within its order. */
export const scheduleKey = (part: { readonly lineId: string; readonly scheduleId: string }): string =>
  `${part.lineId}\u0000${part.scheduleId}`;

function scheduleOf(key: string): Pick<Part, "lineId" | "scheduleId"> {
  const [lineId = "", scheduleId = ""] = key.split("\u0000");
  return { lineId, scheduleId };
}

const nothingHeld: Held = { allocated: 0n, shipped: 0n, delivered: 0n, lost: 0n, returnedToSender: 0n };

/** One shipment's holding after a movement of so many millionths. */
export type Move = (held: Held, units: bigint) => Held;

export const allocate: Move = (held, units) => ({ ...held, allocated: held.allocated + units });

/** What has not left is free again. */
export const release: Move = (held, units) => ({ ...held, allocated: max(held.allocated - units, held.shipped) });

/** What left without being allocated takes its allocation by leaving: a fact cannot be undone, it is a breach instead. */
export function ship(held: Held, units: bigint): Held {
  const shipped = held.shipped + units;
  return { ...held, shipped, allocated: max(held.allocated, shipped) };
}

/**
 * A package that was declared lost and arrives was found; so was one that had come back to the sender. What arrives
 * beyond that must have left unseen.
 */
export function deliver(held: Held, units: bigint): Held {
  const beyond = max(units - inTransit(held), 0n);
  const found = min(beyond, held.lost);
  const again = min(beyond - found, held.returnedToSender);
  const arriving = { ...held, lost: held.lost - found, returnedToSender: held.returnedToSender - again };
  const left = ship(arriving, beyond - found - again);
  return { ...left, delivered: left.delivered + units };
}

/** Only what the shipment holds and has not brought can be lost; `losable` says how much that is. */
export const lose: Move = (held, units) => hasLeft({ ...held, lost: held.lost + units });

/** What was declared lost and comes back was found. */
export function returnToSender(held: Held, units: bigint): Held {
  const found = min(max(units - inTransit(held), 0n), held.lost);
  return hasLeft({ ...held, lost: held.lost - found, returnedToSender: held.returnedToSender + units });
}

const hasLeft = (held: Held): Held => ({
  ...held,
  shipped: max(held.shipped, held.delivered + held.lost + held.returnedToSender),
});

export const losable = (held: Held): bigint => returnable(held) - held.lost;
/** What can come back to the sender: all that the shipment holds and has not brought, lost or not. */
export const returnable = (held: Held): bigint => held.allocated - held.delivered - held.returnedToSender;
export const inTransit = (held: Held): bigint => netShipped(held) - held.delivered;
/** What has left and is neither lost nor back. */
export const netShipped = ({ shipped, lost, returnedToSender }: Held): bigint => shipped - lost - returnedToSender;
/** What shipments have of the schedule: lost goods and those that came back are open again. */
export const netAllocated = ({ allocated, lost, returnedToSender }: Held): bigint =>
  allocated - lost - returnedToSender;

export const heldBy = (ledger: Ledger, shipmentId: string, key: string): Held =>
  ledger.get(key)?.get(shipmentId) ?? nothingHeld;

/** What all shipments together hold of a schedule. */
export function heldInAll(ledger: Ledger, key: string): Held {
  let sum = nothingHeld;
  for (const held of ledger.get(key)?.values() ?? []) {
    sum = {
      allocated: sum.allocated + held.allocated,
      shipped: sum.shipped + held.shipped,
      delivered: sum.delivered + held.delivered,
      lost: sum.lost + held.lost,
      returnedToSender: sum.returnedToSender + held.returnedToSender,
    };
  }
  return sum;
}

/** The ledger after a shipment moved these parts. */
export function moved(ledger: Ledger, shipmentId: string, parts: readonly Part[], move: Move): Ledger {
  const next = new Map(ledger);
  for (const part of parts) {
    const key = scheduleKey(part);
    const after = move(heldBy(next, shipmentId, key), millionths(part.quantity));
    next.set(key, new Map(next.get(key)).set(shipmentId, after));
  }
  return next;
}

/**
 * What shipments give back, so that of each schedule they have no more than is said here by its key: of the newest shipment first,
 * and never what has left with it.
 */
export function beyondKept(ledger: Ledger, kept: ReadonlyMap<string, bigint>): Map<string, Part[]> {
  const parts = new Map<string, Part[]>();
  for (const [key, most] of kept) {
    const here = [...(ledger.get(key) ?? [])].reverse().map(([shipmentId, { allocated, shipped }]) => {
      return { shipmentId, quantity: quantity(allocated - shipped) };
    });
    for (const { shipmentId, quantity } of upTo(here, netAllocated(heldInAll(ledger, key)) - most)) {
      add(parts, shipmentId, { ...scheduleOf(key), quantity });
    }
  }
  return parts;
}

/** All that each shipment has of the order and has not taken along yet. */
export function unshipped(ledger: Ledger): Map<string, Part[]> {
  const parts = new Map<string, Part[]>();
  for (const [key, shipments] of ledger) {
    for (const [shipmentId, { allocated, shipped }] of shipments) {
      if (allocated > shipped) add(parts, shipmentId, { ...scheduleOf(key), quantity: quantity(allocated - shipped) });
    }
  }
  return parts;
}

const add = (parts: Map<string, Part[]>, shipmentId: string, part: Part) =>
  parts.set(shipmentId, [...(parts.get(shipmentId) ?? []), part]);

/** So many millionths in all, taken of one part after the other. */
export function upTo<Some extends Pick<Part, "quantity">>(parts: readonly Some[], units: bigint): Some[] {
  let left = units;
  return parts.flatMap((part) => {
    const taken = min(millionths(part.quantity), left);
    if (taken <= 0n) return [];
    left -= taken;
    return [{ ...part, quantity: quantity(taken) }];
  });
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
