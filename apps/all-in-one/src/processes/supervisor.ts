// Keeps processes running: starts each, starts it again when it dies, ends them all in order.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { Fault } from "@gendan/eventing";
import { nodeFlags } from "../child-process.js";
import type { ProcessState, ProcessStatus } from "./cluster-state.js";

/** The pause before a process is started again doubles from the first to the last of these, in milliseconds. */
const FIRST_PAUSE_MS = 200;
const LAST_PAUSE_MS = 5_000;
/** A process that was ready for so long has recovered: the next pause is the first one again, in milliseconds. */
const RECOVERED_MS = 10_000;
/** A process that has not stopped by then is killed, in milliseconds. */
const STOP_MS = 20_000;

const program = join(import.meta.dirname, "serve-main.js");

export interface ProcessSpec {
  readonly service: string;
  readonly instance: number;
  readonly url: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface SupervisedProcess {
  status(): ProcessStatus;
  /** Resolved when it answers for the first time. Throws where it ended before that. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told whenever any status has changed. */
  readonly changed: () => void;
  /** Told of each death, in a line. */
  readonly say: (line: string) => void;
}

/** Starts a process and keeps it running until it is stopped. One that never came up is not started again. */
export function superviseProcess(spec: ProcessSpec, options: SupervisorOptions): SupervisedProcess {
  const mind = new Mind(spec, options);
  mind.begin();
  return mind;
}

class Mind implements SupervisedProcess {
  private readonly up = Promise.withResolvers<void>();
  readonly ready = this.up.promise;
  private child: ChildProcess | undefined;
  private gone: Promise<void> = Promise.resolve();
  private state: ProcessState = "starting";
  private since = new Date();
  private restarts = 0;
  private pause = FIRST_PAUSE_MS;
  private wasReady = false;
  private stopping = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly spec: ProcessSpec,
    private readonly options: SupervisorOptions,
  ) {
    this.ready.catch(() => undefined); // whoever waits for it hears of it; nobody has to
  }

  status(): ProcessStatus {
    const { service, instance, url } = this.spec;
    const { state, restarts, since } = this;
    return { service, instance, pid: this.child?.pid ?? null, state, url, restarts, since: since.toISOString() };
  }

  begin(): void {
    const { args, environment } = this.spec;
    const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
      // Groups of their own: a Ctrl-C reaches the supervisor alone, which stops them in order.
      detached: process.platform !== "win32",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...this.options.environment, ...environment },
    });
    this.child = child;
    this.enter(this.restarts === 0 ? "starting" : "restarting");
    child.once("message", () => this.answered());
    this.gone = new Promise((resolve) => {
      child.once("error", (error) => this.died(error.message, resolve));
      child.once("exit", (code, signal) => this.died(signal ?? `exit ${code}`, resolve));
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (child) {
      this.enter("stopping");
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await this.gone;
      clearTimeout(kill);
    }
    this.enter("stopped");
  }

  private answered(): void {
    this.wasReady = true;
    this.up.resolve();
    if (!this.stopping) this.enter("ready");
  }

  private died(how: string, resolve: () => void): void {
    const { service, instance } = this.spec;
    const readyMs = this.state === "ready" ? Date.now() - this.since.getTime() : 0;
    this.child = undefined;
    resolve();
    if (this.stopping) return;
    if (!this.wasReady) {
      this.enter("stopped");
      this.up.reject(new Fault("CLOSED", `${service} ${instance} ended (${how}) before it was ready.`));
      return;
    }
    if (readyMs >= RECOVERED_MS) this.pause = FIRST_PAUSE_MS;
    this.restarts++;
    this.options.say(`${service} ${instance} died (${how}); it is started again in ${this.pause} ms.`);
    this.enter("restarting");
    this.timer = setTimeout(() => this.begin(), this.pause);
    this.pause = Math.min(2 * this.pause, LAST_PAUSE_MS);
  }

  private enter(state: ProcessState): void {
    if (state !== this.state) this.since = new Date();
    this.state = state;
    this.options.changed();
  }
}
