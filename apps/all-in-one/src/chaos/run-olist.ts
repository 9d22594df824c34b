// The Olist orders imported into one process, and through a cluster of which a service dies on the way: the same figures.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { signToken } from "@gendan/security";
import { ClusterUnderFire, type Servers } from "./cluster-under-fire.js";
import { pause } from "./load.js";
import { firstOrders } from "./olist-files.js";
import { startServer } from "./server-process.js";

export interface OlistOptions {
  /** Made when missing; must hold nothing yet. */
  readonly directory: string;
  /** Processes killed on the way. */
  readonly kills: number;
  readonly seed: number;
  /** The first so many orders; absent: all of them. */
  readonly orders?: number;
  /** Where the files are. */
  readonly data?: string;
  readonly instances?: number;
  /** Absent: servers of its own. */
  readonly servers?: Servers;
  readonly log: (line: string) => void;
}

export interface OlistReport {
  /** Report by report what one process and the cluster say differently; empty when nothing. */
  readonly differences: readonly string[];
  readonly embedded: Figures;
  readonly cluster: Figures;
  /** Services that were killed while orders came in. */
  readonly killed: readonly string[];
  /** Orders per second. */
  readonly embeddedPace: number;
  readonly clusterPace: number;
  readonly lines: readonly string[];
}

/** What every report says, by its name. */
export type Figures = Readonly<Record<string, unknown>>;

interface Imported {
  readonly taken: number;
  readonly seconds: number;
  /** What the importer has counted. */
  readonly told: Figures;
}

export const OLIST_DATA = resolve(import.meta.dirname, "../../../../../shared/data/olist");
const IMPORTER = join(import.meta.dirname, "../../../cli/dist/main.js");
const CONCURRENCY = 32;
const INSTANCES = 2;
/** What the importer says when it has waited for the company in vain; and how often it is run at most. */
const GAVE_UP = "run the same import again to go on";
const RUNS = 5;
/** How often a report is asked for that a service is too slow for. */
const PATIENCE = 20;
const LOOK_MS = 200;
/** Who is killed, one after the other: those that take the most first. */
const VICTIMS = ["order", "logistics", "customer", "analytics"];
/** What a company may take to have nothing left to do, in milliseconds. */
const SETTLED_MS = 300_000;

/** Throws only where it cannot be run. */
export async function runOlist(options: OlistOptions): Promise<OlistReport> {
  const { directory, orders, data = OLIST_DATA, log } = options;
  if (!existsSync(join(data, "orders.csv"))) throw new Error(`${data} does not hold the Olist files.`);
  const files = join(directory, "files");
  const count = firstOrders(data, files, orders);
  log(`${count} orders into one process`);
  const secret = `olist ${options.seed} `.padEnd(40, "·");
  const embedded = await importEmbedded(join(directory, "embedded"), files, secret);
  log(`${count} orders through a cluster`);
  const { killed, ...cluster } = await importThroughCluster(options, files, secret);
  const told = compareFigures("the importer says", embedded.told, cluster.told);
  const differences = [...told, ...compareFigures("the reports say", embedded.figures, cluster.figures)];
  const [embeddedPace, clusterPace] = [embedded, cluster].map(({ seconds }) => count / seconds) as [number, number];
  return {
    differences,
    embedded: embedded.figures,
    cluster: cluster.figures,
    killed,
    embeddedPace,
    clusterPace,
    lines: [
      `orders        ${count}`,
      `one process   ${embedded.seconds.toFixed(1)} s, ${embeddedPace.toFixed(1)} orders/s`,
      `cluster       ${cluster.seconds.toFixed(1)} s, ${clusterPace.toFixed(1)} orders/s`,
      `killed        ${killed.join(", ")}`,
    ],
  };
}

async function importEmbedded(directory: string, files: string, secret: string) {
  const server = startServer({ directory, environment: { GENDAN_TOKEN_SECRET: secret } });
  try {
    const url = await server.ready;
    const imported = await importInto(url, files, join(directory, "import"), secret);
    return { ...imported, figures: await figuresOf(url, secret) };
  } finally {
    await server.stop();
  }
}

