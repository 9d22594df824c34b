// Servers that one spec file starts for itself, each under a `node tools/engines.mjs run` that ends with the test's process.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface OwnServer {
  /** What a client takes: a broker, or a URL. The same after every start. */
  readonly address: string;
  /** The server's own process id; undefined while it is down. */
  readonly pid: number | undefined;
  /** SIGKILL to the server itself; resolved when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port; resolved when it answers. */
  start(): Promise<void>;
  /** An orderly end, by SIGTERM; resolved when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a server; resolved when it answers. Its data is in a fresh folder, and its port is a free one, unless named.
 * Rejects with what the server said when it cannot be started.
 */
export type StartServer = (options?: { readonly dataFolder?: string; readonly port?: number }) => Promise<OwnServer>;

const program = fileURLToPath(new URL("../../../../tools/engines.mjs", import.meta.url));

/** Owns what one describe starts: `end` kills every server and removes the folders that were made for them. */
export class ServersOfASpec {
  private readonly servers: Server[] = [];
  private readonly folders: string[] = [];

  constructor(private readonly engine: "kafka" | "mongodb") {}

  async start({ dataFolder, port }: { dataFolder?: string; port?: number } = {}): Promise<OwnServer> {
    const server = new Server(this.engine, dataFolder ?? this.freshFolder(), port);
    this.servers.push(server);
    await server.start();
    return server;
  }

  async end(): Promise<void> {
    await Promise.all(this.servers.splice(0).map((server) => server.kill()));
    for (const folder of this.folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }

  private freshFolder(): string {
    const parent = process.env["GENDAN_TEST_RUNNING"] ?? tmpdir(); // the former is removed even after a run that broke off
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, `gendan-${this.engine}-`));
    this.folders.push(folder);
    return folder;
  }
}

class Server implements OwnServer {
  private running: { readonly runner: ChildProcess; readonly gone: Promise<void>; readonly pid: number } | undefined;
  private at: string | undefined;

  constructor(
    private readonly engine: string,
    private readonly dataFolder: string,
    private port: number | undefined,
  ) {}

  get address(): string {
    return this.at!;
  }

  get pid(): number | undefined {
    return this.running?.pid;
  }

  async start(): Promise<void> {
    if (this.running) return;
    const port = this.port === undefined ? [] : ["--port", String(this.port)];
    const runner = spawn(process.execPath, [program, "run", this.engine, "--data", this.dataFolder, ...port], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let complaints = "";
    runner.stderr!.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    const gone = new Promise<void>((resolve) => runner.once("close", () => resolve()));
    const { value } = (await createInterface(runner.stdout!)[Symbol.asyncIterator]().next()) as { value?: string };
    if (value === undefined) {
      await gone;
      throw new Error(`${this.engine} could not be started: ${complaints.trim()}`);
    }
    const { pid, address } = JSON.parse(value) as { pid: number; address: string };
    this.at = address;
    this.port = Number(/(\d+)$/.exec(address)![1]);
    this.running = { runner, gone, pid };
    void gone.then(() => (this.running = undefined));
  }

  async kill(): Promise<void> {
    const { pid, gone } = this.running ?? {};
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    const { runner, gone } = this.running ?? {};
    runner?.kill("SIGTERM");
    await gone;
  }
}
