// The blob store in a folder: the port's suite, and what is on the disk when a process was killed.
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { blobStoreSuite } from "@gendan/testing/suites/blob-store.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { FolderBlobStore } from "./blob-store.js";

blobStoreSuite(() => {
  const directory = temporaryDirectory();
  return reopenable(() => FolderBlobStore.open({ directory }));
});

it("clears what a killed process has left, and not what another one is writing", async () => {
  const directory = temporaryDirectory();
  const incoming = join(directory, ".incoming");
  mkdirSync(incoming);
  for (const name of ["old", "new"]) writeFileSync(join(incoming, name), "part");
  const before = new Date(Date.now() - 7_200_000);
  utimesSync(join(incoming, "old"), before, before);
  await FolderBlobStore.open({ directory });
  expect(readdirSync(incoming)).toEqual(["new"]);
});

it("says so where the folder cannot be used", async () => {
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  await expect(FolderBlobStore.open({ directory: join(file, "below") })).rejects.toMatchObject({
    code: "BLOB_STORE_UNAVAILABLE",
  });
});
