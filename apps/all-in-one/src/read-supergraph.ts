// The graph of all services, as the build has composed it.
import { readFileSync } from "node:fs";
import { Fault } from "@gendan/eventing";
import { supergraphFile } from "@gendan/gateway/supergraph-file";

/** Throws CONFIGURATION where nothing was built. */
export function readSupergraph(): string {
  try {
    return readFileSync(supergraphFile(), "utf8");
  } catch (cause) {
    throw new Fault("CONFIGURATION", "The supergraph is missing: run `npm run build`.", {}, { cause });
  }
}
