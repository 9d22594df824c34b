// `npm run bench`: every figure beside its limit, measured in the same run. Writes bench-results.json.
import "reflect-metadata";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isGood, lineOf, type Figure } from "./figures.js";

type Bench = (directory: string, say: (line: string) => void) => Promise<Figure[]>;

/** Loaded one after the other, so that one part's memory and compiled code are not the next one's. */
const parts: Readonly<Record<string, () => Promise<Bench>>> = {
  kernel: async () => (await import("./kernel.js")).benchKernel,
  chain: async () => (await import("./chain.js")).benchChain,
  rebuild: async () => (await import("./rebuild.js")).benchRebuild,
  reports: async () => (await import("./reports.js")).benchReports,
  lists: async () => (await import("./lists.js")).benchLists,
};

const { values } = parseArgs({
  options: { only: { type: "string" }, out: { type: "string", default: "bench-results.json" } },
});
const wanted = values.only?.split(",") ?? Object.keys(parts);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
const directory = mkdtempSync(join(tmpdir(), "gendan-bench-"));
const all: Figure[] = [];
try {
  for (const name of wanted) {
    console.log(`${name}:`);
    const bench = await parts[name]!();
    const figures = await bench(join(directory, name), (line) => console.log(line));
    for (const figure of figures) console.log(lineOf(figure));
    all.push(...figures);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
writeFileSync(values.out, `${JSON.stringify({ at: new Date().toISOString(), machine, figures: all }, undefined, 2)}\n`);
const short = all.filter((figure) => !isGood(figure));
console.log(
  short.length === 0 ? "Every figure is within its limit." : `${short.length} of ${all.length} figures fall short.`,
);
process.exit(0);
