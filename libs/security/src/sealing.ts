// Sealing: personal values encrypted under the key of the person they are about. Destroying the key erases them everywhere.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { Fault, isFault, type KeyStore, type PersonKey, type Sealed } from "@gendan/eventing";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value and the field it was sealed for: it opens in no other one. */
export interface SealedField {
  readonly field: string;
  readonly sealed: Sealed;
}

/** What would be sealed is about somebody who was erased: found before there is a command. */
export interface ErasedRefusal {
  readonly code: "SUBJECT_ERASED";
  readonly subject: string;
}

/** What the work gives; or, where it had to seal something for a person who was erased, that it is refused. */
export async function unlessErased<Result>(work: () => Promise<Result>): Promise<Result | ErasedRefusal> {
  try {
    return await work();
  } catch (error) {
    if (!isFault(error, "SUBJECT_ERASED")) throw error;
    return { code: "SUBJECT_ERASED", subject: String(error.details["subject"]) };
  }
}

/** Seals and opens personal values. Throws KEY_STORE_UNAVAILABLE where the key store is away. */
export class Sealer {
  constructor(private readonly keys: KeyStore) {}

  /** Seals one value. The subject's key is durable before this resolves. Throws SUBJECT_ERASED. */
  async seal(subject: string, field: string, plaintext: string): Promise<Sealed> {
    return sealUnder(await this.keyOf(subject), field, plaintext);
  }

  /** Seals every text of the record as the field it stands under; what is undefined stays so. */
  async sealAll<Values extends Readonly<Record<string, string | undefined>>>(
    subject: string,
    values: Values,
  ): Promise<{ readonly [Field in keyof Values]: Sealed | Extract<Values[Field], undefined> }> {
    const key = await this.keyOf(subject);
    const sealed = Object.entries(values).map(
      ([field, text]) => [field, text === undefined ? undefined : sealUnder(key, field, text)] as const,
    );
    return Object.fromEntries(sealed) as { [Field in keyof Values]: Sealed | Extract<Values[Field], undefined> };
  }

  /** The texts, in order; null for those of persons who were erased. Throws SEALED_VALUE_DAMAGED. */
  async open(values: readonly SealedField[]): Promise<(string | null)[]> {
    if (values.length === 0) return [];
    const keys = await this.keys.getMany([...new Set(values.map(({ sealed }) => sealed.subject))]);
    return values.map(({ field, sealed }) => {
      const key = keys.get(sealed.subject);
      return key?.version === sealed.keyVersion ? openUnder(key, field, sealed) : null;
    });
  }

  private async keyOf(subject: string): Promise<PersonKey> {
    const key = await this.keys.obtain(subject);
    if (key === "erased") throw new Fault("SUBJECT_ERASED", "This person's data was erased for good.", { subject });
    return key;
  }
}

/** What a value is bound to: moved to another person or field, it does not open. */
const bindingOf = (subject: string, field: string): Buffer => Buffer.from(`${subject}\u0000${field}`);

function sealUnder({ subject, version, cipherKey, macKey }: PersonKey, field: string, plaintext: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, cipherKey, nonce).setAAD(bindingOf(subject, field));
  const text = [nonce, cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()];
  return {
    subject,
    keyVersion: version,
    ciphertext: Buffer.concat(text).toString("base64"),
    mac: createHmac("sha256", macKey).update(`${field}\u0000${plaintext}`).digest("base64url"),
  };
}

function openUnder({ cipherKey }: PersonKey, field: string, { subject, ciphertext }: Sealed): string {
  const bytes = Buffer.from(ciphertext, "base64");
  const end = bytes.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, cipherKey, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(bindingOf(subject, field)).setAuthTag(bytes.subarray(end));
    return decipher.update(bytes.subarray(NONCE_BYTES, end), undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new Fault("SEALED_VALUE_DAMAGED", `A sealed ${field} does not open.`, { subject, field }, { cause });
  }
}