async function importThroughCluster(options: OlistOptions, files: string, secret: string) {
  const { directory, seed, kills, instances = INSTANCES, servers, log } = options;
  const name = `olist${seed}x${Date.now().toString(36)}`;
  const inCluster = join(directory, "cluster");
  const cluster = new ClusterUnderFire({
    directory: inCluster,
    instances,
    secret,
    name,
    ...(servers ? { servers } : {}),
  });
  try {
    await cluster.start();
    let importing = true;
    const imported = importInto(cluster.address, files, join(inCluster, "import"), secret);
    const ended = imported.catch(() => undefined).finally(() => (importing = false));
    const killed = await killOnTheWay(cluster, secret, kills, () => importing, log);
    await ended;
    return { ...(await imported), killed, figures: await figuresOf(cluster.address, secret) };
  } finally {
    const exit = await cluster.stop();
    if (exit && exit.how !== 0) log(`the cluster's stop ended with ${exit.how}: ${exit.complaints}`);
    await cluster.end();
  }
}

/** Kills one service after the other, each when some more orders have come in. */
async function killOnTheWay(
  cluster: ClusterUnderFire,
  secret: string,
  kills: number,
  importing: () => boolean,
  log: (line: string) => void,
): Promise<string[]> {
  const killed: string[] = [];
  let before = 0;
  const first = { pick: <Value>(from: readonly Value[]) => from[0]!, below: () => 0, chance: () => true };
  while (importing() && killed.length < kills) {
    const now = await ordersIn(cluster.address, secret).catch(() => before);
    if (now > before) {
      const victim = VICTIMS[killed.length % VICTIMS.length]!;
      if (cluster.killOne(first, ({ service, state }) => service === victim && state === "ready")) {
        killed.push(victim);
        log(`killed ${victim} at ${now} orders`);
        before = now;
      }
    }
    await pause(LOOK_MS);
  }
  return killed;
}

/** `gendan import olist` as a person would run it: once more when it gave up on a company that was away for too long. */
async function importInto(url: string, files: string, out: string, secret: string): Promise<Imported> {
  const key = new TextEncoder().encode(secret);
  const token = await signToken(key, { user: "importer", roles: ["importer"], expiresIn: "1d" });
  const words = ["import", "olist", files, "--url", url, "--token", token, "--data", out, "--json"];
  const began = performance.now();
  let { how, output, complaints } = await runImporter(words);
  for (let again = 1; how !== 0 && complaints.includes(GAVE_UP) && again < RUNS; again++)
    ({ how, output, complaints } = await runImporter(words));
  if (how !== 0) throw new Error(`The import ended with ${how}: ${complaints.trim()}`);
  return importedIn(output, (performance.now() - began) / 1_000);
}

