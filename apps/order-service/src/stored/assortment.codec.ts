// Stored versions of the events of customers' assortments.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { AssortmentEvent } from "../domain/assortment/assortment.events.js";

export const assortmentVersions: StoredVersions<AssortmentEvent["type"]> = {
  "assortment.extended": { version: 1 },
};

export const assortmentCodec = codecOf<AssortmentEvent>(assortmentVersions);
