// Stored versions of credit events.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { CreditEvent } from "../domain/credit/credit.events.js";

export const creditVersions: StoredVersions<CreditEvent["type"]> = {
  "credit.limit.set": { version: 1 },
  "credit.order.followed": { version: 1 },
  "credit.exceeded": { version: 1 },
  "credit.recovered": { version: 1 },
};

export const creditCodec = codecOf<CreditEvent>(creditVersions);