async function runImporter(words: readonly string[]) {
  const child = spawn(process.execPath, [IMPORTER, ...words, "--concurrency", `${CONCURRENCY}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, complaints] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-10_000)));
  const how = await new Promise<number | NodeJS.Signals>((done) =>
    child.once("close", (code, signal) => done(code ?? signal!)),
  );
  return { how, output, complaints };
}

function importedIn(output: string, seconds: number): Imported {
  const { steps, amounts, refused, contradictions } = JSON.parse(output) as {
    readonly steps: readonly { readonly step: string; readonly taken: number; readonly known: number }[];
    readonly amounts: unknown;
    readonly refused: readonly { readonly code: string; readonly count: number }[];
    readonly contradictions: unknown;
  };
  // What was acknowledged and not heard is known when it is sent again.
  const carried = Object.fromEntries(steps.map(({ step, taken, known }) => [step, taken + known]));
  const taken = steps.find(({ step }) => step === "order")?.taken ?? 0;
  return { taken, seconds, told: { carried, amounts, refused, contradictions } };
}

const AMOUNTS = "amount { minor currency } freight { minor currency } received { minor currency }";
const YEARS = `from: "2016-01-01", to: "2018-12-31"`;
/** Each asked by itself: on a machine with two cores they have the time of a request for themselves. */
const REPORTS = [
  "lifecycles: orderCounts(by: LIFECYCLE) { key count }",
  "holds: orderCounts(by: HOLD) { key count }",
  "channels: orderCounts(by: CHANNEL) { key count }",
  `sales(${YEARS}) { orders lines ${AMOUNTS} }`,
  `salesByMonth: sales(${YEARS}, groupBy: MONTH) { key orders lines ${AMOUNTS} }`,
  `verification(${YEARS}) { verified firstPass firstPassShare p50Hours p90Hours }`,
  `deliveryPerformance(${YEARS}) { delivered late lateShare meanDays p50Days p90Days }`,
  `deliveryByMonth: deliveryPerformance(${YEARS}, groupBy: MONTH) { key delivered late meanDays p50Days p90Days }`,
  `issuePareto(${YEARS}) { cause count }`,
  `satisfaction(${YEARS}) { answers distribution }`,
  `satisfactionByMonth: satisfaction(${YEARS}, groupBy: MONTH) { key answers distribution }`,
  "orders { totalCount }",
  "shipments { totalCount }",
  "cases { totalCount }",
  "issues { totalCount }",
  "customers { totalCount }",
];

async function figuresOf(url: string, secret: string): Promise<Figures> {
  await settled(url, secret);
  const figures: Figures[] = [];
  for (const report of REPORTS) figures.push(await askedWithPatience(url, secret, `{ ${report} }`));
  return Object.assign({}, ...figures) as Figures;
}

/** Asks again what a service was too slow for. */
async function askedWithPatience(url: string, secret: string, query: string): Promise<Figures> {
  for (let again = 1; ; again++) {
    try {
      return await asked(url, secret, query);
    } catch (error) {
      if (again === PATIENCE || !String(error).includes("SERVICE_TIMEOUT")) throw error;
    }
  }
}

async function ordersIn(url: string, secret: string): Promise<number> {
  const { orders } = await asked(url, secret, "{ orders(first: 1) { totalCount } }");
  return (orders as { readonly totalCount: number }).totalCount;
}

const tokenOf = async (secret: string, role: string): Promise<string> =>
  `Bearer ${await signToken(new TextEncoder().encode(secret), { user: "ana", roles: [role], expiresIn: "1h" })}`;

async function post(url: string, authorization: string, body: object): Promise<string> {
  const headers = { authorization, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return response.text();
}

async function asked(url: string, secret: string, query: string): Promise<Figures> {
  const answer = JSON.parse(await post(`${url}/graphql`, await tokenOf(secret, "manager"), { query })) as {
    readonly data?: Figures;
    readonly errors?: unknown;
  };
  if (!answer.data || answer.errors) throw new Error(`${query} was answered with ${JSON.stringify(answer.errors)}`);
  return answer.data;
}

/** Until nothing is left to do, twice in a row with nothing done in between. */
async function settled(url: string, secret: string): Promise<void> {
  const admin = await tokenOf(secret, "admin");
  const deadline = Date.now() + SETTLED_MS;
  for (let before: number | undefined; ; await pause(LOOK_MS)) {
    const lines = (await post(`${url}/admin/settled`, admin, {}).catch(() => "{}")).trim().split("\n");
    const { result } = JSON.parse(lines.at(-1)!) as { readonly result?: { caughtUp: boolean; moves: number } };
    const now = result?.caughtUp ? result.moves : undefined;
    if (now !== undefined && now === before) return;
    before = now;
    if (Date.now() > deadline) throw new Error(`${url} still has work to do: ${lines.at(-1)}`);
  }
}

/** One line for each report that is not the same, told by `who`; empty when all are. Pure. */
export function compareFigures(who: string, one: Figures, other: Figures): string[] {
  return Object.keys({ ...one, ...other })
    .filter((name) => !isDeepStrictEqual(one[name], other[name]))
    .map((name) => `${who} of ${name}: ${JSON.stringify(one[name])} and in the cluster ${JSON.stringify(other[name])}`);
}
