// What holds of the Dockerfile: what goes into the image, and how a process starts in it.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.mjs";
import { environmentOf, valuesOf, wordsOf, type Stage } from "./dockerfile.js";
import type { Files, Rule } from "./files.js";

export const rulesOfImage = {
  "all stages stand on the Node that is tested on, pinned": ({ dockerfile, manifest }) => {
    const names = dockerfile.stages.map(({ name }) => name);
    const image = new RegExp(
      `^node:${manifest.devDependencies["node"]?.replaceAll(".", "\\.")}-[a-z]+-slim(@sha256:[0-9a-f]{64})?$`,
    );
    return dockerfile.stages
      .filter(({ from }, index) => !names.slice(0, index).includes(from) && !image.test(from))
      .map(({ name, from }) => `${name}: ${from} is not Node ${manifest.devDependencies["node"]}`);
  },

  "no dev dependency gets into the image": ({ dockerfile, manifest, lock }) => {
    const { runtime } = dockerfile;
    const installed = stagesIn(dockerfile, runtime).filter((stage) => /npm (ci|install)/.test(runsOf(stage)));
    const left = Object.keys(manifest.devDependencies).filter(
      (name) => lock.packages[`node_modules/${name}`]?.devOptional,
    );
    const from = valuesOf(runtime, "COPY").filter((copied) => / (\/app|\S*node_modules\S*) /.test(copied));
    return [
      ...installed.map(({ name }) => `the image stands on the stage ${name}, which installs`),
      ...from.flatMap((copied) => {
        const stage = dockerfile.stages.find(({ name }) => copied.startsWith(`--from=${name} `));
        const runs = stage === undefined ? "" : runsOf(stage);
        return [
          ...(/npm ci --omit=dev/.test(runs) && !/npm ci(?! --omit=dev)/.test(runs)
            ? []
            : [`"${copied}" has dev dependencies`]),
          ...left.filter((name) => !runs.includes(` node_modules/${name} `)).map((name) => `npm leaves ${name} in`),
        ];
      }),
      ...(from.length === 1 ? [] : ["what the programs depend on is copied from one stage"]),
    ];
  },

  "only what was built gets into the image": ({ dockerfile }) =>
    valuesOf(dockerfile.runtime, "COPY")
      .filter((copied) => !copied.startsWith("--from=") && / \.? |^\. /.test(` ${copied.split(" ")[0]} `))
      .map((copied) => `"${copied}" copies the whole checkout`),

  "the programs need nothing but dependencies": ({ manifest }) => {
    const known = new Set(Object.keys(manifest.dependencies));
    return [...imports()].filter(([name]) => !known.has(name)).map(([name, file]) => `${file} imports ${name}`);
  },

  "it starts under an init process, with the flags of the tools": ({ dockerfile }) => {
    const [init, dashes, node, program = ""] = wordsOf(dockerfile.runtime, "ENTRYPOINT") ?? [];
    const source = program
      .replace(/^\/app\//, "")
      .replace("/dist/", "/src/")
      .replace(/\.js$/, ".ts");
    const { NODE_OPTIONS = "", NODE_ENV, GENDAN_HOST } = environmentOf(dockerfile.runtime);
    return [
      ...(init === "tini" && dashes === "--" && node === "node" ? [] : ["the entry point is not tini -- node"]),
      ...(runsOf(dockerfile.runtime).includes(" tini ") ? [] : ["tini is not installed"]),
      ...(existsSync(join(root, source)) ? [] : [`there is no ${source}`]),
      ...(NODE_OPTIONS === flagsOfTools() ? [] : [`NODE_OPTIONS is not "${flagsOfTools()}"`]),
      ...(NODE_ENV === "production" ? [] : ["NODE_ENV is not production"]),
      ...(GENDAN_HOST === "0.0.0.0" ? [] : ["it cannot be reached from outside of its container"]),
    ];
  },

  "its user is not root": ({ dockerfile }) => {
    const user = valuesOf(dockerfile.runtime, "USER").at(-1);
    return /^[1-9]\d*:[1-9]\d*$/.test(user ?? "") ? [] : [`the user is ${user ?? "root"}, and no number above 0`];
  },

  "its health check asks the port that is listened on": ({ dockerfile }) => {
    const entry = wordsOf(dockerfile.runtime, "ENTRYPOINT") ?? [];
    const [node, script = "", port] = wordsOf(dockerfile.runtime, "HEALTHCHECK") ?? [];
    const exposed = valuesOf(dockerfile.runtime, "EXPOSE");
    return [
      ...(node === "node" && existsSync(join(root, script.replace(/^\/app\//, "")))
        ? []
        : ["there is no health check"]),
      ...(port === entry[entry.indexOf("--port") + 1] && exposed.join() === port ? [] : ["it asks another port"]),
    ];
  },

  "the build sees only what is named for it": ({ ignored, dockerfile }) => {
    const [all, ...others] = ignored;
    const allowed = others.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
    const copied = valuesOf(dockerfile.runtime, "COPY").flatMap((value) =>
      value.includes("--from=")
        ? []
        : value
            .split(" ")
            .filter((word) => !word.startsWith("--"))
            .slice(0, -1),
    );
    return [
      ...(all === "*" ? [] : ["it begins with all that there is"]),
      ...allowed
        .filter((pattern) => /^\*|\.env|\.git|node_modules/.test(pattern))
        .map((pattern) => `it sees ${pattern}`),
      ...["**/node_modules", "**/dist"]
        .filter((pattern) => !others.includes(pattern))
        .map((pattern) => `it sees ${pattern}`),
      ...allowed
        .filter((pattern) => globSync(pattern, { cwd: root }).length === 0)
        .map((pattern) => `there is no ${pattern}`),
      ...copied
        .filter((path) => !allowed.some((pattern) => path.startsWith(pattern)))
        .map((path) => `${path} is not seen`),
    ];
  },
} satisfies Readonly<Record<string, Rule>>;

const runsOf = (stage: Stage): string => ` ${valuesOf(stage, "RUN").join(" && ").replaceAll(/\s+/g, " ")} `;

/** The stage and those that it stands on. */
function stagesIn({ stages }: Files["dockerfile"], stage: Stage): readonly Stage[] {
  const below = stages.find(({ name }) => name === stage.from);
  return below === undefined ? [stage] : [stage, ...stagesIn({ stages, runtime: stage }, below)];
}

function flagsOfTools(): string {
  const [, list = ""] = /const nodeFlags = \[([^\]]*)\]/.exec(readFileSync(join(root, "tools/run.mjs"), "utf8")) ?? [];
  return [...list.matchAll(/"([^"]+)"/g)].map(([, flag]) => flag).join(" ");
}

/** The packages that the programs load, each with a file that does. Tools of the checkout are none of them. */
function imports(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const sources = globSync("{apps,libs}/*/src/**/*.ts", { cwd: root }).filter(
    (path) => !/(\.spec|\/spec|\.suite)\.ts$|^libs\/testing\/|\/(fixtures|tooling)\//.test(path),
  );
  for (const path of sources) {
    const text = readFileSync(join(root, path), "utf8");
    for (const [, specifier = ""] of text.matchAll(
      /(?:^(?:im|ex)port (?!type)[^;]*?from |^import |\bimport\()"([^".][^"]*)"/gm,
    )) {
      const [scope = "", name] = specifier.split("/");
      if (specifier.startsWith("node:") || scope === "@gendan") continue;
      found.set(scope.startsWith("@") ? `${scope}/${name}` : scope, path);
    }
  }
  return found;
}
