// What every key store does with master keys. An adapter's test is to pass it on the real engine.
import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import { newId, type KeyStore, type PersonKey } from "@gendan/eventing";

type Masters = () => readonly Uint8Array[];

/** Opens the same data with these master keys, as another process would. */
export type OpenWith = (masters?: Masters) => Promise<KeyStore>;

const AT = "2026-11-23T10:00:00.000Z";
const master = (name: string): Uint8Array => createHash("sha256").update(name).digest();
const [a, b] = [master("a"), master("b")];
const missing = { code: "CONFIGURATION", message: expect.stringContaining("GENDAN_MASTER_KEY_FILE") };

/** `fresh` gives a way to open fresh data again and again. */
export function masterKeysSuite(fresh: () => Promise<OpenWith>): void {
  const opened: KeyStore[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });
  async function start() {
    const open = await fresh();
    return async (...masters: Uint8Array[]) => {
      for (const before of opened.splice(0)) await before.close();
      const store = await open(masters.length === 0 ? undefined : () => masters);
      return opened[opened.push(store) - 1]!;
    };
  }
  const all = async (store: KeyStore, subjects: readonly string[]) => [...(await store.getMany(subjects)).values()];

  describe("master keys", () => {
    it("are needed to open what they have wrapped, and the one line that says so names which", async () => {
      const open = await start();
      const li = newId();
      const store = await open(a);
      const [key, secret] = [await store.obtain(li), await store.secret("tokens")];
      await expect(open()).rejects.toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining("none") });
      await expect(open(b)).rejects.toMatchObject(missing);
      for (const masters of [[a], [b, a]]) {
        const again = await open(...masters);
        expect(await again.obtain(li)).toEqual(key);
        expect(await again.secret("tokens")).toEqual(secret);
      }
    });

    it("may be new: what was there before still opens, and rotating wraps it", async () => {
      const open = await start();
      const subjects = Array.from({ length: 12 }, () => newId());
      const plain = await open();
      const keys = await Promise.all(subjects.map((subject) => plain.obtain(subject)));
      const secret = await plain.secret("tokens");
      const store = await open(a);
      expect(await all(store, subjects)).toEqual(keys);
      expect(await store.rotate()).toBe(13);
      expect(await store.rotate()).toBe(0);
      await expect(open()).rejects.toMatchObject(missing);
      const again = await open(a);
      expect(await all(again, subjects)).toEqual(keys);
      expect(await again.secret("tokens")).toEqual(secret);
    });

    it("are changed while the store is used, also by keys that were added since it was opened", async () => {
      const open = await fresh();
      let masters: readonly Uint8Array[] = [a];
      const store = await open(() => masters);
      opened.push(store);
      const subjects = Array.from({ length: 30 }, () => newId());
      const keys = (await Promise.all(subjects.map((subject) => store.obtain(subject)))) as PersonKey[];
      masters = [b, a];
      const [erased, ...kept] = subjects;
      const added = newId();
      const told: number[] = [];
      const rotated = store.rotate((done) => told.push(done));
      await Promise.all([store.erase(erased!, AT), store.obtain(added)]);
      expect(await rotated).toBeGreaterThanOrEqual(29);
      expect(told.at(-1)).toBeGreaterThanOrEqual(29);
      await store.rotate();
      await store.close();
      const again = await open(() => [b]);
      opened.push(again);
      expect(await all(again, kept)).toEqual(keys.slice(1));
      expect(await again.obtain(erased!)).toBe("erased");
      expect(await again.getMany([added])).toHaveProperty("size", 1);
    });

    it("are not rotated where there is none", async () => {
      const store = await (await start())();
      await expect(store.rotate()).rejects.toMatchObject(missing);
    });
  });
}
