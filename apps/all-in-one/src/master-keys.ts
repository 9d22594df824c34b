// The master keys that the variables name: what wraps the keys of persons where they are stored.
import { readFileSync } from "node:fs";
import type { MasterKeys } from "@gendan/adapters/keys/wrapping";
import { Fault } from "@gendan/eventing";
import { ConfigFault, type BaseConfig } from "@gendan/service-kit";

const KEY_BYTES = 32;
/** 32 bytes in base64, as `openssl rand -base64 32` prints them. */
const KEY = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Undefined where none is named. A file is read again whenever the key store asks, so that a key can be added to it beside
 * running processes. Throws CONFIGURATION, now or when asked, with one line that repeats no key.
 */
export function masterKeysOf({
  masterKey,
  masterKeyFile,
}: Pick<BaseConfig, "masterKey" | "masterKeyFile">): MasterKeys | undefined {
  if (masterKey !== undefined && masterKeyFile !== undefined) {
    throw new ConfigFault(["GENDAN_MASTER_KEY and GENDAN_MASTER_KEY_FILE are both set, accepted: one of them"]);
  }
  if (masterKey !== undefined) {
    const keys = parsed(masterKey, "GENDAN_MASTER_KEY");
    return () => keys;
  }
  return masterKeyFile === undefined ? undefined : () => parsed(contentOf(masterKeyFile), masterKeyFile);
}

function parsed(text: string, where: string): readonly Uint8Array[] {
  const lines = text.split(/[\n,]/).map((line) => line.trim());
  const keys = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (keys.length > 0 && keys.every((key) => KEY.test(key))) return keys.map((key) => Buffer.from(key, "base64"));
  const form = `${KEY_BYTES} bytes in base64 (openssl rand -base64 ${KEY_BYTES}), the one that wraps first`;
  throw new Fault("CONFIGURATION", `${where} has no master keys of the form that is needed: each is ${form}.`);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new Fault("CONFIGURATION", `GENDAN_MASTER_KEY_FILE cannot be read: ${reason}.`, {}, { cause });
  }
}
