// The key store port: one key per person, kept apart from everything that is sealed with it.
import type { Position } from "../event.js";

export interface PersonKey {
  /** The person (or the organisation's contact) that the sealed values are about. */
  readonly subject: string;
  readonly version: number;
  /** 32 bytes for AES-256-GCM. */
  readonly cipherKey: Uint8Array;
  /** 32 bytes for HMAC-SHA-256. */
  readonly macKey: Uint8Array;
}

export interface KeyStore {
  /** The subject's key, made when absent; durable before it is given. Throws KEY_STORE_UNAVAILABLE; "erased" stays erased. */
  obtain(subject: string): Promise<PersonKey | "erased">;
  /** The subject's key as it is, undefined where none was ever made; makes none. */
  find(subject: string): Promise<PersonKey | "erased" | undefined>;
  /** Keys of subjects that have one; the erased and the unknown are left out. */
  getMany(subjects: readonly string[]): Promise<ReadonlyMap<string, PersonKey>>;
  /** Destroys the subject's key and its tags for good, or notes that it shall never get one. True when there was one. */
  erase(subject: string, at: string): Promise<boolean>;
  /** How far the erasures of a service's log were applied to these keys, undefined where none were. Goes back with the keys. */
  erasedUpTo(log: string): Promise<Position | undefined>;
  /** Remembers it, in the place of what was remembered before. */
  noteErasedUpTo(log: string, position: Position): Promise<void>;
  /** Remembers an exact keyed hash (of a name, a phone) for the subject; deleted with its key, not kept without one. */
  tag(subject: string, tag: string): Promise<void>;
  /** Subjects that carry the tag, at most `limit`. */
  tagged(tag: string, limit: number): Promise<readonly string[]>;
  /** The installation's own secret (32 bytes) under a name, made when absent: keyed hashes, token signing. */
  secret(name: string): Promise<Uint8Array>;
  /**
   * Reads the master keys again and wraps everything by the first one that is not; how many were. Beside all other work.
   * Throws CONFIGURATION where there is no master key.
   */
  rotate(progress?: (done: number) => void): Promise<number>;
  close(): Promise<void>;
}
