// Compiles every package's src/ into its dist/ with swc: only what changed, and within milliseconds when nothing did.
// Types are checked elsewhere (`npm run types`). Programs load dist/, tests load src/.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { withLock } from "./lock.mjs";
import { swcOptions } from "./swc.mjs";
import { Problem, isProgram, main, nodeBinary, root, say } from "./workspace.mjs";

const longestBuildMs = 5 * 60_000;
const compilesAtOnce = 8;
const copied = /\.(graphql|json|html)$/;
/** Specs and what they lean on stay out of dist. */
const isSpec = (path) => /(^|[./])spec\.ts$/.test(path) || path.includes("/fixtures/");

const compose = { program: "apps/gateway/dist/compose.js", result: "apps/gateway/dist/supergraph.graphql" };
const goesIntoCompose = (path) => path.endsWith(".graphql") || path.startsWith("apps/gateway/src/compose");

/** Brings every dist/ up to date; answers what was done. Throws a Problem that names the file and the fault. */
export async function build(workspace = root) {
  const plan = planOf(workspace);
  if (isUpToDate(plan)) return { compiled: 0, copied: 0, removed: 0, composed: false };
  return withLock(join(workspace, "node_modules/.cache/gendan/build.lock"), longestBuildMs, () =>
    carryOut(planOf(workspace)),
  );
}

/** What there is, what there was at the last build, and so what there is to do. */
function planOf(workspace) {
  const stamp = readStamp(workspace);
  const sources = sourcesOf(workspace);
  const made = outputsOf(workspace);
  const stale = [];
  for (const [path, seen] of sources) {
    const before = stamp?.files[path];
    const unchanged = before !== undefined && before[0] === seen[0] && before[1] === seen[1];
    if (!unchanged || !made.has(outputOf(path))) stale.push(path);
  }
  const gone = Object.keys(stamp?.files ?? {}).filter((path) => !sources.has(path));
  return { workspace, stamp, sources, made, stale, gone };
}

function isUpToDate({ stamp, made, stale, gone }) {
  if (stamp === undefined || stale.length > 0 || gone.length > 0) return false;
  return !made.has(compose.program) || (made.has(compose.result) && stamp.composed === composeKey(stamp.files));
}

async function carryOut(plan) {
  const { workspace, stamp, sources, stale, gone } = plan;
  if (isUpToDate(plan)) return { compiled: 0, copied: 0, removed: 0, composed: false };
  // Without a stamp nobody knows what dist/ holds, and whose source is gone.
  if (stamp === undefined)
    for (const folder of packagesOf(workspace))
      rmSync(join(workspace, folder, "dist"), { recursive: true, force: true });
  const files = { ...stamp?.files };
  for (const path of gone) {
    removeOutput(workspace, path);
    delete files[path];
  }
  const counts = { compiled: 0, copied: 0, removed: gone.length, composed: false };
  const problems = [];
  const one = async (path) => {
    const bytes = readFileSync(join(workspace, path));
    const hash = hashOf(bytes);
    const before = files[path];
    files[path] = [...sources.get(path), hash];
    if (before?.[2] === hash && existsSync(join(workspace, outputOf(path)))) return; // touched, not changed
    if (copied.test(path)) {
      write(join(workspace, outputOf(path)), bytes);
      counts.copied += 1;
      return;
    }
    try {
      await compile(workspace, path, bytes.toString("utf8"));
      counts.compiled += 1;
    } catch (error) {
      delete files[path];
      problems.push(`${path} does not compile:\n${String(error.message ?? error).trim()}`);
    }
  };
  const queue = [...stale];
  await Promise.all(
    Array.from({ length: compilesAtOnce }, async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) await one(path);
    }),
  );
  writeStamp(workspace, { ...stamp, files });
  if (problems.length > 0) throw new Problem(problems.sort().join("\n"));
  counts.composed = await composeGateway(workspace, stamp, files);
  return counts;
}

let swc;

async function compile(workspace, path, source) {
  swc ??= (await import("@swc/core")).default; // heavy: only when there is something to compile
  const out = join(workspace, outputOf(path));
  const { code, map } = await swc.transform(source, {
    ...swcOptions,
    filename: join(workspace, path),
    sourceFileName: relative(dirname(out), join(workspace, path)).replaceAll("\\", "/"),
    sourceMaps: true,
    inlineSourcesContent: false,
  });
  write(`${out}.map`, map);
  write(out, `${code}//# sourceMappingURL=${basename(out)}.map\n`);
}

