// A cluster on real servers of its own: started, shot at, stopped.
import { join } from "node:path";
import { baseConfig, readConfig, type BaseConfig } from "@gendan/service-kit";
import { readClusterState, type ProcessStatus } from "../processes/cluster-state.js";
import { pause } from "./load.js";
import { OwnEngine } from "./own-engine.js";
import type { Random } from "./random.js";
import { startServer, type Exit, type ServerProcess } from "./server-process.js";

/** What all processes may take to be ready, in milliseconds. */
const READY_MS = 180_000;
const LOOK_MS = 50;

/** The servers that it runs on: its own, or somebody's under a fresh name. */
export interface Servers {
  readonly kafka: string;
  readonly mongodb: string;
}

export interface ClusterSettings {
  readonly directory: string;
  readonly instances: number;
  /** Signs tokens. */
  readonly secret: string;
  /** Absent: Kafka and MongoDB of its own, in the folder. */
  readonly servers?: Servers;
  /** Letters and digits: topics and databases begin with it. */
  readonly name: string;
}

type Environment = Readonly<Record<string, string>>;

export class ClusterUnderFire {
  readonly kafka: OwnEngine;
  readonly mongodb: OwnEngine;
  /** Processes of the cluster that were killed. */
  killed = 0;
  private process: ServerProcess | undefined;
  private url = "";

  constructor(private readonly settings: ClusterSettings) {
    this.kafka = new OwnEngine("kafka", join(settings.directory, "kafka"));
    this.mongodb = new OwnEngine("mongodb", join(settings.directory, "mongodb"));
  }

  /** The folder of the company, below the scenario's. */
  get data(): string {
    return join(this.settings.directory, "company");
  }

  /** Where the gateways answer. */
  get address(): string {
    return this.url;
  }

  /** The engines, as variables. */
  get environment(): Environment {
    const { servers, name, secret } = this.settings;
    return {
      GENDAN_EVENT_BUS: "kafka",
      GENDAN_KAFKA_BROKERS: servers?.kafka ?? this.kafka.address,
      GENDAN_KAFKA_REPLICATION: "1",
      GENDAN_KAFKA_PARTITIONS: "3",
      GENDAN_KAFKA_PREFIX: `${name}.`,
      GENDAN_DOCUMENT_STORE: "mongodb",
      GENDAN_MONGODB_URL: servers?.mongodb ?? this.mongodb.address,
      GENDAN_MONGODB_DATABASE: name,
      GENDAN_TOKEN_SECRET: secret,
    };
  }

  /** The same for who opens the company in its own process. */
  get config(): BaseConfig {
    return readConfig(baseConfig, this.environment);
  }

  /** Resolved when everything is ready. Throws with what it said when it cannot be started. */
  async start(): Promise<void> {
    if (!this.settings.servers) await Promise.all([this.kafka.start(), this.mongodb.start()]);
    const { data: directory, environment } = this;
    const args = ["--port", "0", "--data", directory, "--instances", `${this.settings.instances}`, "--empty"];
    this.process = startServer({ directory, program: "processes/cluster-main.js", args, environment });
    this.url = await this.process.ready;
  }

  processes(): readonly ProcessStatus[] {
    return readClusterState(this.data)?.processes ?? [];
  }

  /** Kills one of the processes that are there, in whatever state it is; undefined where there is none. */
  killOne(random: Random, of: (status: ProcessStatus) => boolean = () => true): ProcessStatus | undefined {
    const there = this.processes().filter((status) => status.pid !== null && of(status));
    if (there.length === 0) return undefined;
    const victim = random.pick(there);
    if (!signal(victim.pid!, "SIGKILL")) return undefined; // it has died of an earlier one since that was written down
    this.killed++;
    return victim;
  }

  /** Stops one of these processes for a while, as a machine without memory would, and lets it go on. */
  async pauseOne(random: Random, of: (status: ProcessStatus) => boolean, ms: number): Promise<void> {
    const there = this.processes().filter((status) => status.state === "ready" && status.pid !== null && of(status));
    if (there.length === 0) return;
    const { pid } = random.pick(there);
    if (!signal(pid!, "SIGSTOP")) return;
    try {
      await pause(ms);
    } finally {
      signal(pid!, "SIGCONT");
    }
  }

  /** Resolved when every process is ready. */
  async allReady(): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (!this.processes().every(({ state }) => state === "ready")) {
      if (Date.now() > deadline)
        throw new Error(
          `Not every process came back within ${READY_MS / 1_000} s: ${JSON.stringify(this.processes())}`,
        );
      await pause(LOOK_MS);
    }
  }

  /** How often processes were started again. More than were killed have died by themselves. */
  restarts(): number {
    return this.processes().reduce((sum, { restarts }) => sum + restarts, 0);
  }

  /** Ends the cluster in order; its servers stay. */
  async stop(): Promise<Exit | undefined> {
    const mine = this.process;
    this.process = undefined;
    return mine?.stop();
  }

  /** Ends whatever is left, at once. */
  async end(): Promise<void> {
    const pids = this.process ? this.processes().flatMap(({ pid }) => pid ?? []) : [];
    await this.process?.kill();
    for (const pid of pids) signal(pid, "SIGKILL");
    await Promise.all([this.kafka.kill(), this.mongodb.kill()]);
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false; // it is gone
  }
}
