// The form of a sealed personal value: opaque here; libs/security seals and opens.

/** Encrypted under the key of the person it is about; equal texts about one person have equal macs. */
export interface Sealed {
  readonly subject: string;
  readonly keyVersion: number;
  readonly ciphertext: string;
  readonly mac: string;
}
