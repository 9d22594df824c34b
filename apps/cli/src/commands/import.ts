// gendan import: orders from CSV files, by a mapping, through the ordinary mutations.
import { join, resolve } from "node:path";
import { readMapping } from "../import/mapping/read-mapping.js";
import { summaryOf } from "../import/report/summary.js";
import { runImport } from "../import/run-import.js";
import { graphqlClient } from "../import/send/graphql-client.js";
import { wholeNumber } from "../terminal/arguments.js";
import { progressLine } from "../terminal/progress.js";
import { data, server, type Command } from "./command.js";
import { openDoor } from "./door.js";

const CONCURRENCY = { from: 1, to: 1_000, otherwise: 64 };
/** The folder of the mappings that are shipped. */
export const shippedMappings = resolve(import.meta.dirname, "../../../../mappings");

export const importCommand: Command = {
  options: {
    "dry-run": { type: "boolean" },
    json: { type: "boolean" },
    concurrency: { type: "string" },
    ...server,
    ...data,
  },
  words: ["mapping", "folder"],
  async run(args, { texts, print }) {
    const [given, folder] = args.words as [string, string];
    const concurrency = wholeNumber(args, "concurrency", CONCURRENCY, texts);
    const dryRun = args.flag("dry-run");
    const mapping = await readMapping(given, shippedMappings);
    const door = await openDoor(args, texts, dryRun);
    const client = graphqlClient({ ...door, connections: concurrency });
    const line = progressLine(texts.importing, texts);
    try {
      const out = join(resolve(args.value("data")!), "import", mapping.name, dryRun ? "dry-run" : ".");
      const result = await runImport({ mapping, folder, client, concurrency, out, progress: line.at });
      line.end();
      print(args.flag("json") ? JSON.stringify({ dryRun, ...result }) : summaryOf(result, dryRun, texts));
      return 0;
    } finally {
      line.end();
      await client.close();
      await door.close();
    }
  },
};
