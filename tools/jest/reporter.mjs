// What `npm test` prints of the Jest run: failures in full, skipped tests with their reason, a total for each package;
// and the counts, written to the file in GENDAN_TEST_RESULT for the closing line.
import { writeFileSync } from "node:fs";
import { relative, sep } from "node:path";

const heartbeatMs = 30_000;
/** How libs/testing/src/engines.ts names a test whose engine is missing: said again at the end of the run. */
const noServer = /: skipped, no (server|program): /;

export default class Reporter {
  #packages = new Map();
  #counts = { passed: 0, failed: 0, skipped: 0 };
  #withoutServer = new Set();
  #files = 0;

  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunStart({ numTotalTestSuites }) {
    this.heartbeat = setInterval(
      () => print(`jest: ${this.#files} of ${numTotalTestSuites} files`),
      heartbeatMs,
    ).unref();
  }

  onTestResult(_test, result) {
    const path = relative(this.rootDir, result.testFilePath).split(sep).join("/");
    this.#files += 1;
    if (result.failureMessage) print(`${path}\n${consoleOf(result)}${result.failureMessage}`);
    for (const line of skippedIn(result)) {
      print(`skipped: ${line}  (${path})`);
      if (noServer.test(line)) this.#withoutServer.add(line);
    }
    const counts = {
      passed: result.numPassingTests,
      failed: result.numFailingTests + (result.testExecError ? 1 : 0),
      skipped: result.numPendingTests + result.numTodoTests,
    };
    const name = /^(?:libs|apps)\/[^/]+|^[^/]+/.exec(path)[0];
    const total = this.#packages.get(name) ?? { files: 0, passed: 0, failed: 0, skipped: 0, seconds: 0 };
    total.files += 1;
    total.seconds += Math.max(0, result.perfStats.end - result.perfStats.start) / 1000;
    for (const kind of Object.keys(counts)) {
      this.#counts[kind] += counts[kind];
      total[kind] += counts[kind];
    }
    this.#packages.set(name, total);
  }

  onRunComplete(_contexts, { runExecError, wasInterrupted }) {
    clearInterval(this.heartbeat);
    for (const [name, { files, passed, failed, skipped, seconds }] of [...this.#packages].sort()) {
      const bad = `${failed > 0 ? `, ${failed} failed` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}`;
      print(
        `  ${name.padEnd(26)} ${String(passed).padStart(5)} passed${bad} in ${count(files, "file")}, ${seconds.toFixed(1)} s`,
      );
    }
    if (runExecError) print(runExecError.message ?? String(runExecError));
    if (runExecError || wasInterrupted) this.#counts.failed += 1;
    const result = { ...this.#counts, withoutServer: [...this.#withoutServer] };
    if (process.env.GENDAN_TEST_RESULT) writeFileSync(process.env.GENDAN_TEST_RESULT, JSON.stringify(result));
  }
}

const print = (line) => process.stdout.write(`${line}\n`);
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** A whole describe that is skipped is one line: its title, which has to say why. */
function skippedIn({ testResults }) {
  const groups = new Map();
  for (const test of testResults) {
    const top = test.ancestorTitles[0] ?? test.title;
    const group = groups.get(top) ?? { all: 0, skipped: [] };
    group.all += 1;
    if (["pending", "todo"].includes(test.status)) group.skipped.push(test.fullName);
    groups.set(top, group);
  }
  return [...groups].flatMap(([top, { all, skipped }]) =>
    skipped.length === all && all > 1 ? [`${top}: ${count(all, "test")}`] : skipped,
  );
}

/** What a failing file had to say: shown with its failure, and otherwise not at all. */
const consoleOf = ({ console: entries }) =>
  (entries ?? []).map(({ type, message }) => `  ${type}: ${message}\n`).join("");
