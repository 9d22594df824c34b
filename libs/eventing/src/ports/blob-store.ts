// The blob store port: files as they came, each under a key, beside the log. What they are and whose is said by events.

export interface BlobSource {
  readonly size: number;
  /** Of the bytes, in hexadecimal: what arrives differently is not kept. */
  readonly sha256: string;
  /** The bytes from the beginning, each time that it is called. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface BlobInfo {
  readonly size: number;
  /** When it was put there last, in milliseconds since 1970. */
  readonly storedAt: number;
}

/** Keys are two to four names with "/" between them, of letters, digits, ".", "-" and "_", none beginning with a dot. */
export interface BlobStore {
  /**
   * Keeps the bytes, whole or not at all; durable before it resolves. Under a key that has bytes they stay as they are and count as
   * stored now. Throws STORE_REFUSED where size or hash differ, BLOB_STORE_UNAVAILABLE.
   */
  put(key: string, source: BlobSource): Promise<void>;
  find(key: string): Promise<BlobInfo | undefined>;
  /** The bytes, undefined where there are none under the key. */
  open(key: string): Promise<{ readonly size: number; readonly bytes: AsyncIterable<Uint8Array> } | undefined>;
  /** Nothing is under the key from then on, whether or not something was. */
  delete(key: string): Promise<void>;
  /** Everything, in any order; what is put or deleted meanwhile may be among it or not. */
  list(): AsyncIterable<BlobInfo & { readonly key: string }>;
  close(): Promise<void>;
}

const NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}";
const KEY = new RegExp(`^${NAME}(/${NAME}){1,3}$`);

/** Whether it is one that every store takes. */
export const isBlobKey = (key: string): boolean => KEY.test(key);
