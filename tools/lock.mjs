// A lock between processes: one file with the holder's process id. A holder that died leaves it to the next one.
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "./workspace.mjs";

const pollMs = 40;
const held = new Set();

/** Does the work alone among all processes that name the same file; waits at most `patienceMs` for its turn. */
export async function withLock(file, patienceMs, work) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + patienceMs;
  while (!taken(file)) {
    if (abandoned(file)) continue;
    if (Date.now() > deadline)
      throw new Problem(`another process has held ${file} for too long; remove it if none runs`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  held.add(file);
  try {
    return await work();
  } finally {
    held.delete(file);
    if (holder(file) === String(process.pid)) unlinkSync(file);
  }
}

function taken(file) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file); // appears at once with its content, or not at all
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(mine);
  }
}

function holder(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Removes the lock of a dead process; true when it is worth trying again at once. */
function abandoned(file) {
  const pid = holder(file);
  if (pid === undefined) return true;
  if (Number(pid) === process.pid ? held.has(file) : isAlive(Number(pid))) return false;
  const aside = `${file}.abandoned.${process.pid}`;
  try {
    renameSync(file, aside);
    // Someone else may have cleared the dead one first and hold the lock by now: then give theirs back.
    if (holder(aside) !== pid) linkSync(aside, file);
    unlinkSync(aside);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  }
  return true;
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
