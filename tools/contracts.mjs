// npm run contracts: makes what is made from libs/contracts, and refuses what would break a reader. `-- release` keeps new
// versions for ever; `-- types` makes the declarations that `npm pack` takes along.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "./build.mjs";
import { ensureInstalled } from "./ensure.mjs";
import { Problem, main, nodeBinary, root, say } from "./workspace.mjs";

const home = join(root, "libs/contracts");
const commands = { make, release, types };

await main(async () => {
  const [name = "make", ...rest] = process.argv.slice(2);
  if (!Object.hasOwn(commands, name) || rest.length > 0) {
    throw new Problem("usage: npm run contracts [-- release | -- types]");
  }
  await ensureInstalled();
  await build();
  await commands[name]();
});

async function make() {
  const { contracts, generatedFiles } = await tool("generated");
  await refuseWhatIsForbidden(contracts);
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const files = generatedFiles(version, contracts);
  for (const [file, text] of files) write(join(home, "generated", file), text);
  const schemas = join(home, "generated/schemas");
  for (const name of readdirSync(schemas)) if (!files.has(`schemas/${name}`)) rmSync(join(schemas, name));
  const { unreleased } = await tool("released");
  const waiting = unreleased(home, contracts).map(({ contract, version: each }) => `${contract.type} v${each}`);
  say(`${files.size} files in libs/contracts/generated.`);
  if (waiting.length > 0) say(`not released yet (npm run contracts -- release): ${waiting.join(", ")}`);
}

async function release() {
  const { contracts } = await tool("generated");
  const released = await tool("released");
  await refuseWhatIsForbidden(contracts);
  const { goldenOf } = await import("./contracts/golden.mjs");
  for (const { contract, version } of released.unreleased(home, contracts)) {
    released.release(home, contract, version, goldenOf(contract, version));
    say(`released ${contract.type} v${version}`);
  }
  await make();
}

async function refuseWhatIsForbidden(contracts) {
  const { violationsOf, sentenceOf } = await tool("compatibility");
  const { faultsOf } = await tool("check-contract");
  const { readReleased, tampered } = await tool("released");
  const faults = [
    ...contracts.flatMap((contract) => faultsOf(contract, contracts)),
    ...tampered(home),
    ...violationsOf(readReleased(home), contracts).map(sentenceOf),
  ];
  if (faults.length === 0) return;
  throw new Problem(`refused; docs/events.md says what may change within a type.\n  ${faults.join("\n  ")}`);
}

function types() {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  rmSync(join(home, "dist/types"), { recursive: true, force: true });
  const args = [tsc, "-p", join(home, "tsconfig.package.json"), "--pretty", "false"];
  const { status, stdout } = spawnSync(nodeBinary(), args, { encoding: "utf8" });
  if (status !== 0) throw new Problem(`the declarations of libs/contracts cannot be made:\n${stdout}`);
}

function tool(name) {
  return import(`../libs/contracts/dist/tooling/${name}.js`);
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
