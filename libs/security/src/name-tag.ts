// Finding sealed names: an exact keyed hash, so that the store can look a name up without knowing any.
import { createHmac } from "node:crypto";

/**
 * The tag of a text under the installation's secret, the same for every way of writing it that a person would call the
 * same (width, case, spaces). `kind` keeps names apart from phones. Tags are deleted with the person's key.
 */
export const nameTag = (secret: Uint8Array, kind: string, text: string): string =>
  createHmac("sha256", secret)
    .update(`${kind}\u0000${normalised(text)}`)
    .digest("base64url");

const normalised = (text: string): string => text.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");
