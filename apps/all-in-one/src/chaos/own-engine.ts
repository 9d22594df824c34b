// A real Kafka or MongoDB server of the scenario's own, to be killed and started again on the same data.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = join(import.meta.dirname, "../../../../tools/engines.mjs");

export class OwnEngine {
  private running: { readonly runner: ChildProcess; readonly pid: number; readonly gone: Promise<void> } | undefined;
  private at = "";

  constructor(
    readonly engine: "kafka" | "mongodb",
    private readonly directory: string,
  ) {}

  /** What a client takes; the same after every start. */
  get address(): string {
    return this.at;
  }

  /** Resolved when it answers. Throws with what the server said when it cannot be started. */
  async start(): Promise<void> {
    const port = /(\d+)(?:\/|$)/.exec(this.at.replace(/^\w+:\/\//, ""))?.[1];
    const args = ["run", this.engine, "--data", this.directory, ...(port === undefined ? [] : ["--port", port])];
    const runner = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
    let complaints = "";
    runner.stderr!.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-10_000)));
    const gone = new Promise<void>((resolve) => runner.once("close", () => resolve()));
    const { value } = (await createInterface(runner.stdout!)[Symbol.asyncIterator]().next()) as { value?: string };
    if (value === undefined) {
      await gone;
      throw new Error(`${this.engine} could not be started: ${complaints.trim()}`);
    }
    const { pid, address } = JSON.parse(value) as { readonly pid: number; readonly address: string };
    this.at = address;
    this.running = { runner, pid, gone };
  }

  /** SIGKILL to the server itself; resolved when it is gone. */
  async kill(): Promise<void> {
    const { pid, gone } = this.running ?? {};
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    await gone;
    this.running = undefined;
  }

  async stop(): Promise<void> {
    const { runner, gone } = this.running ?? {};
    runner?.kill("SIGTERM");
    await gone;
    this.running = undefined;
  }
}
