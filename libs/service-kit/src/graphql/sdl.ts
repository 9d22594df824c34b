// Schema files: a service's own api/*.graphql beside what all services share.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, type DocumentNode } from "graphql";
import { withMutationArguments } from "./mutation-arguments.js";

/** The schema that every subgraph begins with. */
export const commonSdl = (): string => readFileSync(new URL("./common.graphql", import.meta.url), "utf8");

/** A service's whole schema: what all services share, its own, and what every mutation takes. Throws where it is none. */
export const serviceSchema = (own: string): DocumentNode => withMutationArguments(parse(`${commonSdl()}\n${own}`));

/** The schema files beside a module, in the order of their names: `sdlBeside(import.meta.url)`. */
export function sdlBeside(moduleUrl: string): string {
  const folder = fileURLToPath(new URL(".", moduleUrl));
  const files = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
  return files
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
