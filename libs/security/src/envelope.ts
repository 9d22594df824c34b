// Who sends a command, and for when: the rights that lie in the envelope and not in what is asked.
import { traceOf, type Envelope, type Trace } from "@gendan/eventing";
import { actorOf, may, type Caller } from "./caller.js";

/** Who sends it, within which request. */
export interface Sent extends Trace {
  readonly caller: Caller;
  /** Where they expect what the command is for. */
  readonly expectedRevision?: number;
}

/** What every input carries. */
export interface Meant {
  readonly commandId: string;
  readonly occurredAt?: string | undefined;
  readonly historical?: boolean | undefined;
}

/** Found before there is a command. */
export interface BackdateRefusal {
  readonly code: "BACKDATE_RIGHT_NEEDED";
  readonly field: "occurredAt" | "historical";
}

/**
 * The envelope; or why the caller may not tell of the past. When something was seen belongs to every report; that a decision
 * was taken earlier, or that it is history, which arms no timers, only holders of the right may say.
 */
export function envelopeOf(
  sent: Sent,
  { commandId, occurredAt, historical = false }: Meant,
  kind: "decision" | "fact",
): Envelope | BackdateRefusal {
  const { caller, expectedRevision } = sent;
  if (!may(caller, "backdate")) {
    if (historical) return { code: "BACKDATE_RIGHT_NEEDED", field: "historical" };
    if (kind === "decision" && occurredAt !== undefined) return { code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" };
  }
  return {
    commandId,
    actor: actorOf(caller),
    tokens: caller.tokens,
    ...traceOf(sent),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(historical ? { historical } : {}),
  };
}
