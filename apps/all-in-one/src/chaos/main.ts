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
import { runScope } from "./run-scope.js";
import type { ScopeReport } from "../scope/prove.js";

const SHOWN = 50;
const DEFAULTS = { kill: 100, ...DEFAULT_KILLS, olist: 1, scope: 1 } as const;
/** Questions and commands of the scope proof. */
const DEFAULT_COUNT = 100_000;
type Scenario = keyof typeof DEFAULTS;

const USAGE = `npm run chaos -- [--scenario NAME] [--kills N] [--seed S] [--clients N]
  --scenario kill       kill -9 of the company in one process, under load (the default)
             broker     on a cluster: kill -9 of Kafka
             mongodb    on a cluster: kill -9 of MongoDB
             services   on a cluster: kill -9 of any of its processes
             rebalance  on a cluster: consumers die, or are stopped for a while
             olist      the Olist orders through a cluster, a service killed on the way, compared with one process
             scope      generated callers ask and command a company in memory: nothing is leaked, nothing missing
  --count N             scope: so many questions and commands (default 100000)
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
  readonly count: number;
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
      count: { type: "string", default: `${DEFAULT_COUNT}` },
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
  const seed = Number(values.seed);
  const [clients, orders, count] = [Number(values.clients), Number(values.orders ?? 1), Number(values.count)];
  if (![kills, clients, orders, count].every((n) => Number.isSafeInteger(n) && n > 0)) return undefined;
  if (!Number.isSafeInteger(seed)) return undefined;
  return {
    scenario: scenario as Scenario,
    kills,
    seed,
    clients,
    count,
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
  const { scenario, kills, count, seed } = flags;
  say(`${scenario}: ${scenario === "scope" ? count : kills}, seed ${seed}, in ${directory}`);
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

async function run({ scenario, orders, data, count, ...flags }: Flags, directory: string): Promise<Told> {
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
    case "scope": {
      const report = await runScope({ count, seed: flags.seed, log: say });
      return { lines: scopeSummary(report), violations: report.violations, well: "0 rows leaked, none missing." };
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

const scopeSummary = ({ queries, commands, gone, seconds }: ScopeReport): string[] => [
  `questions     ${queries}`,
  `commands      ${commands} against what is out of scope`,
  `ways          ${gone.size} of the graph and of inputs`,
  `time          ${Math.round(seconds)} s (${Math.round((queries + commands) / seconds)}/s)`,
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
