// The form of a sealed personal value: opaque here; libs/security seals and opens.

/** Encrypted under the key of the person it is about; equal texts about one person have equal macs. */
export interface Sealed {
  readonly subject: string;
  readonly keyVersion: number;
  readonly ciphertext: string;
  readonly mac: string;
}

/** Whether a value is a sealed one, and so counts by its mac: each sealing of the same text differs. */
export const isSealed = (value: unknown): value is Sealed =>
  typeof value === "object" && value !== null && "ciphertext" in value && "mac" in value && "subject" in value;
