import { foldingSuite } from "@gendan/testing";
import { SqliteDocumentStore } from "./document-store.js";

foldingSuite(() => SqliteDocumentStore.open({ directory: ":memory:" }));
