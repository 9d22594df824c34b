// Composes the services' schemas into the supergraph. Run by the build: `node apps/gateway/dist/compose.js`.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sdlBeside, serviceSchema } from "@gendan/service-kit/graphql/sdl";
import { composeServices } from "@theguild/federation-composition";
import type { DocumentNode } from "graphql";
import { describeClasses, describeFrom, readDictionary } from "./compose-descriptions.js";
import { NODES, nodesSdl } from "./nodes/node-types.js";
import { supergraphFile } from "./supergraph-file.js";

export { supergraphFile };

export interface ServiceSdl {
  /** "order" */
  readonly name: string;
  /** The service's own schema; what all services share is added. */
  readonly sdl: string;
}

/** The supergraph, or every reason why there is none. */
export type Composed =
  | {
      readonly supergraphSdl: string;
      /** What clients see of it. */
      readonly publicSdl: string;
    }
  | { readonly errors: readonly string[] };

/** `used` hears of each entry of the dictionary that describes something. */
export function compose(services: readonly ServiceSdl[], used?: (entry: string) => void): Composed {
  const dictionary = readDictionary();
  const parsed: { name: string; typeDefs: DocumentNode }[] = [];
  const errors: string[] = [];
  for (const { name, sdl } of services) {
    try {
      parsed.push({ name, typeDefs: describeClasses(describeFrom(serviceSchema(sdl), dictionary, used)) });
    } catch (error) {
      errors.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (errors.length > 0) return { errors };
  const composed = composeServices(parsed);
  if (composed.supergraphSdl !== undefined) {
    return { supergraphSdl: composed.supergraphSdl, publicSdl: composed.publicSdl };
  }
  return { errors: (composed.errors ?? []).map(({ message }) => message) };
}

/** All parts of the graph: the services in `apps` that have a schema, as built or as written, and the gateway's own. */
export function partsBeside(apps: string, form: "dist" | "src"): ServiceSdl[] {
  const services = servicesBeside(apps, form);
  return services.length === 0 ? [] : [...services, { name: NODES, sdl: nodesSdl }];
}

/** The schemas of the services: `order-service/dist/api/*.graphql` is "order". */
export const servicesBeside = (apps: string, form: "dist" | "src"): ServiceSdl[] =>
  readdirSync(apps)
    .sort()
    .filter((folder) => folder.endsWith("-service") && existsSync(join(apps, folder, form, "api")))
    .map((folder) => ({
      name: folder.slice(0, -"-service".length),
      sdl: sdlBeside(pathToFileURL(join(apps, folder, form, "api/api.js")).href),
    }))
    .filter(({ sdl }) => sdl !== "");

function main(): void {
  const services = partsBeside(fileURLToPath(new URL("../..", import.meta.url)), "dist");
  // A checkout without services yet is no fault of the build; a gateway that starts on it says so.
  const composed = services.length === 0 ? { supergraphSdl: "", publicSdl: "" } : compose(services);
  if ("errors" in composed) {
    process.stderr.write(`The schemas of ${services.map(({ name }) => name).join(", ")} do not compose:\n`);
    for (const error of composed.errors) process.stderr.write(`  ${error}\n`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(supergraphFile(), composed.supergraphSdl);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
