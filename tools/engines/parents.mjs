// Notices that whoever started this process is gone, when nobody is left to tell it.
import { readFileSync } from "node:fs";

const lookedForEveryMs = 250;

/**
 * Calls `stop` once when npm, which started this process with or without a shell between, has ended: it hands a SIGTERM
 * to that shell alone, and a SIGKILL to nobody. Seen by another parent or, on Linux, another parent of it.
 */
export function whenNpmIsGone(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parents = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = parents();
  const timer = setInterval(() => {
    if (parents() === before) return;
    clearInterval(timer);
    stop();
  }, lookedForEveryMs);
  timer.unref();
}

function parentOf(pid) {
  try {
    return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  } catch {
    return undefined; // no Linux, or gone
  }
}
