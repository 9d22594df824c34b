// What can happen to the holds of an order: several at once, of one type also several, each with its own source.
import type { Sealed } from "@gendan/eventing";

export const HOLD_TYPES = [
  "credit",
  "quality",
  "stock",
  "customer",
  "compliance",
  "payment",
  "overdue",
  "price",
  "approval",
] as const;
export type HoldType = (typeof HOLD_TYPES)[number];

/** What a hold can block. */
export const BLOCKABLES = ["dispatch", "production", "invoice"] as const;
export type Blockable = (typeof BLOCKABLES)[number];

/** The types of hold that block each of them now. */
export type Blocked = Readonly<Record<Blockable, readonly HoldType[]>>;

/** One hold, found by its id. */
export interface Hold {
  /** The type alone where it has no source: there is one such hold of each type. */
  readonly holdId: string;
  readonly hold: HoldType;
  /** What it is about: a lot, a rule, an invoice. One hold of each type and source. */
  readonly source?: string;
  /** A short code. */
  readonly reason?: string;
  readonly blocks: readonly Blockable[];
  /** When it ends by itself. */
  readonly expiresAt?: string;
}

/** Where the order stands from now on. */
interface Standing {
  /** The types of all that it is under, each once. */
  readonly holds: readonly HoldType[];
  readonly blocked: Blocked;
}

export interface HoldPlaced extends Hold, Standing {
  readonly type: "order.hold.placed";
  /** The version of the rules of holds that it was placed under. */
  readonly rules?: number;
  readonly note?: Sealed;
}

export interface HoldReleased extends Standing {
  readonly type: "order.hold.released";
  readonly holdId: string;
  readonly hold: HoldType;
  /** Its time was over. */
  readonly expired?: true;
  readonly rules?: number;
  readonly note?: Sealed;
}

export type HoldEvent = HoldPlaced | HoldReleased;
