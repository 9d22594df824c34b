// What `npm start` is told on the command line.
import { parseArgs } from "node:util";
import { Fault } from "@gendan/eventing";

export interface Flags {
  /** 0: any free port. */
  readonly port: number;
  readonly data: string;
  /** Start with nothing instead of the sample company. */
  readonly empty: boolean;
  readonly help: boolean;
}

export const DEFAULT_PORT = 4000;
export const DEFAULT_DATA = ".gendan";

export const USAGE = `npm start -- [--port N] [--data DIR] [--empty]
  --port N    the port to answer on (default ${DEFAULT_PORT}; 0: any free one, printed)
  --data DIR  the folder that everything is kept in (default ${DEFAULT_DATA})
  --empty     an empty data folder stays empty: no sample company`;

/** Throws CONFIGURATION with one line for flags that mean nothing. */
export function readFlags(args: readonly string[]): Flags {
  const { values } = parse(args);
  const port = portOf(values.port);
  if (values.data === "") throw new Fault("CONFIGURATION", "--data needs a folder.");
  return { port, data: values.data, empty: values.empty, help: values.help };
}

/** Throws CONFIGURATION for what is no port. */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Fault("CONFIGURATION", `--port ${text} is no port: give a whole number from 0 to 65535.`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: String(DEFAULT_PORT) },
        data: { type: "string", default: DEFAULT_DATA },
        empty: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw new Fault("CONFIGURATION", `${reason.replace(/\.?$/, ".")} Flags: --port N, --data DIR, --empty, --help.`);
  }
}
