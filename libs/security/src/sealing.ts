// Sealing: personal values encrypted under the key of the person they are about. Destroying the key erases them everywhere.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { noAudit, type Audit } from "./audit/audit-stream.js";
import type { ValuesOpened } from "./audit/entry.js";
import { Fault, isFault, keysWithDryRuns, type KeyStore, type PersonKey, type Sealed } from "@gendan/eventing";

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

/** For whom values are opened, and on which occasion: a request's context is one. */
export interface Opener {
  readonly caller: { readonly user: string; readonly roles?: readonly string[] };
  readonly correlation: string;
  readonly operation: string;
}

/** Seals and opens personal values. Throws KEY_STORE_UNAVAILABLE where the key store is away. */
export class Sealer {
  private readonly keys: KeyStore;

  constructor(
    keys: KeyStore,
    private readonly audit: Audit = noAudit,
  ) {
    this.keys = keysWithDryRuns(keys);
  }

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

  /**
   * The texts, in order; null for those of persons who were erased. Whose values they were is in the audit before they are given.
   * Throws SEALED_VALUE_DAMAGED, AUDIT_UNAVAILABLE.
   */
  async open(values: readonly SealedField[], opener: Opener): Promise<(string | null)[]> {
    if (values.length === 0) return [];
    const keys = await this.keys.getMany([...new Set(values.map(({ sealed }) => sealed.subject))]);
    const texts = values.map(({ field, sealed }) => {
      const key = keys.get(sealed.subject);
      return key?.version === sealed.keyVersion ? openUnder(key, field, sealed) : null;
    });
    const opened = openedOf(values.filter((_, index) => texts[index] !== null));
    if (opened.length > 0) {
      const { caller, correlation, operation } = opener;
      const { user, roles = [] } = caller;
      await this.audit.tell({ kind: "opened", user, roles, correlation, operation, opened });
    }
    return texts;
  }

  private async keyOf(subject: string): Promise<PersonKey> {
    const key = await this.keys.obtain(subject);
    if (key === "erased") throw new Fault("SUBJECT_ERASED", "This person's data was erased for good.", { subject });
    return key;
  }
}

/** Whose fields they are: subjects of whom the same fields were opened stand together. */
function openedOf(values: readonly SealedField[]): ValuesOpened["opened"] {
  const fields = new Map<string, Set<string>>();
  for (const { field, sealed } of values) {
    const known = fields.get(sealed.subject);
    if (known) known.add(field);
    else fields.set(sealed.subject, new Set([field]));
  }
  const subjects = Map.groupBy(fields, ([, own]) => JSON.stringify([...own].sort()));
  return [...subjects].map(([own, of]) => ({
    fields: JSON.parse(own) as string[],
    subjects: of.map(([subject]) => subject),
  }));
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
