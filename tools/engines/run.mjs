// One server for as long as this process lives: for tests and programs that kill servers, and start them again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Problem } from "../workspace.mjs";
import { whenNpmIsGone } from "./parents.mjs";
import { forget, writeRecord } from "./records.mjs";
import { diedOf, startServer, stopServer } from "./server.mjs";

/**
 * Starts the server, prints `{ engine, pid, address }` on one line when it answers, and returns when it has ended: by a
 * signal to this process, by the end of the one that started this (told by an IPC channel or, under npm, by another
 * parent), or by itself, which is a Problem.
 */
export async function runInForeground(name, { data, port }) {
  const running = process.env.GENDAN_TEST_RUNNING; // where `npm test` looks for what a broken run left behind
  const temporary = data === undefined;
  const folder = temporary ? mkdtempSync(join(tmpdir(), `gendan-${name}-`)) : resolve(data);
  let record;
  let stopping = false;
  const stop = () => {
    stopping = true;
    if (record) void stopServer(record, { keepsData: !temporary });
  };
  whenAskedToStop(stop);
  try {
    const started = await startServer(name, {
      dataFolder: folder,
      port,
      onSpawn: (spawned) => {
        record = spawned;
        if (running) writeRecord(running, process.pid, { ...record, temporary });
        if (stopping) stop();
      },
    });
    if (!stopping)
      process.stdout.write(`${JSON.stringify({ engine: name, pid: record.pid, address: record.address })}\n`);
    const how = await started.exit;
    if (!stopping) throw new Problem(diedOf(record, how));
  } catch (error) {
    if (!stopping) throw error;
  } finally {
    if (temporary) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (running) forget(running, process.pid);
    if (process.connected) process.disconnect();
  }
}

function whenAskedToStop(stop) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  process.once("disconnect", stop);
  whenNpmIsGone(stop);
}
