// Stored versions of account events.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { AccountEvent } from "../domain/account/account.events.js";

export const accountVersions: StoredVersions<AccountEvent["type"]> = {
  "account.posted": { version: 1 },
  "account.statement.confirmed": { version: 1 },
};

export const accountCodec = codecOf<AccountEvent>(accountVersions);
