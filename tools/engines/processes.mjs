// Other processes by their id, without ever taking a stranger for the one that once had it.
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";

const pollMs = 25;

/** When the process with this id was started, in the system's own words; undefined when there is none. */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // a program's name may have spaces and brackets
    return fields[0] === "Z" ? undefined : fields[19];
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "ESRCH") throw error;
    return process.platform === "linux" ? undefined : startByPs(pid);
  }
}

function startByPs(pid) {
  try {
    const [state, ...start] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return state.startsWith("Z") ? undefined : start.join(" ");
  } catch {
    return undefined; // ps ends with 1 when there is none
  }
}

/** True while the process that was recorded is alive; false when its id belongs to another by now. */
export const isAlive = ({ pid, start }) => start !== undefined && startOf(pid) === start;

/** Ends exactly this process and resolves when it is gone: by SIGKILL when it has not ended `patienceMs` after SIGTERM. */
export async function end(recorded, patienceMs) {
  if (patienceMs > 0) {
    signal(recorded, "SIGTERM");
    const deadline = Date.now() + patienceMs;
    while (isAlive(recorded) && Date.now() < deadline) await pause();
  }
  while (isAlive(recorded)) {
    signal(recorded, "SIGKILL");
    await pause();
  }
}

function signal(recorded, name) {
  if (!isAlive(recorded)) return;
  try {
    process.kill(recorded.pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

export const pause = () => new Promise((resolve) => setTimeout(resolve, pollMs));
