// `npm run chaos -- [--scenario …] [--kills N] [--seed S]`: hurts a loaded company N times, and says what came of it.
import "reflect-metadata";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_KILLS, runClusterChaos, type ClusterChaosReport, type ClusterScenario } from "./run-cluster.js";
import { runChaos, type ChaosReport } from "./run-chaos.js";
import { runOlist } from "./run-olist.js";
import type { WorkReport } from "./report.js";

const SHOWN = 50;
const DEFAULTS = { kill: 100, ...DEFAULT_KILLS, olist: 1 } as const;
type Scenario = keyof typeof DEFAULTS;

const USAGE = `npm run chaos -- [--scenario NAME] [--kills N] [--seed S] [--clients N]
  --scenario kill       kill -9 of the company in one process, under load (the default)
             broker     on a cluster: kill -9 of Kafka
             mongodb    on a cluster: kill -9 of MongoDB
             services   on a cluster: kill -9 of any of its processes
             rebalance  on a cluster: consumers die, or are stopped for a while
             olist      the Olist orders through a cluster, a service killed on the way, compared with one process
  --kills N             how often (default ${Object.entries(DEFAULTS)
    .map(([name, kills]) => `${name} ${kills}`)
    .join(", ")})
  --seed S              the same orders, the same choices (default: any, printed)
  --clients N           how many work at once (default 12)
  --orders N            olist: the first N orders alone
  --data DIR            olist: where its files are (default ../shared/data/olist)`;

interface Flags {
  readonly scenario: Scenario;
  readonly kills: number;
  readonly seed: number;
  readonly clients: number;
  readonly orders?: number;
  readonly data?: string;
}

/** Undefined for flags that mean nothing; "help" where that is asked for. */
function readFlags(args: readonly string[]): Flags | "help" | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: "string" },
      seed: { type: "string", default: `${Date.now() % 1_000_000}` },
      clients: { type: "string", default: "12" },
      orders: { type: "string" },
      data: { type: "string" },
      scenario: { type: "string", default: "kill" },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) return "help";
  const { scenario, data } = values;
  if (!Object.hasOwn(DEFAULTS, scenario)) return undefined;
  const kills = Number(values.kills ?? DEFAULTS[scenario as Scenario]);
  const [seed, clients, orders] = [Number(values.seed), Number(values.clients), Number(values.orders ?? 1)];
  if (![kills, seed, clients, orders].every(Number.isSafeInteger) || kills < 1 || clients < 1 || orders < 1)
    return undefined;
  return {
    scenario: scenario as Scenario,
    kills,
    seed,
    clients,
    ...(values.orders === undefined ? {} : { orders }),
    ...(data === undefined ? {} : { data }),
  };
}

async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2));
  if (flags === "help") return say(USAGE);
  if (!flags) {
    console.error(USAGE);
    return 2;
  }
  const directory = mkdtempSync(join(tmpdir(), "gendan-chaos-"));
  const { scenario, kills, seed } = flags;
  say(`${scenario}: ${kills}, seed ${seed}, in ${directory}`);
  const { lines, violations, well } = await run(flags, directory);
  say(lines.join("\n"));
  for (const violation of violations.slice(0, SHOWN)) console.error(violation);
  if (violations.length > 0) {
    console.error(`${violations.length} violations (seed ${seed}); the folder is kept: ${directory}`);
    return 1;
  }
  rmSync(directory, { recursive: true, force: true });
  return say(well);
}

interface Told {
  readonly lines: readonly string[];
  readonly violations: readonly string[];
  /** What is said when there are none. */
  readonly well: string;
}

const WELL = "Nothing acknowledged is lost, nothing doubled, every document equals its refold.";

async function run({ scenario, orders, data, ...flags }: Flags, directory: string): Promise<Told> {
  const options = { ...flags, directory, log: say };
  switch (scenario) {
    case "kill": {
      const report = await runChaos(options);
      return { lines: killSummary(report), violations: report.violations, well: WELL };
    }
    case "olist": {
      const optional = { ...(orders === undefined ? {} : { orders }), ...(data === undefined ? {} : { data }) };
      const report = await runOlist({ ...options, ...optional });
      return { lines: report.lines, violations: report.differences, well: "Both give exactly the same figures." };
    }
    default: {
      const report = await runClusterChaos({ ...options, scenario: scenario satisfies ClusterScenario });
      return { lines: clusterSummary(report, scenario), violations: report.violations, well: WELL };
    }
  }
}

function say(line: string): 0 {
  console.log(line);
  return 0;
}

const killSummary = (report: ChaosReport): string[] => [
  `kills         ${report.kills} (${report.whileStarting} while starting)`,
  `restart       ${report.restartMs} ms (median)`,
  ...workSummary(report),
];

const clusterSummary = (report: ClusterChaosReport, scenario: ClusterScenario): string[] => [
  `${scenario.padEnd(14)}${report.kills} times; ${report.restarts} processes were started again`,
  ...(scenario === "broker" || scenario === "mongodb"
    ? [`while away    ${report.whileAway} commands acknowledged`]
    : []),
  ...workSummary(report),
];

const workSummary = (report: WorkReport): string[] => [
  `orders        ${report.orders}`,
  `acknowledged  ${report.acknowledged} commands (${report.sentAgain} sent more than once)`,
  `events        ${report.events}`,
  `documents     ${report.documents} folded again`,
  `time          ${report.seconds} s`,
];

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof TypeError || !(error instanceof Error) ? error : error.message);
    process.exit(1);
  },
);
