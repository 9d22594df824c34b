// What every key store must do. An adapter's test is to pass it on the real engine.
import { afterEach, describe, expect, it } from "@jest/globals";
import { newId, type KeyStore, type PersonKey } from "@gendan/eventing";
import type { Opened } from "./opened.js";

const AT = "2026-11-23T10:00:00.000Z";
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const plain = (key: PersonKey | "erased" | undefined) =>
  typeof key === "object" ? { ...key, cipherKey: hex(key.cipherKey), macKey: hex(key.macKey) } : key;

/** `open` gives a key store on fresh data. */
export function keyStoreSuite(open: () => Promise<Opened<KeyStore>>): void {
  const opened: Opened<KeyStore>[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });
  const start = async () => opened[opened.push(await open()) - 1]!;

  describe("obtain", () => {
    it("makes a subject's key once, also for many who ask at once", async () => {
      const { store } = await start();
      const [li, wang] = [newId(), newId()];
      const asked = await Promise.all(Array.from({ length: 16 }, (_, n) => store.obtain(n % 4 ? li : wang)));
      const keys = new Set(asked.map((key) => JSON.stringify(plain(key))));
      expect(keys.size).toBe(2);
      const key = plain(await store.obtain(li));
      expect(keys).toContain(JSON.stringify(key));
      expect(key).toMatchObject({ subject: li, version: 1 });
    });

    it("gives each its own 32 bytes, for sealing and for macs", async () => {
      const { store } = await start();
      const made = await Promise.all(Array.from({ length: 50 }, () => store.obtain(newId())));
      const parts = made.flatMap((key) => (key === "erased" ? [] : [key.cipherKey, key.macKey]));
      expect(new Set(parts.map(hex)).size).toBe(100);
      for (const bytes of parts) expect(bytes).toHaveLength(32);
    });

    it("gives the same key after a restart", async () => {
      const { store, reopen } = await start();
      const before = plain(await store.obtain("李"));
      const again = await reopen();
      expect(plain((await again.getMany(["李"])).get("李"))).toEqual(before);
      expect(plain(await again.obtain("李"))).toEqual(before);
    });
  });

  describe("find", () => {
    it("gives what there is, and makes nothing", async () => {
      const { store } = await start();
      const [li, wang, qian] = [newId(), newId(), newId()];
      const key = plain(await store.obtain(li));
      await store.obtain(wang);
      await store.erase(wang, AT);
      expect(plain(await store.find(li))).toEqual(key);
      expect(await store.find(wang)).toBe("erased");
      expect(await store.find(qian)).toBeUndefined();
      expect((await store.getMany([qian])).size).toBe(0);
    });
  });

  describe("getMany", () => {
    it("gives the keys there are, and makes none", async () => {
      const { store } = await start();
      const [known, unknown, erased] = [newId(), newId(), newId()];
      const key = plain(await store.obtain(known));
      await store.obtain(erased);
      await store.erase(erased, AT);
      for (let twice = 0; twice < 2; twice++) {
        const found = await store.getMany([unknown, known, erased, known]);
        expect([...found].map(([subject, each]) => [subject, plain(each)])).toEqual([[known, key]]);
      }
      expect((await store.getMany([])).size).toBe(0);
    });
  });

  describe("erase", () => {
    it("destroys a key for good", async () => {
      const { store, reopen } = await start();
      const [li, wang] = [newId(), newId()];
      const [, other] = [await store.obtain(li), plain(await store.obtain(wang))];
      expect(await store.erase(li, AT)).toBe(true);
      expect(await store.obtain(li)).toBe("erased");
      expect(await store.erase(li, AT)).toBe(false);
      const again = await reopen();
      expect(await again.obtain(li)).toBe("erased");
      expect((await again.getMany([li])).size).toBe(0);
      expect(plain(await again.obtain(wang))).toEqual(other);
    });

    it("holds for a subject that has no key yet, too: erasures are applied again after a restore", async () => {
      const { store } = await start();
      const li = newId();
      expect(await store.erase(li, AT)).toBe(false);
      expect(await store.obtain(li)).toBe("erased");
    });

    it("leaves a subject with one key or none, whoever asked first", async () => {
      const { store } = await start();
      const subjects = Array.from({ length: 20 }, () => newId());
      const answers = await Promise.all(
        subjects.map(async (subject, n) => {
          const asked =
            n % 2
              ? [store.erase(subject, AT), store.obtain(subject)]
              : [store.obtain(subject), store.erase(subject, AT)];
          await Promise.all(asked);
          return store.obtain(subject);
        }),
      );
      expect(new Set(answers)).toEqual(new Set(["erased"]));
    });
  });

  describe("erasedUpTo", () => {
    it("is what was noted last, for each log", async () => {
      const { store, reopen } = await start();
      expect(await store.erasedUpTo("customer")).toBeUndefined();
      await store.noteErasedUpTo("customer", "41");
      await store.noteErasedUpTo("customer", "7");
      await store.noteErasedUpTo("other", "C:1/P:1");
      const again = await reopen();
      expect(await again.erasedUpTo("customer")).toBe("7");
      expect(await again.erasedUpTo("other")).toBe("C:1/P:1");
    });
  });

  describe("tags", () => {
    it("find the subjects that carry them, up to a limit", async () => {
      const { store, reopen } = await start();
      const [a, b, c] = [newId(), newId(), newId()];
      await Promise.all([a, b, c].map((subject) => store.obtain(subject)));
      await Promise.all([store.tag(a, "name"), store.tag(b, "name"), store.tag(b, "phone"), store.tag(b, "name")]);
      expect(new Set(await store.tagged("name", 10))).toEqual(new Set([a, b]));
      expect(await store.tagged("phone", 10)).toEqual([b]);
      expect(await store.tagged("name", 1)).toHaveLength(1);
      expect(await store.tagged("other", 10)).toEqual([]);
      expect(new Set(await (await reopen()).tagged("name", 10))).toEqual(new Set([a, b]));
    });

    it("go with the key, and are not kept without one", async () => {
      const { store } = await start();
      const [a, b, unknown] = [newId(), newId(), newId()];
      await Promise.all([a, b].map((subject) => store.obtain(subject)));
      await Promise.all([a, b, unknown].map((subject) => store.tag(subject, "name")));
      await store.erase(a, AT);
      await store.tag(a, "name");
      expect(await store.tagged("name", 10)).toEqual([b]);
    });
  });

  describe("secret", () => {
    it("is 32 bytes, one for each name, for ever", async () => {
      const { store, reopen } = await start();
      const all = (await Promise.all(["a", "b", "a", "b"].map((name) => store.secret(name)))).map(hex);
      expect(all[2]).toBe(all[0]);
      expect(all[3]).toBe(all[1]);
      expect(all[0]).not.toBe(all[1]);
      expect(all[0]).toHaveLength(64);
      expect(hex(await (await reopen()).secret("a"))).toBe(all[0]);
    });
  });

  describe("close", () => {
    it("takes nothing more", async () => {
      const { store } = await start();
      const [known, begun] = [newId(), newId()];
      await store.obtain(known);
      const last = store.obtain(begun);
      await store.close();
      expect(await last).toMatchObject({ subject: begun });
      const asked = [
        () => store.obtain(known),
        () => store.getMany([known]),
        () => store.erase(known, AT),
        () => store.erasedUpTo("customer"),
        () => store.noteErasedUpTo("customer", "1"),
        () => store.rotate(),
        () => store.tag(known, "t"),
        () => store.tagged("t", 1),
        () => store.secret("s"),
      ];
      for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: "CLOSED" });
      await store.close();
    });
  });
}
