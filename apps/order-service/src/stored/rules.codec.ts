// Stored versions of the events of rules.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { RulesEvent } from "../domain/rules/rules.events.js";

export const rulesVersions: StoredVersions<RulesEvent["type"]> = { "rules.set": { version: 1 } };

export const rulesCodec = codecOf<RulesEvent>(rulesVersions);
