// What the rules look at: the two files that are handed to Docker, and what they have to agree with.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.mjs";
import { readCompose, type ComposeFile, type ComposeService } from "./compose-file.js";
import { readDockerfile, wordsOf, type Dockerfile } from "./dockerfile.js";

/** As texts, so that a test can change a word and see which rule notices. */
export interface Texts {
  readonly compose: string;
  readonly dockerfile: string;
  readonly dockerignore: string;
  /** package.json */
  readonly manifest: string;
}

export interface Files {
  readonly compose: ComposeFile;
  readonly dockerfile: Dockerfile;
  /** The patterns of .dockerignore. */
  readonly ignored: readonly string[];
  readonly manifest: {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  readonly lock: { readonly packages: Readonly<Record<string, { readonly devOptional?: boolean }>> };
}

/** Empty where everything is as it should be; else one line for each fault. */
export type Rule = (files: Files) => readonly string[];

const read = (path: string): string => readFileSync(join(root, path), "utf8");

export const textsHere = (): Texts => ({
  compose: read("docker-compose.yml"),
  dockerfile: read("Dockerfile"),
  dockerignore: read(".dockerignore"),
  manifest: read("package.json"),
});

/** Throws where one of them is not of its form. */
export const filesOf = ({ compose, dockerfile, dockerignore, manifest }: Texts): Files => ({
  compose: readCompose(compose),
  dockerfile: readDockerfile(dockerfile),
  ignored: dockerignore.split("\n").filter((line) => line !== "" && !line.startsWith("#")),
  manifest: JSON.parse(manifest) as Files["manifest"],
  lock: JSON.parse(read("package-lock.json")) as Files["lock"],
});

export const servicesOf = ({ compose }: Pick<Files, "compose">) => Object.entries(compose.services);

/** Our own processes; the others are engines. */
export const isOwn = ({ image }: ComposeService): boolean => image.startsWith("gendan:");

export const ownOf = (files: Files) => servicesOf(files).filter(([, service]) => isOwn(service));

export const enginesOf = (files: Files) => servicesOf(files).filter(([, service]) => !isOwn(service));

/** What a process is started with behind its program: the image's arguments, then the service's. */
export function argumentsOf({ dockerfile }: Files, { command = [] }: ComposeService): readonly string[] {
  const entry = wordsOf(dockerfile.runtime, "ENTRYPOINT") ?? [];
  return [...entry.slice(entry.findIndex((word) => word.endsWith(".js")) + 1), ...command];
}
