// What `npm run serve` and `npm run cluster` are told on the command line.
import { parseArgs } from "node:util";
import { Fault } from "@gendan/eventing";
import { DEFAULT_DATA, DEFAULT_PORT, portOf } from "../flags.js";
import { serviceNames, type ServiceName } from "../service-names.js";

export const GATEWAY = "gateway";
export type ProcessName = ServiceName | typeof GATEWAY;

/** Where each process answers when nothing else is said. */
const DEFAULT_PORTS: Readonly<Record<ProcessName, number>> = {
  order: 4101,
  logistics: 4102,
  customer: 4103,
  analytics: 4104,
  gateway: DEFAULT_PORT,
};

export const SERVE_USAGE = `npm run serve -- <service> [--port N] [--data DIR]
  <service>   ${[...serviceNames, GATEWAY].join(", ")}
  --port N    the port to answer on (default ${Object.entries(DEFAULT_PORTS)
    .map(([name, port]) => `${name} ${port}`)
    .join(", ")}; 0: any free one, printed)
  --data DIR  the folder for what is on SQLite (default ${DEFAULT_DATA})
The engines are named by variables: GENDAN_EVENT_BUS, GENDAN_DOCUMENT_STORE, GENDAN_EVENT_STORE, GENDAN_KEY_STORE.`;

export const CLUSTER_USAGE = `npm run cluster -- [--port N] [--data DIR] [--instances N] [--empty]
npm run cluster -- status [--data DIR]
  --port N       the port of the gateway (default ${DEFAULT_PORT}; 0: any free one, printed)
  --data DIR     the folder for what is on SQLite, and for the cluster's state (default ${DEFAULT_DATA})
  --instances N  processes of each service and of the gateway, 1 to 16 (default 2)
  --empty        an empty company stays empty: no sample
  status         one line of JSON for each process: service, instance, pid, state`;

export interface ServeFlags {
  readonly help: boolean;
  readonly service: ProcessName;
  readonly port: number;
  readonly data: string;
  /** Other processes listen on this port too: set by the cluster. */
  readonly shared: boolean;
}

/** Throws CONFIGURATION with one line for flags that mean nothing. */
export function readServeFlags(args: readonly string[]): ServeFlags {
  const { values, positionals } = parsed(args, {
    port: { type: "string" },
    data: { type: "string", default: DEFAULT_DATA },
    shared: { type: "boolean", default: false },
    help: { type: "boolean", default: false, short: "h" },
  });
  const [service, ...others] = positionals;
  const known = [...serviceNames, GATEWAY] as const;
  if (!values["help"] && (others.length > 0 || !known.includes(service as ProcessName))) {
    throw new Fault("CONFIGURATION", `Name one of ${known.join(", ")}: npm run serve -- order.`);
  }
  const name = (service ?? "order") as ProcessName;
  return {
    service: name,
    port: values["port"] === undefined ? DEFAULT_PORTS[name] : portOf(values["port"] as string),
    data: folderOf(values["data"]),
    shared: values["shared"] === true,
    help: values["help"] === true,
  };
}

export interface ClusterFlags {
  readonly help: boolean;
  readonly status: boolean;
  readonly port: number;
  readonly data: string;
  readonly instances: number;
  readonly empty: boolean;
}

const MOST_INSTANCES = 16;

/** Throws CONFIGURATION with one line for flags that mean nothing. */
export function readClusterFlags(args: readonly string[]): ClusterFlags {
  const { values, positionals } = parsed(args, {
    port: { type: "string", default: String(DEFAULT_PORT) },
    data: { type: "string", default: DEFAULT_DATA },
    instances: { type: "string", default: "2" },
    empty: { type: "boolean", default: false },
    help: { type: "boolean", default: false, short: "h" },
  });
  if (positionals.length > 1 || (positionals.length === 1 && positionals[0] !== "status")) {
    throw new Fault("CONFIGURATION", `${positionals.join(" ")} means nothing here; "status" does, or flags alone.`);
  }
  const instances = Number(values["instances"]);
  if (!Number.isInteger(instances) || instances < 1 || instances > MOST_INSTANCES) {
    throw new Fault(
      "CONFIGURATION",
      `--instances ${String(values["instances"])}: give a whole number from 1 to ${MOST_INSTANCES}.`,
    );
  }
  return {
    status: positionals[0] === "status",
    port: portOf(values["port"] as string),
    data: folderOf(values["data"]),
    instances,
    empty: values["empty"] === true,
    help: values["help"] === true,
  };
}

function folderOf(given: unknown): string {
  if (typeof given !== "string" || given === "") throw new Fault("CONFIGURATION", "--data needs a folder.");
  return given;
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function parsed(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    const flags = Object.keys(options).filter((name) => name !== "shared");
    throw new Fault(
      "CONFIGURATION",
      `${reason.replace(/\.?$/, ".")} Flags: ${flags.map((name) => `--${name}`).join(", ")}.`,
    );
  }
}
