// One engine's server as a plain process: started, waited for until it answers, and what it said when it dies.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../workspace.mjs";
import { kafka } from "./kafka.mjs";
import { mongodb } from "./mongodb.mjs";
import { freePort, isFree } from "./ports.mjs";
import { end, isAlive, pause, startOf } from "./processes.mjs";
import { installed } from "./programs.mjs";

export const engines = { kafka, mongodb };

const answersWithinMs = 90_000;
const stopsWithinMs = 20_000;
const shownLines = 5;

/**
 * Starts the server in a process group of its own, on the data in `dataFolder` and on `port` (a free one without), and
 * resolves when it answers. The record that comes back, and that `onSpawn` hears of at once, is all that ending it takes:
 * `{ engine, pid, start, port, address, dataFolder, version }`. `exit` resolves with how it ended; `letGo` lets this
 * process end before it. Throws a Problem of one line.
 */
export async function startServer(name, { dataFolder, port, onSpawn = () => {} }) {
  const engine = engines[name];
  const program = await installed(engine);
  if (port !== undefined && !(await isFree(port))) throw new Problem(`${name}: port ${port} of 127.0.0.1 is in use`);
  const at = port ?? (await freePort());
  mkdirSync(dataFolder, { recursive: true });
  await engine.prepare(program, dataFolder, at);
  const { child, exit } = launch(engine, program, dataFolder, at);
  const record = {
    ...{ engine: name, pid: child.pid, start: startOf(child.pid) },
    ...{ port: at, address: engine.addressAt(at), dataFolder, version: `${engine.program} ${engine.version}` },
  };
  onSpawn(record);
  await untilAnswers(record);
  return { record, exit, letGo: () => child.unref() };
}

function launch(engine, program, dataFolder, port) {
  const [command, args] = engine.command(program, dataFolder, port);
  const log = openSync(logOf(dataFolder), "w");
  const child = spawn(command, args, { cwd: dataFolder, stdio: ["ignore", log, log], detached: true });
  closeSync(log);
  const exit = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  if (child.pid === undefined) throw new Problem(`${engine.name}: ${command} cannot be started`);
  return { child, exit };
}

/** Waits until a started server answers; a Problem when it dies meanwhile or does not in time. */
export async function untilAnswers(record, patienceMs = answersWithinMs) {
  const deadline = Date.now() + patienceMs;
  while (!(await engines[record.engine].answers(record.address))) {
    if (!isAlive(record)) throw new Problem(diedOf(record, "before it answered"));
    if (Date.now() > deadline) {
      await end(record, 0);
      throw new Problem(`${record.engine} did not answer at ${record.address} within ${patienceMs / 1000} s`);
    }
    await pause();
  }
}

/** Ends it; data that nobody needs afterwards is not written out first. */
export const stopServer = (record, { keepsData }) => end(record, keepsData ? stopsWithinMs : 0);

export const diedOf = ({ engine, dataFolder }, how) => `${engine} died (${how})${lastLines(logOf(dataFolder))}`;

const logOf = (dataFolder) => join(dataFolder, "server.log");

function lastLines(file) {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return lines.length === 0
    ? `, and says nothing in ${file}`
    : `; ${file} ends with:\n${lines.slice(-shownLines).join("\n")}`;
}
