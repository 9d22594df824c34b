// What `npm run bench -- --engines kafka,mongodb` measures, and the servers that it does so on.
import type { Figure } from "./figures.js";
import { engineNames, isNamed, openServers, type EngineName, type Servers } from "./engines-servers.js";

type Say = (line: string) => void;
type EngineBench = (directory: string, servers: Servers, say: Say, signal: AbortSignal) => Promise<Figure[]>;

interface Part {
  readonly needs: readonly EngineName[];
  readonly load: () => Promise<EngineBench>;
}

const all: Readonly<Record<string, Part>> = {
  relay: { needs: ["kafka"], load: async () => (await import("./engines-relay.js")).benchRelay },
  cluster: { needs: engineNames, load: async () => (await import("./engines-cluster.js")).benchCluster },
  commands: { needs: engineNames, load: async () => (await import("./engines-commands.js")).benchCommands },
  backlog: { needs: engineNames, load: async () => (await import("./engines-backlog.js")).benchBacklog },
};

const STAND_IN =
  "  The MongoDB-wire server that is started here is SecantusDB, a stand-in for tests (about 500 writes/s): its figures are not MongoDB's.";

export interface EngineParts {
  readonly parts: Readonly<Record<string, () => Promise<(directory: string, say: Say) => Promise<Figure[]>>>>;
  /** Ends the servers that were started. */
  close(): Promise<void>;
}

/** The parts that these engines (`kafka`, or `kafka,mongodb`) are enough for. Throws a RangeError for what is no engine. */
export function engineParts(given: string): EngineParts {
  const engines = engineNames.filter((name) => given.split(",").includes(name));
  if (engines.length !== given.split(",").length || !engines.includes("kafka"))
    throw new RangeError(`--engines ${given}: give kafka or kafka,mongodb.`);
  const stopping = new AbortController();
  let servers: Promise<Servers> | undefined;
  const open = (say: Say): Promise<Servers> => {
    if (engines.includes("mongodb") && !isNamed("mongodb") && !servers) say(STAND_IN);
    return (servers ??= openServers(engines, say, stopping.signal));
  };
  const runnable = Object.entries(all).filter(([, { needs }]) => needs.every((name) => engines.includes(name)));
  return {
    parts: Object.fromEntries(
      runnable.map(([name, { load }]) => [
        name,
        async () => {
          const bench = await load();
          return async (directory: string, say: Say) => bench(directory, await open(say), say, stopping.signal);
        },
      ]),
    ),
    async close() {
      stopping.abort();
      await (await servers?.catch(() => undefined))?.close();
    },
  };
}
