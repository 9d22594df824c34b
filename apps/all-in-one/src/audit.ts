// The audit stream of a service's process: which one it is, and what is told of to it.
import { join } from "node:path";
import { lockFolder, type FolderLock } from "@gendan/adapters/sqlite/folder-lock";
import { isFault, type KeyStore } from "@gendan/eventing";
import { auditKeyOf, AuditStream, noAudit, type Audit, type Head } from "@gendan/security";
import type { Log, TellRefused } from "@gendan/service-kit";

/** Below the data folder: a folder for each stream, and their heads. */
export const auditFolder = (directory: string): string => join(directory, "audit");

/** What the key that signs heads follows from. */
export const auditSecret = (keys: KeyStore): Promise<Uint8Array> => keys.secret("audit");

export interface OpenAudit {
  readonly audit: Audit;
  readonly tellRefused: TellRefused;
  /** Signs where the stream ends; undefined for one that is not kept. */
  signHead(): Promise<Head | undefined>;
  close(): Promise<void>;
}

export interface AuditOptions {
  readonly where: { readonly directory: string } | "memory";
  readonly keys: KeyStore;
  readonly log: Log;
}

/** Opens the first stream of the service that no other process writes: order-1, order-2, … */
export async function openAudit(service: string, { where, keys, log }: AuditOptions): Promise<OpenAudit> {
  if (where === "memory")
    return { ...telling(noAudit), signHead: () => Promise.resolve(undefined), close: () => Promise.resolve() };
  const folder = auditFolder(where.directory);
  const { stream, lock } = await ownStream(folder, service);
  try {
    const opened = await AuditStream.open({
      folder,
      stream,
      service,
      key: auditKeyOf(await auditSecret(keys)),
      report: (err) => log.error({ stream, err }, "the audit could not be secured"),
    });
    const close = async (): Promise<void> => {
      await opened.close().catch((err: unknown) => log.error({ stream, err }, "the audit could not be secured"));
      await lock.release();
    };
    return { ...telling(opened), signHead: () => opened.signHead(), close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const telling = (audit: Audit): Pick<OpenAudit, "audit" | "tellRefused"> => ({
  audit,
  tellRefused: ({ caller: { user, roles = [] }, ...refused }) =>
    audit.tell({ kind: "refused", user, roles, ...refused }),
});

async function ownStream(
  folder: string,
  service: string,
): Promise<{ readonly stream: string; readonly lock: FolderLock }> {
  for (let number = 1; ; number++) {
    const stream = `${service}-${number}`;
    try {
      return { stream, lock: await lockFolder(join(folder, stream)) };
    } catch (error) {
      if (!isFault(error, "STORE_IN_USE")) throw error;
    }
  }
}
