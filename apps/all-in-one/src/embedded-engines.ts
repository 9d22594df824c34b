// The embedded default: every port on SQLite, in one folder, for one process.
import { join } from "node:path";
import { systemClock, type Clock, type Engines, type KeyStore } from "@gendan/eventing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { SqliteEventBus } from "@gendan/adapters/sqlite/event-bus";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { lockFolder, type FolderLock } from "@gendan/adapters/sqlite/folder-lock";
import { SqliteKeyStore } from "@gendan/adapters/sqlite/key-store";

const IN_MEMORY = ":memory:";

export interface EmbeddedEngines {
  readonly keys: KeyStore;
  /** The engines of one service; opened when first asked for. */
  of(service: string): Promise<Engines>;
  /** Tells other programs where this one answers. */
  publish(url: string): void;
  close(): Promise<void>;
}

/**
 * Opens the folder for this process, or a company that is gone when closed. Throws STORE_IN_USE, STORE_NOT_WRITABLE,
 * STORE_DAMAGED with one line that says what to do.
 */
export async function openEmbedded(
  where: { readonly directory: string } | "memory",
  clock: Clock = systemClock,
): Promise<EmbeddedEngines> {
  const inMemory = where === "memory";
  const path = (...names: string[]): string => (inMemory ? IN_MEMORY : join(where.directory, ...names));
  const lock: FolderLock | undefined = inMemory ? undefined : await lockFolder(where.directory);
  const closing: (() => Promise<void>)[] = [];
  const kept = <Engine extends { close(): Promise<void> }>(engine: Engine): Engine => {
    closing.push(() => engine.close());
    return engine;
  };
  const close = async (): Promise<void> => {
    for (const closeOne of closing.splice(0).reverse()) await closeOne();
    await lock?.release();
  };
  try {
    const bus = kept(await SqliteEventBus.open({ file: path("bus.db") }));
    const keys = kept(await SqliteKeyStore.open({ file: path("keys.db") }));
    return {
      keys,
      publish: (url) => lock?.publish({ url }),
      close,
      of: async (service) => ({
        bus,
        keys,
        clock,
        eventStore: kept(await SqliteEventStore.open({ file: path(service, "events.db") })),
        documents: kept(await SqliteDocumentStore.open({ directory: path(service, "documents") })),
        operational: kept(await SqliteDocumentStore.open({ directory: path(service, "operational") })),
      }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
