// `npm run bench`: every figure beside its limit, measured in the same run. Writes bench-results.json.
import "reflect-metadata";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { engineParts, type EngineParts } from "./engines-parts.js";
import { isGood, lineOf, type Figure } from "./figures.js";

type Say = (line: string) => void;
type Bench = (directory: string, say: Say) => Promise<Figure[]>;
type Parts = Readonly<Record<string, () => Promise<Bench>>>;

/** Loaded one after the other, so that one part's memory and compiled code are not the next one's. */
const embedded: Parts = {
  kernel: async () => (await import("./kernel.js")).benchKernel,
  chain: async () => (await import("./chain.js")).benchChain,
  gateway: async () => (await import("./gateway.js")).benchGateway,
  rebuild: async () => (await import("./rebuild.js")).benchRebuild,
  reports: async () => (await import("./reports.js")).benchReports,
  lists: async () => (await import("./lists.js")).benchLists,
  desk: async () => (await import("./desk.js")).benchDesk,
  live: async () => (await import("./live.js")).benchLive,
  audit: async () => (await import("./audit.js")).benchAudit,
};

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    out: { type: "string", default: "bench-results.json" },
    engines: { type: "string" },
  },
});
const engines = values.engines === undefined ? undefined : named(values.engines);
const parts: Parts = engines?.parts ?? embedded;
const wanted = values.only?.split(",") ?? Object.keys(parts);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
const directory = mkdtempSync(join(tmpdir(), "gendan-bench-"));
const all: Figure[] = [];
let ending: Promise<void> | undefined;
const end = (): Promise<void> => (ending ??= endAll());
// A signal may come twice, from the terminal and from npm. Processes of Gendan end with this one.
if (engines)
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => void end().then(() => process.exit(130)));
try {
  for (const name of wanted) {
    console.log(`${name}:`);
    const bench = await parts[name]!();
    const figures = await bench(join(directory, name), (line) => console.log(line));
    for (const figure of figures) console.log(lineOf(figure));
    all.push(...figures);
  }
} finally {
  await end();
}
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
writeFileSync(values.out, `${JSON.stringify({ at: new Date().toISOString(), machine, figures: all }, undefined, 2)}\n`);
const short = all.filter((figure) => !isGood(figure));
console.log(
  short.length === 0 ? "Every figure is within its limit." : `${short.length} of ${all.length} figures fall short.`,
);
process.exit(0);

async function endAll(): Promise<void> {
  await engines?.close();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

function named(given: string): EngineParts {
  try {
    return engineParts(given);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
