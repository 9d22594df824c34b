// What can have happened to a person's wish to be forgotten, the same for customers and contacts. It lies in their own stream.
import type { Actor } from "@gendan/eventing";

/** Who can be erased: whoever has a key of their own. */
export type Erasable = "customer" | "contact";

export type ErasureEvent<Of extends Erasable> = ErasureRequested<Of> | ErasureWithdrawn<Of> | Erased<Of>;

/** Somebody asks for it; nothing is erased yet. */
export interface ErasureRequested<Of extends Erasable> {
  readonly type: `${Of}.erasure.requested`;
  /** A short code, such as on-request: words about the person would be erased with the person. */
  readonly reason: string;
  readonly requestedBy: Actor;
}

export interface ErasureWithdrawn<Of extends Erasable> {
  readonly type: `${Of}.erasure.withdrawn`;
  readonly withdrawnBy: Actor;
}

/** Another person has carried it out: with this event the person's key ends. */
export interface Erased<Of extends Erasable> {
  readonly type: `${Of}.erased`;
  readonly reason: string;
  readonly requestedBy: Actor;
  readonly erasedBy: Actor;
}
