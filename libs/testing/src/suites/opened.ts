// What the suites of ports are given: a store on fresh data, and a way to see what outlives closing it.

interface Closeable {
  close(): Promise<void>;
}

export interface Opened<Store> {
  readonly store: Store;
  /** Closes the store and opens the same data again. */
  reopen(): Promise<Store>;
  /** Closes what is open. */
  close(): Promise<void>;
}

/** Opens a store that `open` gives again, on the same data, whenever it is asked. */
export async function reopenable<Store extends Closeable>(open: () => Promise<Store>): Promise<Opened<Store>> {
  const store = await open();
  let current = store;
  return {
    store,
    async reopen() {
      await current.close();
      return (current = await open());
    },
    close: () => current.close(),
  };
}
