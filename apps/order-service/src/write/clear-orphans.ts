// Bytes that nobody needs are cleared: uploaded and never filed, of attachments that were removed, of customers who were erased.
import type { BlobStore, Documents, KeyStore, StoredDocument } from "@gendan/eventing";

interface OrphanParts {
  readonly blobs: BlobStore;
  readonly documents: Pick<Documents, "byKey">;
  readonly keys: Pick<KeyStore, "find">;
}

/** What was put so short a time ago may be on its way to its order, or not yet in the documents. */
export const ORPHAN_AGE_MS = 24 * 3_600_000;
const AT_ONCE = 100;

type Needed = StoredDocument<{ readonly customerId: string }>;

/** How many were cleared. `now`: in milliseconds since 1970. */
export async function clearOrphans({ blobs, documents, keys }: OrphanParts, now: number): Promise<number> {
  let cleared = 0;
  const clear = async (old: readonly string[]): Promise<void> => {
    const needed = await documents.byKey<Needed["doc"]>("attachments", "blob", old, 1);
    for (const key of old) {
      const [row] = needed.get(key) ?? [];
      if (row && (await keys.find(row.doc.customerId)) !== "erased") continue;
      // Put again meanwhile, it is somebody's anew.
      const found = await blobs.find(key);
      if (!found || (!row && now - found.storedAt < ORPHAN_AGE_MS)) continue;
      await blobs.delete(key);
      cleared += 1;
    }
  };
  const old: string[] = [];
  for await (const { key, storedAt } of blobs.list()) {
    if (now - storedAt < ORPHAN_AGE_MS) continue;
    old.push(key);
    if (old.length === AT_ONCE) await clear(old.splice(0));
  }
  await clear(old);
  return cleared;
}
