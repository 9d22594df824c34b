// A company of many processes: how soon each answers and what memory it takes, and how soon a confirmed order is in a report.
import { newId } from "@gendan/eventing";
import { baseConfig, readConfig } from "@gendan/service-kit";
import { MongoClient } from "mongodb";
import { startCluster } from "../processes/cluster.js";
import { readClusterState, type ProcessStatus } from "../processes/cluster-state.js";
import { bodyOf, CLIENTS, load, tokenOf } from "./engines-orders.js";
import { bearer, environmentOf, residentMiB, settled, startOf } from "./engines-process.js";
import { openEcho, rawKafka, withTopics } from "./engines-raw.js";
import { newInstallation, type Servers } from "./engines-servers.js";
import { median, percentile, timed, type Figure } from "./figures.js";
import { rawClient } from "./raw-client.js";

const INSTANCES = 2;
const WARM = CLIENTS;
const SAMPLES = 208;
const ORDERS = WARM + SAMPLES;
const TRANSACTIONS = 100;
const SETTLING_MS = 60_000;
/** As large as the public event of a confirmed order. */
const RAW_VALUE = Buffer.alloc(400, "x");

export async function benchCluster(
  directory: string,
  servers: Servers,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Figure[]> {
  const installation = newInstallation(servers);
  const environment = environmentOf(installation.environment);
  const config = readConfig(baseConfig, environment);
  const cluster = await startCluster({
    port: 0,
    directory,
    instances: INSTANCES,
    config,
    environment,
    say: (line) => say(`  ${line}`),
    signal,
  });
  try {
    const processes = readClusterState(directory)!.processes;
    const starts = processes.map(startMs);
    const idle = processes.map(({ pid }) => residentMiB(pid!));
    const [boss, checker] = [await bearer(environment), await bearer(environment, "checker")];
    const orders = Array.from({ length: ORDERS }, () => newId());
    await load([cluster.url], boss, orders, "receive");
    await load([cluster.url], checker, orders, "verify");
    await quiet(cluster.url, boss);
    const loaded = processes.map(({ pid }) => residentMiB(pid!));
    say(`  ${processes.length} processes, ${2 * ORDERS} commands as a small load`);
    const visible = await benchVisible(cluster.url, boss, orders, servers);
    return [...visible, ...processes.flatMap((each, n) => processFigures(each, starts[n], idle[n], loaded[n]))];
  } finally {
    await cluster.stop();
    await installation.remove();
  }
}

async function quiet(url: string, authorization: string): Promise<void> {
  if (!(await settled([url], authorization, SETTLING_MS))) throw new Error(`Nothing was settled in ${SETTLING_MS} ms.`);
}

const nameOf = ({ service, instance }: ProcessStatus): string => `${service} ${instance}`;

/** From the start of the process until it said that it is ready, in milliseconds; undefined where it cannot be told. */
function startMs({ pid, since }: ProcessStatus): number | undefined {
  const started = startOf(pid!);
  return started === undefined ? undefined : Date.parse(since) - started;
}

function processFigures(
  each: ProcessStatus,
  start: number | undefined,
  idle: number | undefined,
  loaded: number | undefined,
): Figure[] {
  const beside = loaded === undefined ? {} : { beside: `${loaded.toFixed(0)} MiB after a small load` };
  return [
    ...(start === undefined
      ? []
      : [{ name: `${nameOf(each)}: from its start until it answers`, value: start, unit: "ms" }]),
    ...(idle === undefined
      ? []
      : [{ name: `${nameOf(each)}: memory when it answers`, value: idle, unit: "MiB", ...beside }]),
  ];
}

/** One order after the other; between two of them everybody comes to rest, and a message goes through raw kafkajs. */
async function benchVisible(
  url: string,
  authorization: string,
  orders: readonly string[],
  servers: Servers,
): Promise<Figure[]> {
  const topic = `bench-${newId()}`;
  const client = rawClient(Number(new URL(url).port), authorization);
  const ask = (query: string, token: string) =>
    client.post("/graphql", JSON.stringify({ query: `query ($token: String!) { ${query} }`, variables: { token } }));
  const report = "analyticsSettled(token: $token)";
  const others = "logisticsSettled(token: $token) customerSettled(token: $token)";
  const waits: number[] = [];
  const commands: number[] = [];
  const echoes: number[] = [];
  await withTopics(servers.kafka, [topic], async () => {
    const echo = await openEcho(rawKafka(servers.kafka), topic);
    for (const [n, orderId] of orders.entries()) {
      const start = performance.now();
      const token = tokenOf(await client.post("/graphql", bodyOf("confirm", orderId)));
      const acknowledged = performance.now();
      const answer = await ask(report, token);
      if (!answer.includes("true")) throw new Error(`The report did not show an order in time: ${answer}`);
      const shown = performance.now();
      await ask(others, token);
      const echoed = await timed(() => echo.echo({ value: RAW_VALUE }));
      if (n < WARM) continue;
      waits.push(shown - acknowledged);
      commands.push(acknowledged - start);
      echoes.push(echoed);
    }
    await echo.close();
  });
  client.close();
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const raw = (p: number): string => `${ms(percentile(echoes, p))} raw produce→consume`;
  const transactions = await timeTransactions(servers.mongodb!);
  return [
    {
      name: `order confirmed → report visible, ${SAMPLES} orders, p50`,
      value: percentile(waits, 50),
      unit: "ms",
      beside: raw(50),
    },
    { name: "  p99", value: percentile(waits, 99), unit: "ms", beside: raw(99) },
    { name: "  the command until it is acknowledged, p50", value: median(commands), unit: "ms" },
    {
      name: "  raw transaction of two writes on the MongoDB-wire server, p50",
      value: median(transactions),
      unit: "ms",
      beside: `p99 ${ms(percentile(transactions, 99))}`,
    },
  ];
}

/** What each fold pays at least once: the server's own price. */
async function timeTransactions(url: string): Promise<number[]> {
  const client = await MongoClient.connect(url, { writeConcern: { w: "majority" } });
  const database = client.db(`bench-${newId().slice(-8)}`);
  try {
    const rows = database.collection<{ _id: number; n: number }>("rows");
    await rows.insertMany([
      { _id: 1, n: 0 },
      { _id: 2, n: 0 },
    ]);
    const times: number[] = [];
    for (let n = 0; n < TRANSACTIONS; n++) {
      times.push(
        await timed(() =>
          client.withSession((session) =>
            session.withTransaction(() =>
              rows.bulkWrite(
                [1, 2].map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { n } } } })),
                { session },
              ),
            ),
          ),
        ),
      );
    }
    return times;
  } finally {
    await database.dropDatabase();
    await client.close();
  }
}
