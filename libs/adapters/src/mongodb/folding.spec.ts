// Folding on MongoDB. Scratch units lie in the process; here each is a unit of the database, so that it is MongoDB that is folded into.
import { foldingSuite } from "@gendan/testing";
import { describeOn } from "@gendan/testing/engines";
import type { DocumentStore } from "@gendan/eventing";
import { MongoDocumentStore } from "./document-store.js";
import { databasesOn } from "./fixtures/databases.js";

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);
  foldingSuite(async () => {
    const store = await MongoDocumentStore.open(await databases.fresh());
    let built = 0;
    return new Proxy<DocumentStore>(store, {
      get(target, name: keyof DocumentStore) {
        const build: DocumentStore["scratch"] = (spec) => store.build({ ...spec, name: `${spec.name}-${++built}` });
        if (name === "scratch") return build;
        const member = target[name];
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
  });
});
