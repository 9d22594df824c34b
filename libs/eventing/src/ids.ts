// Identifiers: random ones that sort by time of making, and derived ones that come out the same on every retry.
import { createHash, randomFillSync } from "node:crypto";

/** Namespace of all ids derived here (a random UUID, fixed for ever: derived ids must not change). */
const NAMESPACE = Buffer.from("6f1c2f0a8d8b4a53b0f6c8d7e4a1937e", "hex");

const hex = (bytes: Buffer): string => {
  const text = bytes.toString("hex", 0, 16);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
};

const stamp = (bytes: Buffer, version: number): Buffer => {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
};

const digest = (parts: readonly string[]): Buffer =>
  createHash("sha1").update(NAMESPACE).update(parts.join("\u0000")).digest();

/** UUID version 5 (RFC 9562, 5.5) over the parts, in this system's namespace: the same parts, the same id. */
export const uuidFrom = (...parts: string[]): string => hex(stamp(digest(parts), 5));

const pool = Buffer.alloc(16 * 256);
let used = pool.length;

/** UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds since 1970, the rest random. Never sort by it. */
export function newId(now: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, (used += 16));
  bytes.writeUIntBE(now, 0, 6);
  return hex(stamp(bytes, 7));
}

const isVersion7 = (id: string): boolean => id.length === 36 && id[14] === "7";

/**
 * The id of what a command creates, from (type, commandId). A version-7 command id lends its 48 bits of time (as UUID
 * version 8), so that neighbours in time stay neighbours in the store's indexes; any other gives a version 5.
 */
export function derivedId(type: string, commandId: string): string {
  if (!isVersion7(commandId)) return uuidFrom(type, commandId);
  const bytes = stamp(digest([type, commandId]), 8);
  bytes.write(commandId.slice(0, 8) + commandId.slice(9, 13), 0, 6, "hex");
  return hex(bytes);
}

/** True for a UUID of RFC 9562 (versions 1 to 8) in its canonical lower-case form: what contracts take as an id. */
export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
