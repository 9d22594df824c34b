// Events for the suites.
import { newId, type NewEvent } from "@gendan/eventing";

/** An event with some data. */
export function newEvent(data: unknown = {}): NewEvent {
  const at = "2026-11-23T10:00:00.000Z";
  const meta = {
    commandId: newId(),
    bodyHash: "hash",
    actor: { kind: "person", id: "li" },
    occurredAt: at,
    recordedAt: at,
  } as const;
  return { id: newId(), type: "thing.done", version: 1, data, meta };
}

/** So many different events. */
export const events = (count: number): NewEvent[] => Array.from({ length: count }, (_, n) => newEvent({ n }));

/** What to compare when only identity and order matter. */
export const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);
