// Stored versions of delegation events.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { DelegationEvent } from "../domain/delegation/delegation.events.js";

export const delegationVersions: StoredVersions<DelegationEvent["type"]> = {
  "delegation.given": { version: 1 },
  "delegation.revoked": { version: 1 },
};

export const delegationCodec = codecOf<DelegationEvent>(delegationVersions);
