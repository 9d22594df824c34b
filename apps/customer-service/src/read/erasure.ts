// What people see of a person's erasure, on the customer or the contact.
import { personBehind, type HappenedMeta } from "@gendan/eventing";
import type { Erasable, ErasureEvent } from "../domain/erasure/erasure.events.js";

export interface ErasureDoc {
  readonly state: "requested" | "erased";
  readonly reason: string;
  readonly requestedBy?: string | undefined;
  readonly requestedAt: string;
  readonly erasedBy?: string;
  readonly erasedAt?: string;
}

/** The document after one of these events. Its sealed values stay in it: without their key they open as null. */
export function foldErasure<Doc extends { readonly erasure?: ErasureDoc }>(
  { erasure, ...others }: Doc,
  event: ErasureEvent<Erasable>,
  { occurredAt, actor }: HappenedMeta,
): Doc {
  switch (event.type) {
    case "customer.erasure.requested":
    case "contact.erasure.requested": {
      const requestedBy = personBehind(event.requestedBy);
      const asked: ErasureDoc = { state: "requested", reason: event.reason, requestedBy, requestedAt: occurredAt };
      return { ...others, erasure: asked } as unknown as Doc;
    }
    case "customer.erasure.withdrawn":
    case "contact.erasure.withdrawn":
      return others as unknown as Doc;
    case "customer.erased":
    case "contact.erased": {
      const erasedBy = personBehind(actor);
      const done = { ...erasure, state: "erased", erasedBy, erasedAt: occurredAt };
      return { ...others, erasure: done } as unknown as Doc;
    }
  }
}
