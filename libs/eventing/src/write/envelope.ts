// What comes with a command besides its content.
import type { Actor } from "../actor.js";
import type { Trace } from "../trace.js";

export interface Envelope extends Trace {
  /** Any string of 1 to 100 characters; a UUID of version 7 is best. The same command sent again carries the same one. */
  readonly commandId: string;
  readonly actor: Actor;
  /** Business time; absent: now. For a decision, whoever calls has checked the right to backdate. */
  readonly occurredAt?: string;
  readonly historical?: boolean;
  /**
   * Decided only while the aggregate is at this revision (-1: it has no events yet), else refused with REVISION_CHANGED. No part
   * of what is asked: a command that was accepted is replayed whatever it expects.
   */
  readonly expectedRevision?: number;
  /** The caller's scope tokens; absent for the system's own commands, which see everything. */
  readonly tokens?: readonly string[];
  /** What the body hash is made of, when the command carries more than the client's body (numbers, looked-up facts). */
  readonly body?: unknown;
  /** Reactions and deadlines: the public event that caused it. Bodies are then not compared on a retry. */
  readonly causedBy?: string;
}
