// Stored versions of the events of references' slots.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { ReferenceEvent } from "../domain/reference/reference.events.js";

export const referenceVersions: StoredVersions<ReferenceEvent["type"]> = {
  "reference.taken": { version: 1 },
  "reference.released": { version: 1 },
};

export const referenceCodec = codecOf<ReferenceEvent>(referenceVersions);
