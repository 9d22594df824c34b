// Sees to it that what package-lock.json names is installed, and does nothing when it is.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { Problem, isProgram, main, nodeBinary, root, say } from "./workspace.mjs";

const oldestNode = 20;
const longestInstallMs = 15 * 60_000;

/** Runs `npm ci` when node_modules is missing or another lock file's. Refuses a Node that is too old. */
export async function ensureInstalled(workspace = root) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new Problem(
      `Node ${process.versions.node} is too old: Gendan needs Node ${oldestNode} or newer (https://nodejs.org).`,
    );
  }
  if (isInstalled(workspace)) return;
  // Not in node_modules, which npm ci removes.
  await withLock(join(workspace, ".cache/install.lock"), longestInstallMs, async () => {
    if (!isInstalled(workspace)) await install(workspace);
  });
}

const stampOf = (workspace) => join(workspace, "node_modules/.installed");
const hashOf = (text) => createHash("sha256").update(text).digest("hex");

function isInstalled(workspace) {
  const lock = readIfThere(join(workspace, "package-lock.json"));
  if (lock === undefined) throw new Problem("package-lock.json is missing: this is not a complete checkout.");
  if (!existsSync(nodeBinary(workspace))) return false;
  const hash = hashOf(lock);
  if (readIfThere(stampOf(workspace)) === hash) return true;
  if (!agrees(lock, readIfThere(join(workspace, "node_modules/.package-lock.json")))) return false;
  writeFileSync(stampOf(workspace), hash);
  return true;
}

/** True when npm's own record of what it installed has what the lock file names (but for other platforms' packages). */
function agrees(lockText, installedText) {
  if (installedText === undefined) return false;
  const named = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  const asNamed = Object.keys(named).every((path) => {
    if (path === "") return true;
    const [want, have] = [named[path], installed[path]];
    if (have === undefined) return want.optional === true;
    return want.version === have.version && want.integrity === have.integrity && want.link === have.link;
  });
  return asNamed && Object.keys(installed).every((path) => path in named);
}

async function install(workspace) {
  say("installing the dependencies (npm ci); this takes a minute or two, once.");
  const { code, output } = await npmCi(workspace);
  if (code !== 0) throw new Problem(`npm ci failed: ${reasonIn(output) ?? `exit code ${code}`}`);
  if (!existsSync(nodeBinary(workspace))) {
    throw new Problem(
      "npm ci left out Node 24: let npm run the install script of the package `node` (ignore-scripts=false).",
    );
  }
  writeFileSync(stampOf(workspace), hashOf(readFileSync(join(workspace, "package-lock.json"))));
}

function npmCi(workspace) {
  // The npm that started us, on its own Node: ours may live in the node_modules that it is about to replace.
  const { npm_execpath: npm, npm_node_execpath: node, ...env } = process.env;
  const own = npm !== undefined && node !== undefined && existsSync(npm);
  const [command, first] = own ? [node, [npm]] : ["npm", []];
  for (const name of ["port", "data", "empty"]) delete env[`npm_config_${name}`]; // ours (tools/start.mjs), not npm's
  const child = spawn(command, [...first, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: workspace,
    env,
    stdio: ["ignore", "ignore", "pipe"],
    shell: !own && process.platform === "win32",
  });
  let output = "";
  child.stderr.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, output: `npm error ${error.message}` }));
    child.on("close", (code, signal) => resolve({ code: code ?? signal, output }));
  });
}

/** What npm says went wrong, in one line: its sentences rather than its codes. */
function reasonIn(output) {
  const lines = output
    .split("\n")
    .map((line) => /^npm (?:error|ERR!) ?(.*)$/.exec(line)?.[1]?.trim() ?? "")
    .filter((line) => line !== "" && !line.includes("complete log"));
  const detail = /^(code|errno|syscall|path|dest|signal|command|at|type|requiredBy)[: ]|^[{}]|,$/;
  const sentences = lines.filter((line) => !detail.test(line));
  const telling = sentences.length > 0 ? sentences.slice(0, 3) : lines;
  return telling.length === 0 ? undefined : telling.join("; ");
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

if (isProgram(import.meta)) await main(() => ensureInstalled());
