import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { documentStoreSuite, reopenable, temporaryDirectory } from "@gendan/testing";
import { SqliteDocumentStore } from "./document-store.js";

documentStoreSuite(() => {
  const directory = temporaryDirectory();
  return reopenable(() => SqliteDocumentStore.open({ directory }));
});

it("names a damaged file and the way out", async () => {
  const directory = temporaryDirectory();
  writeFileSync(
    join(directory, "cards@1.db"),
    "this is no database, and longer than a header of one hundred bytes would be; ".repeat(20),
  );
  const store = await SqliteDocumentStore.open({ directory });
  const opening = store.open({ name: "cards@1", collections: [] });
  await expect(opening).rejects.toMatchObject({
    code: "STORE_DAMAGED",
    message: expect.stringContaining("cards@1.db"),
  });
  await expect(opening).rejects.toThrow(/delete the folder/);
  await store.close();
});

it("keeps everything in memory when told so", async () => {
  const store = await SqliteDocumentStore.open({ directory: ":memory:" });
  const unit = await store.build({ name: "cards@1", collections: [{ name: "cards", columns: {}, paths: [] }] });
  await unit.commit({ puts: [{ collection: "cards", id: "a", sequence: 0, doc: {} }] });
  await unit.finish();
  expect(await unit.get("cards", "a")).toBeDefined();
  await store.drop("cards@1");
  await store.close();
});

it("says that it is closed", async () => {
  const store = await SqliteDocumentStore.open({ directory: ":memory:" });
  await store.close();
  await expect(store.live("cards")).rejects.toMatchObject({ code: "CLOSED" });
});
