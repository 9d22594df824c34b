// Runs one of the workspace's programs on its own Node, installed and built as far as needed; the exit code passes through.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { whenNpmIsGone } from "./engines/parents.mjs";
import { ensureInstalled } from "./ensure.mjs";
import { Problem, nodeBinary, root } from "./workspace.mjs";

/** Flags for every program: a small young generation halves a loaded server's memory at no cost in speed. */
const nodeFlags = [
  "--max-semi-space-size=8",
  "--disable-warning=ExperimentalWarning",
  "--disable-warning=TimeoutNegativeWarning", // kafkajs reckons with times that have passed
];

/** A program at the terminal: it shares our input, our output and the terminal's Ctrl-C. */
export async function runProgram(program, args) {
  await prepare(program);
  const child = spawn(nodeBinary(), [...nodeFlags, join(root, program), ...args], {
    stdio: "inherit",
    env: environment(),
  });
  // Ctrl-C reaches the program by itself; what is sent to this process alone is handed on.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  whenNpmIsGone(() => child.kill("SIGTERM"));
  process.exitCode = await exitOf(child, program);
}

/**
 * A server: it gets each stop signal once, though the terminal and npm both send it. For that it has a process group of
 * its own, and a wire to this process whose end it takes as its own end (tools/parent-watch.mjs).
 */
export async function runServer(program, args) {
  await prepare(program);
  const watch = new URL("./parent-watch.mjs", import.meta.url).href;
  const child = spawn(nodeBinary(), [...nodeFlags, "--import", watch, join(root, program), ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
    env: environment(),
  });
  let stopping = false;
  const stop = (signal) => {
    if (!stopping) child.kill(signal);
    stopping = true;
  };
  process.on("SIGINT", () => stop("SIGINT"));
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGHUP", () => stop("SIGTERM"));
  whenNpmIsGone(() => stop("SIGTERM"));
  process.exitCode = await exitOf(child, program);
}

async function prepare(program) {
  await ensureInstalled();
  await build();
  if (!existsSync(join(root, program))) throw new Problem(`${program} is missing: its source is not in this checkout.`);
}

/** As in the image: libraries check themselves less then. Opening a company with graphql is a sixth less work. */
const environment = () => ({
  NODE_ENV: "production",
  NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compile"),
  ...process.env,
});

function exitOf(child, program) {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Problem(`${program} cannot be started: ${error.message}`)));
    child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
