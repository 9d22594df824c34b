// What the resolvers work with.
import type { Caller, Sealer } from "@gendan/security";
import type { Documents } from "@gendan/eventing";
import type { GendanContext } from "@gendan/service-kit";
import type { ShipmentWriting } from "../write/shipments.js";

export interface Logistics {
  readonly writing: ShipmentWriting;
  /** The projection "shipments". */
  readonly documents: Documents;
  readonly sealer: Sealer;
  readonly settled: (token: string, waitMs: number) => Promise<boolean>;
}

/** The token under which Nest injects it. */
export const LOGISTICS = Symbol("logistics");

export type Context = GendanContext<Caller>;
