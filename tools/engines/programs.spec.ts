// Installing an engine's program: once, whole or not at all, however often it is interrupted.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { Problem } from "../workspace.mjs";
import { installed } from "./programs.mjs";

let installs: number;
let cache: string;

const engine = (install = async (_folder: string) => {}) => ({
  ...{ name: "one", program: "one", version: "1.0" },
  async checkRuntime() {},
  async checkInstaller() {},
  async install(folder: string) {
    installs += 1;
    await install(folder);
    writeFileSync(join(folder, "program"), "");
  },
});

beforeEach(() => {
  installs = 0;
  cache = process.env["GENDAN_CACHE"] = temporaryDirectory();
});

test("installs once, however many ask at the same time", async () => {
  const slow = engine(() => new Promise((resolve) => setImmediate(resolve)));
  const folders = await Promise.all([installed(slow), installed(slow)]);
  folders.push(await installed(slow));
  expect(new Set(folders)).toEqual(new Set([join(cache, "programs/one-1.0")]));
  expect([installs, existsSync(join(folders[0]!, "program"))]).toEqual([1, true]);
});

test("what fails half-way is not there afterwards, and is tried again", async () => {
  const failing = engine(async (folder) => {
    writeFileSync(join(folder, "half"), "");
    throw new Problem("Maven could not fetch it");
  });
  await expect(installed(failing)).rejects.toThrow("Maven could not fetch it");
  expect(readdirSync(join(cache, "programs"))).toEqual([]);
  const folder = await installed(engine());
  expect(readdirSync(folder)).toEqual(["program"]);
});

test("a draft that an interrupted install left is not taken for the program, and goes with the next one", async () => {
  mkdirSync(join(cache, "programs/one-1.0.draft-x"), { recursive: true });
  await installed(engine());
  expect([installs, readdirSync(join(cache, "programs"))]).toEqual([1, ["one-1.0"]]);
});
