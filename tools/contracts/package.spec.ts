// What `npm pack` makes of libs/contracts is all that a consumer needs besides zod: installed offline, type-checked and run.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { catalog } from "@gendan/contracts";
import { nodeBinary, root } from "../workspace.mjs";
import { compile, install, pack, run, type Packed } from "./consumer-folder.js";

const largestBytes = 200_000;
const folder = realpathSync(mkdtempSync(join(tmpdir(), "contracts-package-")));
let packed: Packed;

beforeAll(() => {
  packed = pack(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package", () => {
  test("is small", () => {
    expect(statSync(packed.tarball).size).toBeGreaterThan(10_000);
    expect(statSync(packed.tarball).size).toBeLessThanOrEqual(largestBytes);
  });
  test("has code, types and schemas of every contract, and no tool, test or source", () => {
    for (const { type, newest } of catalog) expect(packed.files).toContain(`generated/schemas/${type}.v${newest}.json`);
    for (const name of ["dist/index.js", "dist/types/index.d.ts", "generated/asyncapi.json", "generated/catalog.html"])
      expect(packed.files).toContain(name);
    expect(packed.files.filter((file) => /tooling|spec\.|^src|\.map$|^golden|^released/.test(file))).toEqual([]);
  });
  test("asks for zod alone, beside it", () => {
    const manifest = JSON.parse(readFileSync(join(root, "libs/contracts/package.json"), "utf8")) as object;
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).toHaveProperty("peerDependencies", { zod: expect.any(String) });
  });
});

describe("a consumer", () => {
  const home = join(folder, "consumer");
  beforeAll(() => {
    cpSync(join(import.meta.dirname, "fixtures/consumer"), home, { recursive: true });
    install(home, packed.tarball, ["zod"]);
  });

  test("has the package by itself, and the repository's zod by a link", () => {
    expect(realpathSync(join(home, "node_modules/@gendan/contracts"))).toBe(
      join(home, "node_modules/@gendan/contracts"),
    );
    expect(realpathSync(join(home, "node_modules/zod"))).toBe(join(root, "node_modules/zod"));
  });
  test("type-checks, and reads what lies on the bus", () => {
    compile(home);
    const golden = join(root, "libs/contracts/golden/order.delivered.v1.json");
    expect(run(nodeBinary(), ["consumer.js", golden], home).trim().split("\n")).toEqual([
      "late by 2 days: 394a531c-2199-5c51-8eb7-a60f19306167",
      "late by 2 days: 394a531c-2199-5c51-8eb7-a60f19306167",
      "urn:gendan:order.delivered:1",
    ]);
  });
  test("is told by the compiler of a field that an event does not have", () => {
    mkdirSync(join(home, "wrong"), { recursive: true });
    const source = readFileSync(join(home, "consumer.ts"), "utf8");
    writeFileSync(join(home, "wrong/consumer.ts"), source.replace("event.lines", "event.rows"));
    expect(() => compile(home)).toThrow("Property 'rows' does not exist");
  });
});
