// A folder in which a consumer lives in tests: the packed contracts, and links to what the repository has installed.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeBinary, root } from "../workspace.mjs";

export interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Runs a program to its end; throws what it said where it failed. */
export function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: plainEnvironment(),
  });
  if (error || status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? stdout + stderr}`);
  return stdout;
}

/** What `npm pack` makes of libs/contracts, put into the folder. */
export function pack(folder: string): Packed {
  const args = ["pack", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(run("npm", args, join(root, "libs/contracts"))) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  return { tarball: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** Installs the tarball into a consumer's folder without a network, and the named packages as links to the repository's. */
export function install(home: string, tarball: string, links: readonly string[]): void {
  const linked = Object.fromEntries(links.map((name) => [name, `file:${join(root, "node_modules", name)}`]));
  const dependencies = { "@gendan/contracts": `file:${tarball}`, ...linked };
  writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module", private: true, dependencies }));
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"], home);
}

/** The compiler's verdict on a folder: throws its messages where it finds a fault. */
export const compile = (home: string): string =>
  run(nodeBinary(), [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], home);

/** The version that the repository has installed of a package. */
export const installedVersion = (name: string): string =>
  (JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as { version: string }).version;

/** Without what an npm around this run has set for itself. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$)/i.test(name)));
}
