import { documentStoreSuite, reopenable, temporaryDirectory } from "@gendan/testing";
import { SqliteDocumentStore } from "./document-store.js";

documentStoreSuite(() => {
  const directory = temporaryDirectory();
  return reopenable(() => SqliteDocumentStore.open({ directory }));
});
