// What a cluster tells others of itself: DIR/cluster.json, written anew whenever a process changes.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type ProcessState = "starting" | "ready" | "restarting" | "stopping" | "stopped";

export interface ProcessStatus {
  readonly service: string;
  /** Counts from 1 within a service. */
  readonly instance: number;
  /** Null while there is none. */
  readonly pid: number | null;
  readonly state: ProcessState;
  readonly url: string;
  /** How often it was started again after it had died. */
  readonly restarts: number;
  /** Since when it is in this state. */
  readonly since: string;
}

export interface ClusterState {
  /** The supervisor's process. */
  readonly pid: number;
  readonly processes: readonly ProcessStatus[];
}

const fileIn = (directory: string): string => join(directory, "cluster.json");

export function writeClusterState(directory: string, state: ClusterState): void {
  const file = fileIn(directory);
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`);
  renameSync(`${file}.new`, file); // whoever reads it meanwhile sees a whole one
}

/** The state of the folder's cluster as it is now; undefined where there never was one. A dead supervisor has no processes. */
export function readClusterState(directory: string): ClusterState | undefined {
  let state: ClusterState;
  try {
    state = JSON.parse(readFileSync(fileIn(directory), "utf8")) as ClusterState;
  } catch {
    return undefined;
  }
  if (isAlive(state.pid)) return state;
  const processes = state.processes.map((each): ProcessStatus => ({ ...each, pid: null, state: "stopped" }));
  return { ...state, processes };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
