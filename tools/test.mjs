// npm test: format, lint and types, then every Jest test; each says how long it took. The last line is the
// verdict, `N passed, N failed[, N skipped]`. `npm test -- PATTERN` runs the matching Jest files alone.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { endAllRecorded } from "./engines/records.mjs";
import { ensureInstalled } from "./ensure.mjs";
import { memoryFolder } from "./memory-folder.mjs";
import { Problem, nodeBinary, root } from "./workspace.mjs";

/** After its last result Jest has this long to end by itself; what holds it then is a leak in a test. */
const jestEndsWithinMs = 15_000;
const checksAtOnce = 2;

const checks = [
  {
    name: "format",
    program: "prettier/bin/prettier.cjs",
    args: ["--list-different", "."],
    hint: "npm run format mends these files:",
  },
  { name: "lint", program: "eslint/bin/eslint.js", args: [".", "--max-warnings", "0"] },
  { name: "types", program: "typescript/bin/tsc", args: ["-p", "tsconfig.json", "--pretty", "false"] },
];

/** Where the servers of this run are recorded while they run (tools/engines/run.mjs). */
const running = join(root, `node_modules/.cache/gendan/running.${process.pid}`);
const memory = memoryFolder();
process.once("exit", () => memory && rmSync(memory, { recursive: true, force: true, maxRetries: 5 }));
const children = new Set();
const untested = [];

const total = { passed: 0, failed: 0, skipped: 0 };
const add = (counts) => Object.keys(total).forEach((kind) => (total[kind] += counts[kind] ?? 0));

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
  process.once(signal, async () => {
    for (const child of children) child.kill(signal);
    await endAllRecorded(running);
    process.exit(code);
  });
}
await everything(process.argv.slice(2)).catch((error) => {
  console.error(error);
  add({ failed: 1 });
});
if (untested.length > 0)
  process.stdout.write(`NOT TESTED, for want of a server or a program:\n  ${untested.join("\n  ")}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed > 0 ? 1 : 0);

async function everything(patterns) {
  if (!(await prepared("install", () => ensureInstalled()))) return;
  await prepared("build", () => build());
  if (patterns.length === 0) await runChecks();
  await runJest(patterns);
}

/** Counts only when it fails. */
async function prepared(name, work) {
  const started = performance.now();
  try {
    await work();
    print(name, "ok", started);
    return true;
  } catch (error) {
    print(name, "FAILED", started, error instanceof Problem ? error.message : error.stack);
    add({ failed: 1 });
    return false;
  }
}

async function runChecks() {
  const queue = [...checks];
  const worker = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) await runCheck(check);
  };
  await Promise.all(Array.from({ length: checksAtOnce }, worker));
}

async function runCheck({ name, program, args, hint }) {
  const started = performance.now();
  const child = start(program, args, ["ignore", "pipe", "pipe"]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const exit = await exitOf(child);
  const failed = exit !== 0;
  const reason = output.trim() === "" ? `${name} ended with ${exit}` : [hint, output.trim()].filter(Boolean).join("\n");
  print(name, failed ? "FAILED" : "ok", started, failed ? reason : undefined);
  add(failed ? { failed: 1 } : { passed: 1 });
}

async function runJest(patterns) {
  const started = performance.now();
  const result = join(root, `node_modules/.cache/gendan/test-result.${process.pid}.json`);
  mkdirSync(join(result, ".."), { recursive: true });
  const args = [...(process.env.CI ? ["--ci"] : []), ...patterns];
  const env = {
    GENDAN_TEST_RESULT: result,
    GENDAN_TEST_RUNNING: running,
    // As programs run (tools/run.mjs): and a company that a spec opens is a sixth less work.
    NODE_ENV: "production",
    ...(memory ? { TMPDIR: memory } : {}),
  };
  const child = start("jest/bin/jest.js", args, ["ignore", "inherit", "inherit"], env);
  const watch = watchEnd(child, result);
  const exit = await exitOf(child);
  clearInterval(watch.timer);
  await endAllRecorded(running); // of a run that broke off: all others end with their tests
  const counts = readResult(result);
  rmSync(result, { force: true });
  const faults = faultsOf(counts, exit, watch.hung);
  add(counts ?? {});
  untested.push(...(counts?.withoutServer ?? []));
  add({ failed: counts?.failed > 0 ? 0 : faults.length });
  print("jest", faults.length > 0 || counts.failed > 0 ? "FAILED" : "ok", started, faults.join("\n") || undefined);
}

/** What is wrong with the run as a whole, besides the tests that failed. */
function faultsOf(counts, exit, hung) {
  if (!counts) return [`Jest broke down (${exit}) before it had a result.`];
  if (hung)
    return ["Jest did not end by itself after the last test: something is left open (a server, a timer, a child)."];
  if (counts.passed + counts.failed === 0) return ["No test was run."];
  return exit !== 0 && counts.failed === 0 ? [`Jest ended with ${exit}, though no test failed.`] : [];
}

function watchEnd(child, result) {
  const watch = { hung: false };
  let since;
  watch.timer = setInterval(() => {
    if (since === undefined && readResult(result)) since = Date.now();
    if (since === undefined || Date.now() - since < jestEndsWithinMs) return;
    watch.hung = true;
    child.kill("SIGKILL");
  }, 500);
  return watch;
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // not there yet, or never
  }
}

function start(program, args, stdio, env = {}) {
  // TimeoutNegativeWarning: kafkajs counts the time that it has to wait for without looking whether it has passed.
  const quiet = ["ExperimentalWarning", "TimeoutNegativeWarning"].map((warning) => `--disable-warning=${warning}`);
  const flags = ["--experimental-vm-modules", ...quiet];
  return spawn(nodeBinary(), [...flags, join(root, "node_modules", program), ...args], {
    cwd: root,
    stdio,
    env: { ...(process.stdout.isTTY ? {} : { FORCE_COLOR: "0" }), ...process.env, ...env },
  });
}

function exitOf(child) {
  children.add(child);
  child.once("close", () => children.delete(child));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}

function print(name, verdict, started, detail) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${name.padEnd(8)} ${verdict.padEnd(6)} ${seconds} s\n${detail ? `${detail}\n` : ""}`);
}
