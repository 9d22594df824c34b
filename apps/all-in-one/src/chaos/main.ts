// `npm run chaos -- --kills N [--seed S] [--scenario kill]`: kills a loaded company N times, and says what came of it.
import "reflect-metadata";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runChaos, type ChaosReport } from "./run-chaos.js";

const SHOWN = 50;

const USAGE = `npm run chaos -- [--kills N] [--seed S] [--clients N] [--scenario kill]
  --kills N        how often the company is killed (default 100)
  --seed S         the same orders, kills after the same work (default: any, printed)
  --clients N      how many work at once (default 12)
  --scenario kill  kill -9 under load, the only one yet`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "100" },
      seed: { type: "string", default: `${Date.now() % 1_000_000}` },
      clients: { type: "string", default: "12" },
      scenario: { type: "string", default: "kill" },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) return say(USAGE);
  const [kills, seed, clients] = [values.kills, values.seed, values.clients].map(Number) as [number, number, number];
  const counts = [kills, seed, clients];
  if (values.scenario !== "kill" || !counts.every(Number.isSafeInteger) || kills < 1 || clients < 1) {
    console.error(USAGE);
    return 2;
  }
  const directory = mkdtempSync(join(tmpdir(), "gendan-chaos-"));
  say(`${kills} kills, seed ${seed}, in ${directory}`);
  const report = await runChaos({ kills, seed, clients, directory, log: say });
  say(summary(report));
  for (const violation of report.violations.slice(0, SHOWN)) console.error(violation);
  if (report.violations.length > 0) {
    console.error(`${report.violations.length} violations (seed ${seed}); the folder is kept: ${directory}`);
    return 1;
  }
  rmSync(directory, { recursive: true, force: true });
  return say("Nothing acknowledged is lost, nothing doubled, every document equals its refold.");
}

function say(line: string): 0 {
  console.log(line);
  return 0;
}

const summary = (report: ChaosReport): string =>
  [
    `kills         ${report.kills} (${report.whileStarting} while starting)`,
    `restart       ${report.restartMs} ms (median)`,
    `orders        ${report.orders}`,
    `acknowledged  ${report.acknowledged} commands (${report.sentAgain} sent more than once)`,
    `events        ${report.events}`,
    `documents     ${report.documents} folded again`,
    `time          ${report.seconds} s`,
  ].join("\n");

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof TypeError || !(error instanceof Error) ? error : error.message);
    process.exit(1);
  },
);
