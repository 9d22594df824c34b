// Keys in several processes: one key for each person, and an erased one is gone everywhere in time, whatever is remembered.
import { expect, it } from "@jest/globals";
import { newId, type KeyStore } from "@gendan/eventing";
import { describeOn } from "@gendan/testing/engines";
import { connectMongo } from "./connection.js";
import { databasesOn } from "./fixtures/databases.js";
import { faultyLinkTo } from "./fixtures/faulty-link.js";
import { MongoKeyStore } from "./key-store.js";

const AT = "2026-11-23T10:00:00.000Z";
const CACHED_MS = 60_000;

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);
  let now = 0;

  async function twoStores(): Promise<[KeyStore, KeyStore]> {
    const { database } = await databases.fresh();
    const settings = { database, cachedMs: CACHED_MS, clock: () => now };
    return [
      await MongoKeyStore.open({ connection: await databases.connect(), ...settings }),
      await MongoKeyStore.open({ connection: await databases.connect(), ...settings }),
    ];
  }

  it("are the same whoever asks first, for many persons at once", async () => {
    const stores = await twoStores();
    const subjects = Array.from({ length: 60 }, () => newId());
    const [mine, others] = await Promise.all(
      stores.map((store) => Promise.all(subjects.map((each) => store.obtain(each)))),
    );
    expect(others).toEqual(mine);
    const secrets = await Promise.all(stores.map((store) => store.secret("tokens")));
    expect(secrets[0]).toEqual(secrets[1]);
  });

  it("work for a while after another process has erased them, and then no more", async () => {
    const [one, other] = await twoStores();
    const key = await one.obtain("li");
    await other.obtain("li");
    expect(await other.erase("li", AT)).toBe(true);
    expect(await other.obtain("li")).toBe("erased");
    now += CACHED_MS - 1;
    expect(await one.obtain("li")).toEqual(key);
    expect((await one.getMany(["li"])).size).toBe(1);
    now += 1;
    expect((await one.getMany(["li"])).size).toBe(0);
    expect(await one.obtain("li")).toBe("erased");
  });

  it("are erased or made, never both, whichever process asks", async () => {
    const [one, other] = await twoStores();
    const subjects = Array.from({ length: 15 }, () => newId());
    await Promise.all(subjects.flatMap((subject) => [one.obtain(subject), other.erase(subject, AT)]));
    now += CACHED_MS;
    for (const store of [one, other]) {
      expect(new Set(await Promise.all(subjects.map((each) => store.obtain(each))))).toEqual(new Set(["erased"]));
    }
  });

  it("go on being used for ten times as long while MongoDB is away, and a new person is KEY_STORE_UNAVAILABLE", async () => {
    const { database } = await databases.fresh();
    const link = await faultyLinkTo(url);
    const connection = await connectMongo({ url: link.url, connectTimeoutMs: 300 });
    const store = await MongoKeyStore.open({ connection, database, cachedMs: CACHED_MS, clock: () => now });
    const key = await store.obtain("li");
    await link.close();
    const away = { code: "KEY_STORE_UNAVAILABLE" };
    await expect(store.obtain("wang")).rejects.toMatchObject(away);
    now += CACHED_MS;
    expect(await store.obtain("li")).toEqual(key);
    const start = performance.now();
    for (let asked = 0; asked < 100; asked++) expect((await store.getMany(["li"])).get("li")).toEqual(key);
    expect(performance.now() - start).toBeLessThan(300); // nobody waits again for what did not answer
    await expect(store.getMany(["li", "wang"])).rejects.toMatchObject(away);
    now += 9 * CACHED_MS;
    await expect(store.obtain("li")).rejects.toMatchObject(away);
    await store.close();
    await connection.close();
  });
});
