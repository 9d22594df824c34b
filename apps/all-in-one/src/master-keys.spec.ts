// Master keys from a variable or a file; what is wrong with them is one line that repeats none.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { baseConfig, readConfig } from "@gendan/service-kit";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { openEngines } from "./engines.js";
import { masterKeysOf } from "./master-keys.js";

const [one, two] = [1, 2].map((byte) => Buffer.alloc(32, byte));
const text = (key: Buffer | undefined) => key!.toString("base64");
const file = () => join(temporaryDirectory(), "master.keys");

test("none is named: nothing is wrapped", () => expect(masterKeysOf({})).toBeUndefined());

test("a variable names one or several, the first one first", () => {
  expect(masterKeysOf({ masterKey: `${text(two)}, ${text(one)}` })!()).toEqual([two, one]);
});

test("a file has one on each line, and is read again whenever it is asked for", () => {
  const masterKeyFile = file();
  writeFileSync(masterKeyFile, `# of 2026\n${text(one)}\n\n`);
  const masters = masterKeysOf({ masterKeyFile })!;
  expect(masters()).toEqual([one]);
  writeFileSync(masterKeyFile, `${text(two)}\n${text(one)}\n`);
  expect(masters()).toEqual([two, one]);
});

test.each([
  ["both are set", { masterKey: text(one), masterKeyFile: "x" }, "accepted: one of them"],
  ["too short a key", { masterKey: "c2hvcnQ=" }, "openssl rand -base64 32"],
  ["a missing file", { masterKeyFile: "/nowhere/master.keys" }, "GENDAN_MASTER_KEY_FILE cannot be read"],
])("%s: one line", (_, config, told) => {
  const ask = () => masterKeysOf(config)?.();
  expect(ask).toThrow(expect.objectContaining({ code: "CONFIGURATION", message: expect.stringContaining(told) }));
  expect(ask).not.toThrow(/c2hvcnQ|\n/);
});

test("an installation does not start without the master key that wraps its keys, and is rotated while it runs", async () => {
  const directory = temporaryDirectory();
  const masterKeyFile = file();
  const open = (environment: Record<string, string>) =>
    openEngines({ where: { directory }, config: readConfig(baseConfig, environment), alone: true });
  writeFileSync(masterKeyFile, text(one));
  const engines = await open({ GENDAN_MASTER_KEY_FILE: masterKeyFile });
  const key = await engines.keys.obtain("li");
  writeFileSync(masterKeyFile, `${text(two)}\n${text(one)}`);
  expect(await engines.keys.rotate()).toBe(1);
  await engines.close();
  const wrong = {
    code: "CONFIGURATION",
    message: expect.stringMatching(/wrapped by the master key [0-9a-f]{16}, and/),
  };
  for (const environment of [{}, { GENDAN_MASTER_KEY: text(one) }]) {
    await expect(open(environment)).rejects.toMatchObject(wrong);
  }
  const again = await open({ GENDAN_MASTER_KEY: text(two) });
  expect(await again.keys.obtain("li")).toEqual(key);
  await again.close();
});
