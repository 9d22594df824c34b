// Stored versions of quotation events.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { QuotationEvent } from "../domain/quotation/quotation.events.js";

export const quotationVersions: StoredVersions<QuotationEvent["type"]> = {
  "quotation.drafted": { version: 1 },
  "quotation.changed": { version: 1 },
  "quotation.sent": { version: 1 },
  "quotation.revised": { version: 1 },
  "quotation.accepted": { version: 1 },
  "quotation.declined": { version: 1 },
  "quotation.expired": { version: 1 },
};

export const quotationCodec = codecOf<QuotationEvent>(quotationVersions);
