// A company of many processes on one machine: every service and the gateway on its own, on the engines that variables name.
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { lockFolder } from "@gendan/adapters/sqlite/folder-lock";
import type { BaseConfig } from "@gendan/service-kit";
import { checkEngines } from "../engines.js";
import { listening } from "../listening.js";
import { serviceNames, writes, type ServiceName } from "../service-names.js";
import { writeClusterState } from "./cluster-state.js";
import { GATEWAY } from "./flags.js";
import { superviseProcess, type ProcessSpec, type SupervisedProcess } from "./supervisor.js";

export interface ClusterOptions {
  readonly port: number;
  readonly directory: string;
  readonly instances: number;
  readonly config: BaseConfig;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface Cluster {
  /** Where the gateways answer. */
  readonly url: string;
  stop(): Promise<void>;
}

/** How many processes of a service there can be, and why not more. */
export function instancesOf(
  service: ServiceName,
  { eventStore, documentStore }: Pick<BaseConfig, "eventStore" | "documentStore">,
  wanted: number,
): { readonly count: number; readonly because?: string } {
  if (wanted === 1) return { count: 1 };
  if (eventStore === "sqlite" && writes(service))
    return { count: 1, because: "its events are on SQLite, which has one writer" };
  if (documentStore === "sqlite") return { count: 1, because: "its documents are on SQLite, which has one process" };
  return { count: wanted };
}

/** Starts everything; resolved when every process answers. Throws Faults of one line for a person, with all processes ended. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { directory, config, instances, environment, say, signal } = options;
  checkEngines(config, false);
  const lock = await lockFolder(directory);
  const processes: SupervisedProcess[] = [];
  const stop = async (): Promise<void> => {
    // The door first, so that no request meets a service that is gone.
    for (const kind of [isGateway, (one: SupervisedProcess) => !isGateway(one)])
      await Promise.all(processes.filter(kind).map((one) => one.stop()));
    await lock.release();
  };
  const changed = (): void => {
    writeClusterState(directory, { pid: process.pid, processes: processes.map((one) => one.status()) });
  };
  const start = async (specs: readonly ProcessSpec[]): Promise<void> => {
    await inGroups(specs, Math.max(2, availableParallelism()), async (spec) => {
      signal.throwIfAborted();
      const one = superviseProcess(spec, { environment, changed, say });
      processes.push(one);
      await one.ready;
    });
  };
  try {
    const services = await serviceSpecs(options);
    await start(services);
    const gateway = await gatewaySpecs(options, services, instances);
    await start(gateway.specs);
    lock.publish({ url: gateway.url });
    return { url: gateway.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const isGateway = (one: SupervisedProcess): boolean => one.status().service === GATEWAY;

async function serviceSpecs({ directory, config, instances, say }: ClusterOptions): Promise<ProcessSpec[]> {
  const specs: ProcessSpec[] = [];
  for (const service of serviceNames) {
    const { count, because } = instancesOf(service, config, instances);
    if (because) say(`${service} runs once, not ${instances} times: ${because}.`);
    for (let instance = 1; instance <= count; instance++) {
      const port = await freePort(config.host);
      const args = [service, "--port", String(port), "--data", directory];
      specs.push({ service, instance, args, url: `http://${config.host}:${port}` });
    }
  }
  // First ones first: what is made once, they make.
  return specs.sort((a, b) => a.instance - b.instance);
}

async function gatewaySpecs(
  { directory, port, config }: ClusterOptions,
  services: readonly ProcessSpec[],
  instances: number,
): Promise<{ readonly specs: ProcessSpec[]; readonly url: string }> {
  const { host } = config;
  // Asked for alone first: gateways that share a port do not notice a stranger on it.
  const own = await listening(async () => String(await freePort(host, port)), { port, host });
  const url = `http://${host}:${own}`;
  const shared = instances > 1 && process.platform === "linux";
  const subgraphs = serviceNames.map((name) => {
    const urls = services.filter(({ service }) => service === name).map((each) => `${each.url}/graphql`);
    return `${name}=${urls.join(",")}`;
  });
  const args = [GATEWAY, "--port", own, "--data", directory, ...(shared ? ["--shared"] : [])];
  const specs = Array.from({ length: shared ? instances : 1 }, (_, index): ProcessSpec => ({
    service: GATEWAY,
    instance: index + 1,
    args,
    url,
    environment: { GENDAN_SUBGRAPHS: subgraphs.join(";") },
  }));
  return { specs, url };
}

/** A port that nobody listens on; `port` itself unless it is 0. Throws as listening does. */
const freePort = (host: string, port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const { port: found } = server.address() as { port: number };
      server.close(() => resolve(found));
    });
  });

async function inGroups<Value>(
  values: readonly Value[],
  atOnce: number,
  work: (value: Value) => Promise<void>,
): Promise<void> {
  const queue = [...values];
  const next = async (): Promise<void> => {
    for (let value = queue.shift(); value !== undefined; value = queue.shift()) await work(value);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
