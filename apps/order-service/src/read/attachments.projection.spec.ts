import { expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import type { AttachmentEvent } from "../domain/attachment/attachment.events.js";
import { CUSTOMER, li, ORDER } from "../domain/order/spec.js";
import { attachmentsProjection, foldAttachment, type AttachmentDocument } from "./attachments.projection.js";

const AT = "2026-03-02T08:00:00.000Z";
const file = (sha256: string) => ({
  name: { subject: CUSTOMER, keyVersion: 1, ciphertext: "c", mac: "m" },
  ...{ mediaType: "application/pdf", size: 7, sha256, blob: `${ORDER}/${sha256}.pdf` },
});
const filed = (version: number, sha256: string): AttachmentEvent => ({
  ...{ type: "attachment.filed", orderId: ORDER, customerId: CUSTOMER, version, file: file(sha256) },
});
const folded = (...events: AttachmentEvent[]) =>
  events.reduce<AttachmentDocument | undefined>(
    (doc, event) =>
      foldAttachment(doc, event, { event, meta: { actor: li, occurredAt: AT } } as Happened<AttachmentEvent>),
    undefined,
  )!;
const [{ collection }] = attachmentsProjection.documents as unknown as [
  { collection: { keys: Record<string, (doc: AttachmentDocument) => string[]> } },
];
const keysOf = (doc: AttachmentDocument) =>
  Object.fromEntries(Object.entries(collection.keys).map(([key, of]) => [key, of(doc)]));

test("versions are kept, each with who filed it, and are found by their order and their bytes", () => {
  const doc = folded(filed(1, "a"), filed(2, "b"), filed(3, "a"));
  expect(doc.versions.map(({ version, sha256, filedAt, filedBy }) => [version, sha256, filedAt, filedBy])).toEqual([
    [1, "a", AT, li],
    [2, "b", AT, li],
    [3, "a", AT, li],
  ]);
  expect(keysOf(doc)).toEqual({ order: [ORDER], customer: [CUSTOMER], blob: [`${ORDER}/a.pdf`, `${ORDER}/b.pdf`] });
});

test("what was removed is its customer's still, and nobody needs its bytes", () => {
  const doc = folded(filed(1, "a"), { type: "attachment.removed", orderId: ORDER });
  expect(doc.removed).toEqual({ at: AT, by: li });
  expect(keysOf(doc)).toEqual({ order: [], customer: [CUSTOMER], blob: [] });
});
