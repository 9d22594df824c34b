// Faults: what went wrong that no caller could have avoided by asking differently. Refusals are values, faults are thrown.

/** Codes are API: they are added, never renamed. */
export type FaultCode =
  | "REVISION_CONFLICT"
  | "CONFLICT_UNRESOLVED"
  | "COMMAND_ID_REUSED"
  | "EVENT_STORE_UNAVAILABLE"
  | "EVENT_BUS_UNAVAILABLE"
  | "DOCUMENT_STORE_UNAVAILABLE"
  | "KEY_STORE_UNAVAILABLE"
  | "BLOB_STORE_UNAVAILABLE"
  | "CHECKPOINT_LOST"
  | "STORE_DAMAGED"
  | "STORE_IN_USE"
  | "STORE_NOT_WRITABLE"
  | "STORE_REFUSED"
  | "TOO_BROAD"
  | "READ_BEHIND"
  | "EVENT_UNREADABLE"
  | "REACTION_REFUSED"
  | "INVALID_CURSOR"
  | "RESYNC"
  | "SLOW_READER"
  | "BAD_USER_INPUT"
  | "NOT_FOUND"
  | "UNAUTHENTICATED"
  | "IDENTITY_PROVIDER_UNAVAILABLE"
  | "AUDIT_UNAVAILABLE"
  | "FORBIDDEN"
  | "FIELD_MASKED"
  | "DEPARTMENT_UNKNOWN"
  | "SUBJECT_ERASED"
  | "SEALED_VALUE_DAMAGED"
  | "CONFIGURATION"
  | "PORT_IN_USE"
  | "OVERLOADED"
  | "CLOSED";

/** A fault with a stable code, a line that names it, and what else a program may want to know. */
export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "Fault";
  }
}

/** Another writer was first: `actual` is the stream's revision now ("none" when the stream is empty). */
export class RevisionConflict extends Fault {
  constructor(
    readonly stream: string,
    readonly actual: number | "none",
  ) {
    super("REVISION_CONFLICT", `Stream ${stream} is at revision ${actual}.`, { stream, actual });
  }
}

export const isFault = (error: unknown, ...codes: readonly FaultCode[]): error is Fault =>
  error instanceof Fault && (codes.length === 0 || codes.includes(error.code));

/** What to call an error where only codes are told: a fault's, or INTERNAL for a defect. */
export const faultCode = (error: unknown): FaultCode | "INTERNAL" => (error instanceof Fault ? error.code : "INTERNAL");
