// The event store on SQLite: the port's suite.
import { join } from "node:path";
import { eventStoreSuite } from "@gendan/testing/suites/event-store.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { SqliteEventStore } from "./event-store.js";

eventStoreSuite(() => {
  const file = join(temporaryDirectory(), "events.db");
  return reopenable(() => SqliteEventStore.open({ file }));
});
