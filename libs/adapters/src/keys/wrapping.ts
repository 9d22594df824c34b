// Master keys: what is secret in a key store is wrapped by one of them before it is stored, so that a copy of the store opens nothing.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { Fault } from "@gendan/eventing";

/** Gives the master keys of 32 bytes: the first one wraps, all of them open. Asked again when an unknown one is met. */
export type MasterKeys = () => readonly Uint8Array[];

const CIPHER = "aes-256-gcm";
const FORMAT = 1;
const ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + ID_BYTES;
const ADDED_BYTES = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;

/** Which key it is, without telling it: the beginning of its SHA-256, in hex. */
export const masterKeyId = (key: Uint8Array): string =>
  createHash("sha256")
    .update("gendan master key\0")
    .update(key)
    .digest("hex")
    .slice(0, 2 * ID_BYTES);

/** Wraps and opens what a store keeps. Without master keys it is kept as it is. All that is wrapped has one length more. */
export class Wrapping {
  private keys: ReadonlyMap<string, Uint8Array> = new Map();
  private current: string | undefined;

  /** `read` absent: nothing is wrapped. */
  constructor(private readonly read?: MasterKeys) {
    this.readAgain();
  }

  /** The id of the key that wraps now, undefined where nothing is wrapped. */
  get currentId(): string | undefined {
    return this.current;
  }

  /** Takes the keys as they are given now. */
  readAgain(): void {
    const keys = this.read?.() ?? [];
    this.keys = new Map(keys.map((key) => [masterKeyId(key), key]));
    this.current = this.keys.keys().next().value;
  }

  /** Throws CONFIGURATION, one line that says what to do, where something is wrapped by a key that is not given. */
  demand(ids: readonly string[]): void {
    for (const id of ids) this.keyOf(id);
  }

  /** `owner` is whose it is: moved to another row it does not open. */
  wrap(owner: string, plain: Uint8Array): Uint8Array {
    if (this.current === undefined) return plain;
    const head = Buffer.concat([Buffer.of(FORMAT), Buffer.from(this.current, "hex")]);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys.get(this.current)!, nonce).setAAD(bindingOf(head, owner));
    return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** What was wrapped, or what was stored before there was a master key; `length` is the plain one's. Throws CONFIGURATION, STORE_DAMAGED. */
  open(owner: string, stored: Uint8Array, length: number): Uint8Array {
    const id = wrapperOf(stored, length);
    if (id === undefined) return stored;
    const bytes = Buffer.from(stored);
    const key = this.keyOf(id);
    const [head, end] = [bytes.subarray(0, HEAD_BYTES), bytes.length - TAG_BYTES];
    const nonce = bytes.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(bindingOf(head, owner)).setAuthTag(bytes.subarray(end));
      return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES + NONCE_BYTES, end)), decipher.final()]);
    } catch (cause) {
      const reason = `What the key store keeps for ${owner} does not open: restore the key store from its backup.`;
      throw new Fault("STORE_DAMAGED", reason, { owner }, { cause });
    }
  }

  private keyOf(id: string): Uint8Array {
    if (!this.keys.has(id)) this.readAgain();
    const key = this.keys.get(id);
    if (key) return key;
    const given = this.keys.size === 0 ? "none is given" : `given are ${[...this.keys.keys()].join(", ")}`;
    throw new Fault(
      "CONFIGURATION",
      `The keys of persons are wrapped by the master key ${id}, and ${given}: name it in GENDAN_MASTER_KEY or GENDAN_MASTER_KEY_FILE.`,
      { wrappedBy: id, given: [...this.keys.keys()] },
    );
  }
}

/** Nothing to wrap by. */
export const noMasterKey = (): Fault =>
  new Fault("CONFIGURATION", "There is no master key: name one in GENDAN_MASTER_KEY or GENDAN_MASTER_KEY_FILE.");

/** Which master key wrapped it, undefined for what is plain. Throws STORE_DAMAGED for what is neither. */
export function wrapperOf(stored: Uint8Array, length: number): string | undefined {
  if (stored.length === length) return undefined;
  if (stored.length === length + ADDED_BYTES && stored[0] === FORMAT)
    return Buffer.from(stored.subarray(1, HEAD_BYTES)).toString("hex");
  throw new Fault("STORE_DAMAGED", "The key store keeps a key of a form that is none: restore it from its backup.");
}

const bindingOf = (head: Uint8Array, owner: string): Buffer => Buffer.concat([head, Buffer.from(owner)]);
