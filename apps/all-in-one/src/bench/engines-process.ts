// Gendan's own processes for measuring: one service as `npm run serve` runs it, and what every process of a company is asked.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { callerOf, defaultPolicy, IdentitySigner, signToken } from "@gendan/security";
import { nodeFlags, withoutSettings } from "../child-process.js";

const program = join(import.meta.dirname, "../processes/serve-main.js");
/** Between two looks whether anything is left to do, in milliseconds. */
const LOOK_MS = 50;

export type Environment = Readonly<Record<string, string>>;

export interface Served {
  readonly url: string;
  /** From the start of the process until it answered. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** Nothing of this process's own settings reaches the processes that are measured. */
export const environmentOf = (variables: Environment): Environment => ({ ...withoutSettings(), ...variables });

/** One service as a process; resolved when it answers. */
export async function serve(service: string, directory: string, variables: Environment): Promise<Served> {
  const started = performance.now();
  const child = spawn(process.execPath, [...nodeFlags, program, service, "--port", "0", "--data", directory], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: environmentOf(variables),
  });
  const { url } = (await firstMessage(child)) as { readonly url: string };
  return { url, readyMs: performance.now() - started, stop: () => ended(child) };
}

/** What a child says first. Throws when it ends before that. */
export async function firstMessage(child: ChildProcess): Promise<unknown> {
  const gone = once(child, "exit").then(([code, signal]) => {
    throw new Error(`${child.spawnargs.slice(-6).join(" ")} ended (${String(code ?? signal)}) before it answered.`);
  });
  return ((await Promise.race([once(child, "message"), gone])) as unknown[])[0];
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

/** The right to do everything in all departments, as fast as a service account. */
const everything = { roles: ["admin", "importer"], departments: ["cn/east"] };

export const bearer = async ({ GENDAN_TOKEN_SECRET }: Environment, user = "boss"): Promise<string> =>
  `Bearer ${await signToken(new TextEncoder().encode(GENDAN_TOKEN_SECRET), { user, ...everything, expiresIn: "8h" })}`;

/** The same for a service itself, as of a gateway that signs ahead: a measurement lasts longer than an identity. */
export const identity = ({ GENDAN_TOKEN_SECRET }: Environment): Promise<string> => {
  const later = (): number => Date.now() + 28_800_000;
  const signer = new IdentitySigner(new TextEncoder().encode(GENDAN_TOKEN_SECRET), later);
  return signer.headerOf(callerOf({ user: "boss", ...everything }, defaultPolicy));
};

/** Resolved when nothing is left to do, or when the patience is over: then false. */
export async function settled(urls: readonly string[], authorization: string, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  for (let before = ""; performance.now() < until; await pause(LOOK_MS)) {
    const states = await Promise.all(urls.map((url) => settledNow(url, authorization)));
    const moves = states.map((state) => state.moves).join();
    if (states.every((state) => state.caughtUp) && moves === before) return true;
    before = moves;
  }
  return false;
}

export async function settledNow(url: string, authorization: string) {
  const response = await fetch(`${url}/admin/settled`, { method: "POST", headers: { authorization } });
  const line = (await response.text()).trim().split("\n").at(-1)!;
  const { result } = JSON.parse(line) as { result?: { readonly caughtUp: boolean; readonly moves: number } };
  return result ?? { caughtUp: false, moves: -1 };
}

/** The memory that a process has in RAM, in MiB; undefined where the platform does not tell it in /proc. */
export function residentMiB(pid: number): number | undefined {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;
  } catch {
    return undefined;
  }
}

/** A tick of the kernel's clock as /proc counts it, in milliseconds. */
const TICK_MS = 10;

/** When a process was started, in milliseconds since 1970, exact to a tick; undefined where the platform has no /proc. */
export function startOf(pid: number): number | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!;
    const ticks = Number(afterName.split(" ")[19]);
    const upMs = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1_000;
    return Date.now() - (upMs - ticks * TICK_MS);
  } catch {
    return undefined;
  }
}
