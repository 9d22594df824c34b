// Stored versions of private events. Stored events are read for ever: versions are explicit, upcasts are pure.
import { Fault } from "../faults.js";

/** Lifts data of one stored version to the next. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

export interface Encoded {
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
}

export interface Codec<Event> {
  encode(event: Event): Encoded;
  /** Throws EVENT_UNREADABLE for an unknown type or a version newer than this code. */
  decode(encoded: Encoded): Event;
}

/** For each event type its newest version, and the upcast from each version before: `upcasts[0]` lifts 1 to 2. */
export type StoredVersions<Type extends string> = Readonly<
  Record<Type, { readonly version: number; readonly upcasts?: readonly Upcast[] }>
>;

/** A codec for events whose data is plain JSON beside their `type`. Exhaustive: a new event without a version does not compile. */
export function codecOf<Event extends { readonly type: string }>(
  versions: StoredVersions<Event["type"]>,
): Codec<Event> {
  const known = versions as StoredVersions<string>;
  return {
    encode({ type, ...data }) {
      return { type, version: known[type]!.version, data };
    },
    decode({ type, version, data }) {
      const newest = known[type];
      if (!newest || version > newest.version || version < 1) {
        throw new Fault("EVENT_UNREADABLE", `No reader for ${type} version ${version}.`, { type, version });
      }
      let lifted = data as Record<string, unknown>;
      for (let from = version; from < newest.version; from++) lifted = newest.upcasts![from - 1]!(lifted);
      return { type, ...lifted } as unknown as Event;
    },
  };
}
