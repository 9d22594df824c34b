// Process ids are used again: nobody is ended who only has the id of one that was recorded.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { end, isAlive, startOf } from "./processes.mjs";
import { endAllRecorded, endRecorded, readRecord, writeRecord } from "./records.mjs";

let child: ChildProcess;
const recorded = () => ({ pid: child.pid!, start: startOf(child.pid!) });
const stranger = () => ({ pid: child.pid!, start: "long ago" });

beforeEach(async () => {
  const deafToSigterm = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("there")`;
  child = spawn(process.execPath, ["--eval", deafToSigterm], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout!, "data");
});
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});

test("a process is known by its id and its start together", () => {
  expect([isAlive(recorded()), isAlive(stranger())]).toEqual([true, false]);
  expect(isAlive({ pid: child.pid!, start: undefined })).toBe(false);
});

test("who does not end when asked to is killed", async () => {
  const exit = once(child, "exit");
  const record = recorded();
  await end(record, 1);
  expect([await exit, isAlive(record)]).toEqual([[null, "SIGKILL"], false]);
});

test("a stale record is forgotten, and its stranger left alone", async () => {
  const folder = join(temporaryDirectory(), "running");
  writeRecord(folder, "kafka", { ...stranger(), engine: "kafka", dataFolder: folder, temporary: false });
  await endRecorded(folder, "kafka");
  expect([readRecord(folder, "kafka"), isAlive(recorded())]).toEqual([undefined, true]);
});

test("all that is recorded is ended, and its data removed", async () => {
  const folder = join(temporaryDirectory(), "running");
  const record = recorded();
  const dataFolder = temporaryDirectory();
  writeRecord(folder, "1", { ...record, dataFolder, temporary: true });
  expect(await endAllRecorded(folder)).toBe(1);
  expect([isAlive(record), existsSync(dataFolder), await endAllRecorded(folder)]).toEqual([false, false, 0]);
});
