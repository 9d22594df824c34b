// An event store that takes several writers, for measuring them: a server where a variable names one, else the double's process.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ended, firstMessage } from "./engines-process.js";

export interface SharedEventStore {
  /** A connection string. */
  readonly url: string;
  /** What it is, for the report. */
  readonly kind: string;
  close(): Promise<void>;
}

const double = join(import.meta.dirname, "../../../../libs/testing/dist/doubles/eventstore-double.js");
/** A process of its own: the double is no part of any program, and its work must not slow down the one that measures. */
const program = `
  const { EventStoreDouble } = await import(process.argv[1]);
  const { connectionString } = await EventStoreDouble.start();
  process.send(connectionString);
  process.once("disconnect", () => process.exit(0));`;

/** Undefined where there is neither. */
export async function openSharedEventStore(): Promise<SharedEventStore | undefined> {
  // Never the variable of an installation: what is measured here stays in its streams.
  const named = process.env["GENDAN_TEST_EVENTSTORE"];
  if (named) return { url: named, kind: "the event store that a variable names", close: () => Promise.resolve() };
  if (!existsSync(double)) return undefined;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program, double], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = (await firstMessage(child)) as string;
  return { url, kind: "a double of EventStoreDB, in memory", close: () => ended(child) };
}
