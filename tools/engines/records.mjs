// What is running, written down: a folder with one JSON file for each server, so that another process can end it.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stopServer } from "./server.mjs";

const fileOf = (folder, name) => join(folder, `${name}.json`);

export function writeRecord(folder, name, record) {
  mkdirSync(folder, { recursive: true });
  const draft = `${fileOf(folder, name)}.draft.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(record)}\n`);
  renameSync(draft, fileOf(folder, name));
}

export function readRecord(folder, name) {
  try {
    return JSON.parse(readFileSync(fileOf(folder, name), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

export const forget = (folder, name) => rmSync(fileOf(folder, name), { force: true });

/** Ends what a record names, unless its process id is a stranger's by now; data that was made for it goes with it. */
export async function endRecorded(folder, name, patience = {}) {
  const record = readRecord(folder, name);
  if (record === undefined) return;
  await stopServer(record, { keepsData: !record.temporary, ...patience });
  if (record.temporary) rmSync(record.dataFolder, { recursive: true, force: true, maxRetries: 5 });
  forget(folder, name);
}

/** Everything recorded in the folder, ended at once, with the data that was made for it; the folder goes too. */
export async function endAllRecorded(folder) {
  let files = [];
  try {
    files = readdirSync(folder);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const names = files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
  await Promise.all(names.map((name) => endRecorded(folder, name, { keepsData: false })));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return names.length;
}
