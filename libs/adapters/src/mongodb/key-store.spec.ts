// The key store on MongoDB: the port's suites on the real server.
import { describeOn } from "@gendan/testing/engines";
import { keyStoreSuite } from "@gendan/testing/suites/key-store.suite";
import { masterKeysSuite } from "@gendan/testing/suites/master-keys.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { databasesOn } from "./fixtures/databases.js";
import { MongoKeyStore } from "./key-store.js";

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);
  keyStoreSuite(async () => {
    const { connection, database } = await databases.fresh();
    return reopenable(() => MongoKeyStore.open({ connection, database }));
  });
  masterKeysSuite(async () => {
    const { connection, database } = await databases.fresh();
    return (masters) => MongoKeyStore.open({ connection, database, masters });
  });
});
