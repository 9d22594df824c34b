// Stored versions of receipt events.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { ReceiptEvent } from "../domain/receipt/receipt.events.js";

export const receiptVersions: StoredVersions<ReceiptEvent["type"]> = {
  "receipt.recorded": { version: 1 },
  "receipt.allocated": { version: 1 },
};

export const receiptCodec = codecOf<ReceiptEvent>(receiptVersions);
