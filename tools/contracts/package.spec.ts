// What `npm pack` makes of libs/contracts is all that a consumer needs besides zod: installed offline, type-checked and run.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { catalog } from "@gendan/contracts";
import { nodeBinary, root } from "../workspace.mjs";

const largestBytes = 200_000;
const folder = realpathSync(mkdtempSync(join(tmpdir(), "contracts-package-")));
let tarball: string;
let files: readonly string[];

/** Runs a program to its end; throws what it said where it failed. */
function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: plainEnvironment(),
  });
  if (error || status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? stdout + stderr}`);
  return stdout;
}

/** Without what an npm around this run has set for itself. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$)/i.test(name)));
}

beforeAll(() => {
  const home = join(root, "libs/contracts");
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], home)) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  tarball = join(folder, packed.filename);
  files = packed.files.map(({ path }) => path);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package", () => {
  test("is small", () => {
    expect(statSync(tarball).size).toBeGreaterThan(10_000);
    expect(statSync(tarball).size).toBeLessThanOrEqual(largestBytes);
  });
  test("has code, types and schemas of every contract, and no tool, test or source", () => {
    for (const { type, newest } of catalog) expect(files).toContain(`generated/schemas/${type}.v${newest}.json`);
    for (const name of ["dist/index.js", "dist/types/index.d.ts", "generated/asyncapi.json", "generated/catalog.html"])
      expect(files).toContain(name);
    expect(files.filter((file) => /tooling|spec\.|^src|\.map$|^golden|^released/.test(file))).toEqual([]);
  });
  test("asks for zod alone, beside it", () => {
    const manifest = JSON.parse(readFileSync(join(root, "libs/contracts/package.json"), "utf8")) as object;
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).toHaveProperty("peerDependencies", { zod: expect.any(String) });
  });
});

describe("a consumer", () => {
  const home = join(folder, "consumer");
  const compile = () => run(nodeBinary(), [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], home);
  beforeAll(() => {
    cpSync(join(import.meta.dirname, "fixtures/consumer"), home, { recursive: true });
    const dependencies = { "@gendan/contracts": `file:${tarball}`, zod: `file:${join(root, "node_modules/zod")}` };
    writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module", private: true, dependencies }));
    run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"], home);
  });

  test("has the package by itself, and the repository's zod by a link", () => {
    expect(realpathSync(join(home, "node_modules/@gendan/contracts"))).toBe(
      join(home, "node_modules/@gendan/contracts"),
    );
    expect(realpathSync(join(home, "node_modules/zod"))).toBe(join(root, "node_modules/zod"));
  });
  test("type-checks, and reads what lies on the bus", () => {
    compile();
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
    expect(compile).toThrow("Property 'rows' does not exist");
  });
});
