// One Gendan per data folder: an exclusive SQLite transaction on lock.db, which the system ends with the process.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Fault } from "@gendan/eventing";
import { isBusy, isDamaged, makeFolder, notWritable } from "./database.js";

/** What the owner of a folder tells others, in server.json beside the lock. */
export interface ServerInfo {
  readonly pid: number;
  /** Where it answers, once it does. */
  readonly url?: string;
}

export interface FolderLock {
  /** Tells others where this process answers. */
  publish(info: { readonly url: string }): void;
  release(): Promise<void>;
}

/** So long somebody who only looks (isLocked) may be in the way. */
const PATIENCE_MS = 250;

const lockFile = (directory: string) => join(directory, "lock.db");
const infoFile = (directory: string) => join(directory, "server.json");

/** Connections that hold a lock: one that nothing refers to would be collected, and the lock be gone. */
const held = new Set<DatabaseSync>();

/**
 * Makes the folder when missing and takes it for this process. Throws STORE_IN_USE when another one has it (or this one,
 * already), STORE_NOT_WRITABLE, STORE_DAMAGED.
 */
export async function lockFolder(directory: string): Promise<FolderLock> {
  makeFolder(directory);
  const connection = lock(directory);
  held.add(connection);
  const tell = (info: object) => writeInfo(directory, { pid: process.pid, ...info });
  try {
    tell({});
  } catch (error) {
    unlock(connection);
    throw notWritable(directory, error);
  }
  return {
    publish: tell,
    async release() {
      if (!held.has(connection)) return;
      rmSync(infoFile(directory), { force: true }); // while it is still ours
      unlock(connection);
    },
  };
}

/** Whether a process has the folder now. */
export async function isLocked(directory: string): Promise<boolean> {
  if (!existsSync(lockFile(directory))) return false;
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(lockFile(directory), { readOnly: true, timeout: 0 });
    connection.prepare("SELECT count(*) FROM sqlite_schema").get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw openingFault(directory, error);
  } finally {
    connection?.close();
  }
}

/** What the process that has the folder says of itself; undefined when none has it. */
export async function readServerInfo(directory: string): Promise<ServerInfo | undefined> {
  if (!(await isLocked(directory))) return undefined; // what lies there is of a process that died
  return readInfo(directory);
}

function lock(directory: string): DatabaseSync {
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(lockFile(directory), { timeout: PATIENCE_MS });
    connection.exec("BEGIN EXCLUSIVE");
    return connection;
  } catch (error) {
    connection?.close();
    throw openingFault(directory, error);
  }
}

function unlock(connection: DatabaseSync): void {
  held.delete(connection);
  connection.close();
}

function openingFault(directory: string, error: unknown): Fault {
  if (isBusy(error)) {
    const pid = readInfo(directory)?.pid;
    const who = pid === undefined ? "another Gendan" : `another Gendan (process ${pid})`;
    return new Fault("STORE_IN_USE", `${directory} is in use by ${who}: stop it, or name another folder with --data.`, {
      directory,
      pid,
    });
  }
  if (isDamaged(error)) {
    const file = lockFile(directory);
    return new Fault("STORE_DAMAGED", `${file} is damaged: delete it, it holds no data.`, { file }, { cause: error });
  }
  return notWritable(directory, error);
}

function writeInfo(directory: string, info: ServerInfo): void {
  const file = infoFile(directory);
  writeFileSync(`${file}.new`, `${JSON.stringify(info)}\n`);
  renameSync(`${file}.new`, file); // whoever reads it meanwhile sees a whole one
}

function readInfo(directory: string): ServerInfo | undefined {
  try {
    return JSON.parse(readFileSync(infoFile(directory), "utf8")) as ServerInfo;
  } catch {
    return undefined; // not written yet, or removed just now
  }
}
