// `npm run cluster`: starts a company of many processes and keeps it running; `status` tells how they are.
import { resolve } from "node:path";
import { Fault, isFault } from "@gendan/eventing";
import { baseConfig, readConfig, type BaseConfig } from "@gendan/service-kit";
import { aborted } from "../aborted.js";
import { CLUSTER_USAGE, readClusterFlags, type ClusterFlags } from "./flags.js";
import { readClusterState } from "./cluster-state.js";

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

async function main(): Promise<void> {
  const flags = readClusterFlags(process.argv.slice(2));
  if (flags.help) return console.log(CLUSTER_USAGE);
  return flags.status ? tellStatus(resolve(flags.data)) : run(flags);
}

function tellStatus(directory: string): void {
  const state = readClusterState(directory);
  if (!state)
    throw new Fault("CONFIGURATION", `No cluster has run in ${directory}: npm run cluster -- --data ${directory}.`);
  for (const each of state.processes) console.log(JSON.stringify(each));
}

async function run({ port, data, instances, empty }: ClusterFlags): Promise<void> {
  const config = readConfig(baseConfig, process.env);
  const { startCluster } = await import("./cluster.js");
  const directory = resolve(data);
  const { signal } = stopping;
  const options = { port, directory, instances, config, environment: process.env, say: console.log, signal };
  const cluster = await startCluster(options);
  try {
    const { takesOwnTokens } = await import("../trust.js");
    if (!empty && takesOwnTokens(config)) await fill(cluster.url, directory, config);
    if (!signal.aborted) {
      console.log(welcome(cluster.url, data));
      await aborted(signal);
    }
    console.log("Stopping.");
  } finally {
    await cluster.stop();
  }
}

async function fill(url: string, directory: string, config: BaseConfig): Promise<void> {
  const { sharedSecret } = await import("../engines.js");
  const { fillCluster } = await import("./cluster-sample.js");
  console.log("Looking whether the company is empty; an empty one gets a small sample …");
  const secret = await sharedSecret(directory, config);
  const sampled = await fillCluster(url, secret, stopping.signal);
  if (sampled) console.log(`Made: ${sampled.orders} orders in ${sampled.seconds.toFixed(1)} s.`);
}

const welcome = (url: string, data: string): string => `Gendan 跟单 is ready, in many processes.
  Open      ${url}/graphql        (explorer 查询页面)
  Health    ${url}/health/ready
  Status    npm run --silent cluster -- status --data ${data}
  A token   npm run --silent gendan -- token --role manager --user me --data ${data}   (under the same variables 使用同样的环境变量)
  Stop      Ctrl-C`;

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (isFault(error)) console.error(`gendan: ${error.message}`);
    else if (stopping.signal.aborted) process.exit(0);
    else console.error(error);
    process.exit(1);
  },
);
