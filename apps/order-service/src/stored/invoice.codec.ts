// Stored versions of invoice events.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { InvoiceEvent } from "../domain/invoice/invoice.events.js";

export const invoiceVersions: StoredVersions<InvoiceEvent["type"]> = {
  "invoice.opened": { version: 1 },
  "invoice.settled": { version: 1 },
  "invoice.disputed": { version: 1 },
  "invoice.dispute.resolved": { version: 1 },
  "invoice.payment.promised": { version: 1 },
  "invoice.dunned": { version: 1 },
  "invoice.scope.followed": { version: 1 },
};

export const invoiceCodec = codecOf<InvoiceEvent>(invoiceVersions);
