// What the resolvers work with, and how a request's caller becomes a command's envelope.
import { actorOf, may, type Caller, type Sealer } from "@gendan/security";
import type { Documents, Envelope } from "@gendan/eventing";
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

/** What every command's input says besides its content. */
export interface EnvelopeInput {
  readonly commandId: string;
  readonly occurredAt?: string;
  readonly historical?: boolean;
}

/** Found before there is a command. */
export interface BackdateRefusal {
  readonly code: "BACKDATE_RIGHT_NEEDED";
  readonly field: string;
}

/**
 * The envelope; or why the caller may not tell of the past. When something was seen belongs to every report; that a decision
 * was taken earlier, or that it is history, which arms no timers, only holders of the right may say.
 */
export function envelopeOf(
  { commandId, occurredAt, historical }: EnvelopeInput,
  kind: "decision" | "fact",
  { caller }: Pick<Context, "caller">,
): Envelope | BackdateRefusal {
  if (!may(caller, "backdate")) {
    if (historical) return { code: "BACKDATE_RIGHT_NEEDED", field: "historical" };
    if (kind === "decision" && occurredAt !== undefined) return { code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" };
  }
  return {
    commandId,
    actor: actorOf(caller),
    tokens: caller.tokens,
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(historical ? { historical } : {}),
  };
}
