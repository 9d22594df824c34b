// Stored versions of receipt events.
import { codecOf } from "@gendan/eventing";
import type { ReceiptEvent } from "../domain/receipt/receipt.events.js";

export const receiptCodec = codecOf<ReceiptEvent>({
  "receipt.recorded": { version: 1 },
  "receipt.allocated": { version: 1 },
});
