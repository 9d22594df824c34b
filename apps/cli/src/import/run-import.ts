// One import from its files to its summary: read, plan, send, and leave behind what is to be mended.
import { join, resolve } from "node:path";
import { Fault } from "@gendan/eventing";
import type { Mapping } from "./mapping/schema.js";
import { planOf } from "./plan/plan.js";
import { Tally, type Totals } from "./report/tally.js";
import { writeContradictions, writeRefused } from "./report/write-rows.js";
import type { GraphqlClient } from "./send/graphql-client.js";
import { importOrders } from "./send/import-orders.js";
import { readTable, type Table } from "./source/read-table.js";

export interface ImportRequest {
  readonly mapping: Mapping;
  /** Where the mapping's files are. */
  readonly folder: string;
  readonly client: GraphqlClient;
  /** Orders at once. */
  readonly concurrency: number;
  /** Where refused rows and contradictions go. */
  readonly out: string;
  readonly progress?: (done: number, total: number) => void;
}

export interface ImportResult extends Totals {
  readonly mapping: string;
  readonly folder: string;
  readonly seconds: number;
  readonly requests: number;
  /** Absent where nothing was refused. */
  readonly refusedFolder?: string;
  readonly contradictionsFile?: string;
}

/** Imports a folder. Throws Faults that name what stopped it; what was imported until then stays, and the next run goes on. */
export async function runImport(request: ImportRequest): Promise<ImportResult> {
  const { mapping, folder, client, concurrency, out, progress } = request;
  const started = performance.now();
  const tables = await readTables(mapping, folder);
  const plan = planOf(mapping, tables);
  const tally = new Tally();
  const timer = setInterval(() => progress?.(tally.done, plan.size), 100);
  try {
    await importOrders(plan, client, concurrency, tally);
  } finally {
    clearInterval(timer);
  }
  for (const row of plan.leftOver()) tally.refused(row);
  const seconds = (performance.now() - started) / 1000;
  const totals = tally.totals(plan.size);
  const refusedFolder = refusedFolderIn(out, folder);
  await writeRefused(refusedFolder, [...tables.values()], tally.refusedRows, tally.again);
  const contradictionsFile = join(out, "contradictions.csv");
  await writeContradictions(contradictionsFile, tally.found);
  return {
    mapping: mapping.name,
    folder,
    ...totals,
    seconds,
    requests: client.requests,
    ...(tally.refusedRows.length > 0 ? { refusedFolder } : {}),
    ...(tally.found.length > 0 ? { contradictionsFile } : {}),
  };
}

async function readTables(mapping: Mapping, folder: string): Promise<ReadonlyMap<string, Table>> {
  const tables = new Map<string, Table>();
  for (const [name, { file, ...format }] of Object.entries(mapping.files)) {
    const path = resolve(folder, file);
    if (join(path, "..") !== resolve(folder)) {
      throw new Fault("BAD_USER_INPUT", `files.${name}.file: ${file} does not lie in the folder that is imported.`);
    }
    tables.set(name, await readTable(name, path, format));
  }
  return tables;
}

/** Mended rows are imported from the folder that they were refused into: what is refused again goes into one of its own. */
function refusedFolderIn(out: string, folder: string): string {
  const refused = join(resolve(out), "refused");
  return refused === resolve(folder) ? join(resolve(out), "refused-again") : refused;
}
