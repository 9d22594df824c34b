// The key store on SQLite: the port's suites, and that erased keys are gone from the disk.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "@jest/globals";
import type { PersonKey } from "@gendan/eventing";
import { keyStoreSuite } from "@gendan/testing/suites/key-store.suite";
import { masterKeysSuite } from "@gendan/testing/suites/master-keys.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { SqliteKeyStore } from "./key-store.js";

keyStoreSuite(() => {
  const file = join(temporaryDirectory(), "keys.db");
  return reopenable(() => SqliteKeyStore.open({ file }));
});

masterKeysSuite(async () => {
  const file = join(temporaryDirectory(), "keys.db");
  return (masters) => SqliteKeyStore.open({ file, masters });
});

/** Whether the bytes lie anywhere in the files of a folder. */
function lies(folder: string, bytes: Uint8Array): boolean {
  return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(Buffer.from(bytes)));
}

it("leaves no byte of an erased key in any file, and all of the others'", async () => {
  const folder = temporaryDirectory();
  const store = await SqliteKeyStore.open({ file: join(folder, "keys.db") });
  const keys: PersonKey[] = [];
  for (let n = 0; n < 3_000;) {
    const batch = Array.from({ length: 50 }, () => `person-${n++}`);
    keys.push(...((await Promise.all(batch.map((subject) => store.obtain(subject)))) as PersonKey[]));
    await Promise.all(batch.map((subject) => store.tag(subject, `tag of ${subject}.`)));
  }
  const erased = keys.filter((_, n) => n % 100 === 7 || n >= 2_990);
  for (const { cipherKey, macKey } of erased.slice(0, 3)) {
    expect([lies(folder, cipherKey), lies(folder, macKey)]).toEqual([true, true]);
  }
  for (const { subject } of erased) expect(await store.erase(subject, "2026-11-23T10:00:00.000Z")).toBe(true);
  const left = () => erased.filter(({ cipherKey, macKey }) => lies(folder, cipherKey) || lies(folder, macKey)).length;
  expect(left()).toBe(0);
  await store.close();
  expect(left()).toBe(0);
  for (const { cipherKey, macKey } of keys.filter((key) => !erased.includes(key)).slice(-20)) {
    expect([lies(folder, cipherKey), lies(folder, macKey)]).toEqual([true, true]);
  }
});

it("says so when the erased bytes are still held by somebody who reads, and removes them when asked again", async () => {
  const folder = temporaryDirectory();
  const file = join(folder, "keys.db");
  const store = await SqliteKeyStore.open({ file });
  const { cipherKey } = (await store.obtain("li")) as PersonKey;
  const reader = new DatabaseSync(file);
  reader.exec("BEGIN; SELECT count(*) FROM subjects");
  await expect(store.erase("li", "2026-11-23T10:00:00.000Z")).rejects.toMatchObject({ code: "KEY_STORE_UNAVAILABLE" });
  expect(await store.obtain("li")).toBe("erased");
  expect(lies(folder, cipherKey)).toBe(true);
  reader.close();
  expect(await store.erase("li", "2026-11-23T10:00:00.000Z")).toBe(false);
  expect(lies(folder, cipherKey)).toBe(false);
  await store.close();
});

it("leaves no key in the file as it is, once there is a master key and all was wrapped by it", async () => {
  const folder = temporaryDirectory();
  const file = join(folder, "keys.db");
  const subjects = Array.from({ length: 1_500 }, (_, n) => `person-${n}`);
  const plain = await SqliteKeyStore.open({ file });
  const keys = (await Promise.all(subjects.map((subject) => plain.obtain(subject)))) as PersonKey[];
  const secret = await plain.secret("tokens");
  await plain.close();
  const bytes = [secret, ...keys.flatMap(({ cipherKey, macKey }) => [cipherKey, macKey])];
  expect(bytes.filter((each) => lies(folder, each))).toHaveLength(bytes.length);
  const store = await SqliteKeyStore.open({ file, masters: () => [new Uint8Array(32).fill(7)] });
  expect(await store.rotate()).toBe(1_501);
  expect(bytes.filter((each) => lies(folder, each))).toEqual([]);
  const added = (await store.obtain("added")) as PersonKey;
  expect(lies(folder, added.cipherKey)).toBe(false);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await store.close();
});

it("says that it is damaged where a wrapped key was moved to another person", async () => {
  const file = join(temporaryDirectory(), "keys.db");
  const masters = () => [new Uint8Array(32).fill(7)];
  const store = await SqliteKeyStore.open({ file, masters });
  for (const subject of ["li", "wang"]) await store.obtain(subject);
  await store.close();
  const sql = new DatabaseSync(file);
  sql.exec("UPDATE key_bytes SET bytes = (SELECT bytes FROM key_bytes WHERE id = 1) WHERE id = 2");
  sql.close();
  const again = await SqliteKeyStore.open({ file, masters });
  expect(await again.obtain("li")).toMatchObject({ subject: "li" });
  await expect(again.obtain("wang")).rejects.toMatchObject({ code: "STORE_DAMAGED" });
  await again.close();
});

it("is readable by its owner alone", async () => {
  const folder = temporaryDirectory();
  const store = await SqliteKeyStore.open({ file: join(folder, "keys.db") });
  await store.obtain("li");
  const names = readdirSync(folder);
  expect(names.sort()).toEqual(["keys.db", "keys.db-shm", "keys.db-wal"]);
  for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  await store.close();
});