/** Has the gateway compose the supergraph again when a schema changed. */
async function composeGateway(workspace, stamp, files) {
  if (!existsSync(join(workspace, compose.program))) return false;
  const composed = composeKey(files);
  if (stamp?.composed === composed && existsSync(join(workspace, compose.result))) return false;
  const child = spawn(nodeBinary(workspace), ["--disable-warning=ExperimentalWarning", compose.program], {
    cwd: workspace,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit, signal) => resolve(exit ?? signal));
  });
  if (code !== 0)
    throw new Problem(`the subgraphs do not compose (${compose.program}, exit ${code}):\n${output.trim()}`);
  if (!existsSync(join(workspace, compose.result)))
    throw new Problem(`${compose.program} did not write ${compose.result}`);
  writeStamp(workspace, { files, composed });
  return true;
}

const composeKey = (files) =>
  hashOf(
    Object.keys(files)
      .filter(goesIntoCompose)
      .sort()
      .map((path) => `${path} ${files[path][2]}`)
      .join("\n"),
  );

// What is on the disk ---------------------------------------------------------------------------------------------------

const outputOf = (path) => path.replace(/^([^/]+\/[^/]+)\/src\//, "$1/dist/").replace(/\.ts$/, ".js");

const hashOf = (content) => createHash("sha1").update(content).digest("base64url");

const packagesOf = (workspace) =>
  ["libs", "apps"].flatMap((kind) =>
    entriesOf(join(workspace, kind))
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${kind}/${entry.name}`),
  );

/** Every source that has an output, with its time of change and its size. */
function sourcesOf(workspace) {
  const sources = new Map();
  for (const folder of packagesOf(workspace)) {
    walk(workspace, `${folder}/src`, (path) => {
      const compiled = path.endsWith(".ts") && !path.endsWith(".d.ts");
      if ((!compiled && !copied.test(path)) || isSpec(path)) return;
      const { mtimeMs, size } = statSync(join(workspace, path));
      sources.set(path, [mtimeMs, size]);
    });
  }
  return sources;
}

function outputsOf(workspace) {
  const made = new Set();
  for (const folder of packagesOf(workspace)) walk(workspace, `${folder}/dist`, (path) => made.add(path));
  return made;
}

function walk(workspace, folder, visit) {
  for (const entry of entriesOf(join(workspace, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(workspace, path, visit);
    else visit(path);
  }
}

function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

/** In one step, so that a program that starts meanwhile never reads half a file. */
function write(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

function removeOutput(workspace, path) {
  const out = join(workspace, outputOf(path));
  rmSync(out, { force: true });
  rmSync(`${out}.map`, { force: true });
}

// The stamp of the last build: { key, files: { path: [mtime, size, content hash] }, composed } ----------------------------

const stampFile = (workspace) => join(workspace, "node_modules/.cache/gendan/build.json");

/** Other compilers and other options make other outputs. */
function keyOf(workspace) {
  const compiler = join(workspace, "node_modules/@swc/core/package.json");
  const version = existsSync(compiler) ? JSON.parse(readFileSync(compiler, "utf8")).version : "none";
  return hashOf(JSON.stringify([1, version, swcOptions]));
}

function readStamp(workspace) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile(workspace), "utf8"));
    return stamp.key === keyOf(workspace) ? stamp : undefined;
  } catch {
    return undefined; // none yet, or none that can be read: everything is built
  }
}

const writeStamp = (workspace, { files, composed }) =>
  write(stampFile(workspace), JSON.stringify({ key: keyOf(workspace), files, composed }));

if (isProgram(import.meta)) {
  await main(async () => {
    const started = performance.now();
    const { compiled, copied: copies, removed, composed } = await build();
    if (compiled + copies + removed === 0 && !composed) return;
    const parts = [
      `${compiled} compiled`,
      `${copies} copied`,
      `${removed} removed`,
      ...(composed ? ["supergraph composed"] : []),
    ];
    say(`built: ${parts.join(", ")} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  });
}
