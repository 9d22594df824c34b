// What is too large for one transaction, or for one document: refused, so that the kernel can halve it, and nothing is written.
import { expect, it } from "@jest/globals";
import { describeOn } from "@gendan/testing/engines";
import { put, spec } from "@gendan/testing/suites/document-store/cards";
import { MongoDocumentStore } from "./document-store.js";
import { databasesOn } from "./fixtures/databases.js";

const MEGABYTE = 1024 * 1024;
const note = (id: string, megabytes: number) => ({
  collection: "notes",
  id,
  sequence: 0,
  doc: { text: "x".repeat(megabytes * MEGABYTE) },
});
const refused = { code: "STORE_REFUSED" };

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);

  it("a commit of more than a transaction carries is refused whole, and its halves are taken", async () => {
    const unit = await (await MongoDocumentStore.open(await databases.fresh())).open(spec);
    const notes = [note("a", 5), note("b", 5), note("c", 5)];
    await expect(unit.commit({ puts: [put("card"), ...notes] })).rejects.toMatchObject(refused);
    expect(await unit.get("cards", "card")).toBeUndefined();
    await unit.commit({ puts: notes.slice(0, 2) });
    await unit.commit({ puts: notes.slice(2) });
    expect(await unit.scan("notes", undefined, 9)).toHaveLength(3);
  });

  it("a unit that is built takes more at once, and goes on when a document is refused", async () => {
    const store = await MongoDocumentStore.open(await databases.fresh());
    const unit = await store.build(spec);
    await unit.commit({ puts: [note("a", 5), note("b", 5), note("c", 5)] });
    await expect(unit.commit({ puts: [put("card"), note("d", 17)] })).rejects.toMatchObject(refused);
    await unit.commit({ puts: [put("other")] });
    await unit.finish();
    expect(await unit.scan("cards", undefined, 9)).toMatchObject([{ id: "other" }]);
    expect(await unit.scan("notes", undefined, 9)).toHaveLength(3);
  });
});
