// Keys that the specs here need no engine for.
import { createHash } from "node:crypto";
import type { KeyStore, PersonKey } from "@gendan/eventing";

/** Keys that follow from the subject's name, and a list of the erased. */
export class Keys implements KeyStore {
  readonly erased = new Set<string>();
  reads = 0;

  obtain(subject: string): Promise<PersonKey | "erased"> {
    return Promise.resolve(this.erased.has(subject) ? "erased" : keyOf(subject));
  }
  find(subject: string): Promise<PersonKey | "erased"> {
    return this.obtain(subject);
  }
  getMany(subjects: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    this.reads += 1;
    const kept = subjects.filter((subject) => !this.erased.has(subject));
    return Promise.resolve(new Map(kept.map((subject) => [subject, keyOf(subject)])));
  }
  erase(subject: string): Promise<boolean> {
    this.erased.add(subject);
    return Promise.resolve(true);
  }
  erasedUpTo = () => Promise.resolve(undefined);
  noteErasedUpTo = () => Promise.resolve();
  rotate = () => Promise.resolve(0);
  tag = () => Promise.resolve();
  tagged = () => Promise.resolve([]);
  secret = (name: string) => Promise.resolve(digest(name));
  close = () => Promise.resolve();
}

export const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest();
const keyOf = (subject: string): PersonKey => ({
  subject,
  version: 1,
  cipherKey: digest(`cipher ${subject}`),
  macKey: digest(`mac ${subject}`),
});
