// Which engines a run needs is read from the text of the spec files that were chosen.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { wantedBy } from "./wanted.mjs";

/** Not spelled out, because this file is searched for what it asks for as well. */
const [on, withServer] = ["describeOn", "describeWithServer"];

test("only chosen spec files count, and their own servers apart from the shared one", () => {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, "deep/dist"), { recursive: true });
  const files = {
    "deep/bus.spec.ts": `${on}("kafka", (brokers) => ${on}(\n  "mongodb", (url) => {}));`,
    "deep/kill.spec.ts": `${withServer}("kafka", (startServer) => {});`,
    "deep/other.spec.ts": `${on}("eventstore", (url) => {});`,
    "deep/dist/bus.spec.ts": `${on}("eventstore", (url) => {});`,
    "deep/bus.ts": `${on}("eventstore", (url) => {});`,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const all = wantedBy([folder], (path: string) => !path.endsWith("other.spec.ts"));
  expect(all).toEqual({ shared: new Set(["kafka", "mongodb"]), own: new Set(["kafka"]) });
  expect(wantedBy([folder], () => false)).toEqual({ shared: new Set(), own: new Set() });
});
