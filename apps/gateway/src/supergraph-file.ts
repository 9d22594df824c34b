// Where the build leaves the supergraph, and the gateway finds it.
import { fileURLToPath } from "node:url";

export const supergraphFile = (): string => fileURLToPath(new URL("../dist/supergraph.graphql", import.meta.url));
