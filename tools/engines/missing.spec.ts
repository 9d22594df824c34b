// Where an engine cannot be had, its tests say what is missing and what would provide it, and fail where it was promised.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing/temporary";
import jestConfig from "../../jest.config.mjs";
import { root } from "../workspace.mjs";

/** Not spelled out, because this file is searched for what it asks for as well. */
const [on, withServer] = ["describeOn", "describeWithServer"];
const spec = `
  import { ${on}, ${withServer} } from "@gendan/testing/engines";
  ${on}("eventstore", () => test("never run", () => {}));
  ${on}("kafka", (brokers) => test("on " + brokers, () => {}));
  ${withServer}("kafka", () => test("never run", () => {}));
`;

/** A whole run of Jest on that spec, on a machine with neither Docker nor Java. */
function jest(env: Record<string, string>) {
  const folder = temporaryDirectory();
  const result = join(folder, "result.json");
  writeFileSync(join(folder, "engines.spec.ts"), spec);
  const config = { ...jestConfig, rootDir: root, roots: [folder], reporters: [] };
  const { status } = spawnSync(
    process.execPath,
    [
      ...["--experimental-vm-modules", "--no-warnings", join(root, "node_modules/jest/bin/jest.js"), "--runInBand"],
      ...["--config", JSON.stringify(config), "--json", "--outputFile", result],
    ],
    { cwd: root, env: { PATH: process.env["PATH"], DOCKER_HOST: "tcp://127.0.0.1:1", JAVA_HOME: folder, ...env } },
  );
  const { testResults } = JSON.parse(readFileSync(result, "utf8")) as {
    testResults: { assertionResults: { fullName: string; status: string }[] }[];
  };
  const tests = testResults[0]!.assertionResults.map(({ status: verdict, fullName }) => `${verdict} ${fullName}`);
  return { status, tests: tests.map((line) => line.replaceAll(folder, "HOME")) };
}

const java = "install Java 17 and Maven (Kafka needs Java 17 or newer: no java answers (HOME/bin/java))";

test("skipped, with every way to have it", () =>
  expect(jest({})).toEqual({
    status: 0,
    tests: [
      "pending eventstore: skipped, no server: set GENDAN_TEST_EVENTSTORE or start Docker",
      `pending kafka: skipped, no server: set GENDAN_TEST_KAFKA, start Docker or ${java}`,
      `pending kafka: skipped, no server: ${java}`,
    ],
  }));

test("failed where GENDAN_REQUIRE_ENGINES names it; a named server is taken as it is", () => {
  const { status, tests } = jest({ GENDAN_REQUIRE_ENGINES: "mongodb,eventstore", GENDAN_TEST_KAFKA: "127.0.0.1:9" });
  expect(status).toBe(1);
  expect(tests.slice(0, 2)).toEqual([
    "failed eventstore: no server, and GENDAN_REQUIRE_ENGINES names it: set GENDAN_TEST_EVENTSTORE or start Docker",
    "passed on kafka on 127.0.0.1:9",
  ]);
});
