// The document store on MongoDB: the port's suite on the real server.
import { documentStoreSuite, reopenable } from "@gendan/testing";
import { describeOn } from "@gendan/testing/engines";
import { MongoDocumentStore } from "./document-store.js";
import { databasesOn } from "./fixtures/databases.js";

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);
  documentStoreSuite(async () => {
    const { connection, database } = await databases.fresh();
    return reopenable(() => MongoDocumentStore.open({ connection, database }));
  });
});
