// Shoots at a loaded cluster and its servers, and then compares what its clients were told with what is stored.
import { Client } from "./client.js";
import { ClusterUnderFire, type Servers } from "./cluster-under-fire.js";
import { gatherEvidence } from "./evidence.js";
import { acknowledgedIn, emptyLedger, type Ledger } from "./ledger.js";
import { acknowledgements, pause, replayAll, tokensOf, work, type Working } from "./load.js";
import { randomOf, type Random } from "./random.js";
import { reportOfWork, type ChaosOptions, type WorkReport } from "./report.js";

export const clusterScenarios = ["broker", "services", "rebalance", "mongodb"] as const;
export type ClusterScenario = (typeof clusterScenarios)[number];

/** How often each scenario shoots when nothing else is said. */
export const DEFAULT_KILLS: Readonly<Record<ClusterScenario, number>> = {
  broker: 50,
  services: 500,
  rebalance: 100,
  mongodb: 20,
};

export interface ClusterChaosOptions extends ChaosOptions {
  readonly scenario: ClusterScenario;
  readonly instances?: number;
  /** Absent: servers of its own. */
  readonly servers?: Servers;
}

export interface ClusterChaosReport extends WorkReport {
  /** Processes of the cluster that were started again. */
  readonly restarts: number;
  /** Acknowledged while a server was away. */
  readonly whileAway: number;
}

const INSTANCES = 2;
/** The next shot comes after 1 to so many acknowledgements … */
const LOAD = 40;
/** … and up to so many milliseconds. */
const JITTER_MS = 300;
/** A server that was killed stays away up to so long, in milliseconds. */
const AWAY_MS = 4_000;
/** A consumer that is stopped for so long has lost its partitions; for less, it has not, or just so. In milliseconds. */
const STOPPED_MS = { short: 3_000, long: 13_000 };

/** One scenario as it runs. */
interface Fire {
  readonly cluster: ClusterUnderFire;
  readonly random: Random;
  readonly ledger: Ledger;
  whileAway: number;
}

/** Runs the scenario. Throws only where it cannot be run; what is wrong with the company is in the report. */
export async function runClusterChaos(options: ClusterChaosOptions): Promise<ClusterChaosReport> {
  const { scenario, kills, seed, directory, log, instances = INSTANCES, servers } = options;
  const began = performance.now();
  const ledger = emptyLedger();
  const secret = `chaos ${seed} `.padEnd(40, "·");
  const name = `chaos${seed}x${Date.now().toString(36)}`;
  const cluster = new ClusterUnderFire({ directory, instances, secret, name, ...(servers ? { servers } : {}) });
  const fire: Fire = { cluster, random: randomOf(seed), ledger, whileAway: 0 };
  try {
    await cluster.start();
    log(`the cluster answers at ${cluster.address}`);
    const client = new Client(() => Promise.resolve(cluster.address), await tokensOf(secret), ledger);
    let shots = 0;
    const working = work(client, ledger, options, () => shots >= kills);
    while (shots < kills && ledger.violations.length === 0) {
      await shootOnce(scenario, fire, working);
      shots++;
      const acknowledged = acknowledgedIn(ledger).length;
      const done = ledger.journeys.filter((journey) => journey.done).length;
      log(
        `${scenario} ${shots} of ${kills}: ${acknowledged} acknowledged, ${done} orders of ${ledger.journeys.length}`,
      );
    }
    await working.ended;
    await cluster.allReady();
    log("every order is carried through; replaying what was acknowledged");
    await replayAll(client, ledger);
    const restarts = cluster.restarts();
    if (restarts > cluster.killed)
      ledger.violations.push(`${cluster.killed} processes were killed, and ${restarts} had to be started again`);
    const exit = await cluster.stop();
    if (exit?.how !== 0) ledger.violations.push(`the stop ended with ${exit?.how}: ${exit?.complaints}`);
    log("stopped; folding the documents again");
    const evidence = await gatherEvidence(cluster.data, secret, cluster.config);
    return {
      ...reportOfWork({ seed, kills: shots }, ledger, evidence, began),
      restarts,
      whileAway: fire.whileAway,
    };
  } finally {
    await cluster.end();
  }
}

/** Waits for some work, and then shoots. */
async function shootOnce(scenario: ClusterScenario, fire: Fire, { ended }: Working): Promise<void> {
  const { cluster, random, ledger } = fire;
  const enough = acknowledgements(ledger, 1 + random.below(LOAD));
  try {
    await Promise.race([enough.reached, ended]);
  } finally {
    enough.forget();
  }
  await pause(random.below(JITTER_MS));
  switch (scenario) {
    case "services":
      cluster.killOne(random);
      return;
    case "rebalance":
      return rebalance(cluster, random);
    case "broker":
    case "mongodb":
      return takeAway(scenario, fire);
  }
}

const isAnalytics = ({ service }: { readonly service: string }): boolean => service === "analytics";

/** A consumer dies, or is stopped for so long that it seems to have died, or just not so long. */
async function rebalance(cluster: ClusterUnderFire, random: Random): Promise<void> {
  switch (random.below(3)) {
    case 0:
      return void cluster.killOne(random, isAnalytics);
    case 1:
      return cluster.pauseOne(random, isAnalytics, random.below(STOPPED_MS.short));
    default:
      return cluster.pauseOne(random, isAnalytics, STOPPED_MS.long);
  }
}

/** Kills a server, lets the clients feel it, starts it again, and waits until an order has come through. */
async function takeAway(scenario: "broker" | "mongodb", fire: Fire): Promise<void> {
  const { cluster, random, ledger } = fire;
  const engine = scenario === "broker" ? cluster.kafka : cluster.mongodb;
  const done = (): number => ledger.journeys.filter((journey) => journey.done).length;
  const before = acknowledgedIn(ledger).length;
  await engine.kill();
  await pause(random.below(AWAY_MS));
  fire.whileAway += acknowledgedIn(ledger).length - before;
  await engine.start();
  const finished = done();
  const through = acknowledgements(ledger, Infinity);
  let silent: unknown;
  through.reached.catch((error: unknown) => (silent = error));
  try {
    while (done() === finished && silent === undefined && ledger.violations.length === 0) await pause(LOOK_MS);
  } finally {
    through.forget();
  }
  if (silent !== undefined) throw silent as Error;
}

const LOOK_MS = 20;
