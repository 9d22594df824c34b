// The build on a small workspace of its own: what is compiled, what is left alone, what goes away.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { build } from "./build.mjs";
import { root } from "./workspace.mjs";

let workspace: string;
const at = (path: string) => join(workspace, path);
const read = (path: string) => readFileSync(at(path), "utf8");
const has = (path: string) => existsSync(at(path));

function put(path: string, content: string) {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "gendan-build-"));
  mkdirSync(at("node_modules"));
  symlinkSync(join(root, "node_modules/node"), at("node_modules/node"));
  put("libs/one/src/deep/a.ts", "export const a: number = 1;\n");
  put("libs/one/src/deep/a.spec.ts", "export {};\n");
  put("libs/one/src/fixtures/f.ts", "export {};\n");
  put("apps/two/src/two.graphql", "type Query { two: Int }\n");
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const nothing = { compiled: 0, copied: 0, removed: 0, composed: false };

test("compiles and copies what a program needs, and nothing of the specs", async () => {
  expect(await build(workspace)).toEqual({ ...nothing, compiled: 1, copied: 1 });
  expect(read("libs/one/dist/deep/a.js")).toContain("export const a = 1;");
  expect(JSON.parse(read("libs/one/dist/deep/a.js.map")).sources).toEqual(["../../src/deep/a.ts"]);
  expect(read("apps/two/dist/two.graphql")).toContain("two: Int");
  expect([has("libs/one/dist/deep/a.spec.js"), has("libs/one/dist/fixtures")]).toEqual([false, false]);
});

test("does only what changed", async () => {
  await build(workspace);
  expect(await build(workspace)).toEqual(nothing);
  utimesSync(at("libs/one/src/deep/a.ts"), 1, 1);
  expect(await build(workspace)).toEqual(nothing);
  put("libs/one/src/deep/a.ts", "export const a: number = 2;\n");
  expect(await build(workspace)).toEqual({ ...nothing, compiled: 1 });
  rmSync(at("apps/two/dist/two.graphql"));
  expect(await build(workspace)).toEqual({ ...nothing, copied: 1 });
});

test("an output goes when its source goes", async () => {
  await build(workspace);
  rmSync(at("libs/one/src/deep/a.ts"));
  expect(await build(workspace)).toEqual({ ...nothing, removed: 1 });
  expect([has("libs/one/dist/deep/a.js"), has("libs/one/dist/deep/a.js.map")]).toEqual([false, false]);
});

test("names the file that does not compile, every time until it does", async () => {
  put("libs/one/src/bad.ts", "export const = 1;\n");
  await expect(build(workspace)).rejects.toThrow("libs/one/src/bad.ts does not compile");
  await expect(build(workspace)).rejects.toThrow("libs/one/src/bad.ts does not compile");
  put("libs/one/src/bad.ts", "export const good = 1;\n");
  expect(await build(workspace)).toEqual({ ...nothing, compiled: 1 });
});

test("builds at the same time take turns", async () => {
  const both = await Promise.all([build(workspace), build(workspace)]);
  expect(both.map(({ compiled }) => compiled).sort()).toEqual([0, 1]);
  expect(has("node_modules/.cache/gendan/build.lock")).toBe(false);
});

test("a lock whose holder is dead is taken over", async () => {
  put("node_modules/.cache/gendan/build.lock", "999999999");
  expect((await build(workspace)).compiled).toBe(1);
});

test("has the gateway compose the supergraph when a schema changed, and only then", async () => {
  const program = `import { readFileSync, writeFileSync } from "node:fs";
    writeFileSync("apps/gateway/dist/supergraph.graphql", readFileSync("apps/two/dist/two.graphql"));`;
  put("apps/gateway/src/compose.ts", program);
  expect((await build(workspace)).composed).toBe(true);
  expect(await build(workspace)).toEqual(nothing);
  put("apps/two/src/two.graphql", "type Query { three: Int }\n");
  expect((await build(workspace)).composed).toBe(true);
  expect(read("apps/gateway/dist/supergraph.graphql")).toContain("three");
  put("apps/gateway/src/compose.ts", `console.error("Query.three clashes"); process.exitCode = 1;`);
  await expect(build(workspace)).rejects.toThrow("Query.three clashes");
});
