// up, down and status: servers that outlive the command, found again through their records in the cache folder.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { withLock } from "../lock.mjs";
import { Problem, say } from "../workspace.mjs";
import { cacheFolder, dataFolder, runningFolder } from "./cache.mjs";
import { isAlive } from "./processes.mjs";
import { endRecorded, forget, readRecord, writeRecord } from "./records.mjs";
import { engines, startServer, untilAnswers } from "./server.mjs";

const patienceMs = 20 * 60_000;
const alone = (work) => withLock(join(cacheFolder(), "engines.lock"), patienceMs, work);

/** Sees to it that the engines run and answers with their records; a Problem names each that cannot. */
export function up(names, { data } = {}) {
  return alone(async () => {
    const started = await Promise.allSettled(names.map((name) => upOne(name, data)));
    for (const { reason } of started) if (reason && !(reason instanceof Problem)) throw reason;
    const problems = started.flatMap(({ reason }) => (reason ? [reason.message] : []));
    return { running: started.flatMap(({ value }) => value ?? []), problems };
  });
}

async function upOne(name, data) {
  const before = readRecord(runningFolder(), name);
  if (before && isAlive(before)) {
    await untilAnswers(before); // it may have been started a moment ago by a command that was interrupted
    say(`${name} is running at ${before.address} (pid ${before.pid})`);
    return before;
  }
  await endRecorded(runningFolder(), name);
  const { folder, temporary } = folderFor(name, data);
  const noted = (record) => writeRecord(runningFolder(), name, { ...record, temporary });
  say(`starting ${name}`);
  try {
    const { record, letGo } = await startServer(name, { dataFolder: folder, onSpawn: noted });
    letGo();
    say(`${name} answers at ${record.address} (pid ${record.pid})`);
    return record;
  } catch (error) {
    forget(runningFolder(), name);
    if (temporary) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function folderFor(name, data) {
  if (data !== undefined) return { folder: join(resolve(data), name), temporary: false };
  mkdirSync(dataFolder(), { recursive: true });
  return { folder: mkdtempSync(join(dataFolder(), `${name}-`)), temporary: true };
}

/** Ends what `up` started and waits until it is gone. */
export function down(names) {
  return alone(() =>
    Promise.all(
      names.map(async (name) => {
        const record = readRecord(runningFolder(), name);
        const runs = record !== undefined && isAlive(record);
        await endRecorded(runningFolder(), name);
        say(runs ? `${name} is down (pid ${record.pid})` : `${name} was not running`);
      }),
    ),
  );
}

/** running, silent (it is there and does not answer) or stopped. */
export async function statusOf(name) {
  const record = readRecord(runningFolder(), name);
  if (record === undefined || !isAlive(record)) return { engine: name, state: "stopped" };
  const { pid, address, dataFolder: folder, version } = record;
  const state = (await engines[name].answers(address)) ? "running" : "silent";
  return { engine: name, state, pid, address, dataFolder: folder, version };
}

/** Lines for a shell: first what the tests look for, then what runs Gendan on these servers. */
export function exportsOf(records) {
  const tests = records.map(({ engine, address }) => [`GENDAN_TEST_${engine.toUpperCase()}`, address]);
  const gendan = records.flatMap(({ engine, address }) => Object.entries(engines[engine].variables(address)));
  return [...tests, ...gendan].map(([name, value]) => `export ${name}=${value}`);
}
