// The fingerprint of a command's body, by which a retry is told from another command under the same id.
import { createHash } from "node:crypto";
import { isSealed } from "../values/sealed.js";

/** JSON with sorted keys; undefined members are left out, and sealed values count by subject and mac, since each sealing differs. */
export function canonical(value: unknown): string {
  if (typeof value === "bigint") return `"${value}"`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isSealed(value)) return canonical([value.subject, value.mac]);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}

/** SHA-256 of the canonical body, base64url. */
export const bodyHash = (body: unknown): string => createHash("sha256").update(canonical(body)).digest("base64url");
