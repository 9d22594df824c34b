// What became of a command.

/** Why not, when the reason lies in the command's envelope and not in the aggregate's rules. Codes are API. */
export type EnvelopeRefusal =
  | { readonly code: "NOT_FOUND"; readonly id: string }
  | { readonly code: "OCCURRED_IN_FUTURE"; readonly occurredAt: string; readonly now: string }
  | { readonly code: "COMMAND_ID_REUSED"; readonly commandId: string }
  | RevisionChanged;

/** The aggregate is not where the command expects it; revisions as they are told, "-1" where there is nothing yet. */
export interface RevisionChanged {
  readonly code: "REVISION_CHANGED";
  readonly field: "expectedRevision";
  readonly expected: string;
  readonly actual: string;
}

export interface Done<State> {
  /** accepted: appended now; replayed: this command had been appended before; unchanged: it changes nothing. */
  readonly status: "accepted" | "replayed" | "unchanged";
  readonly id: string;
  /** The revision of the command's last event (for "unchanged" the stream's; -1 for a stream without events). */
  readonly revision: number;
  /** The state now, at or after that revision. */
  readonly state: State;
  /** Asks services whether they have applied this: `<topic>/<aggregate id>:<last public sequence>`, `<aggregate id>:-1` when nothing was told. */
  readonly settleToken: string;
}

export type Outcome<State, Refusal> =
  | Done<State>
  | {
      readonly status: "refused";
      readonly id: string;
      readonly refusals: readonly [Refusal | EnvelopeRefusal, ...(Refusal | EnvelopeRefusal)[]];
    };
