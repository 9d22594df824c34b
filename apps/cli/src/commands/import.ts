// gendan import: orders from CSV files, by a mapping, through the ordinary mutations.
import { join, resolve } from "node:path";
import { signToken } from "@gendan/security";
import { readMapping } from "../import/mapping/read-mapping.js";
import { summaryOf } from "../import/report/summary.js";
import { runImport } from "../import/run-import.js";
import { graphqlClient } from "../import/send/graphql-client.js";
import { wholeNumber, type Arguments } from "../terminal/arguments.js";
import { progressLine } from "../terminal/progress.js";
import type { Texts } from "../terminal/texts.js";
import { data, server, type Command } from "./command.js";
import { namedServer, openHere, serverOf } from "./data-folder.js";
import { secretOf } from "./token.js";

const CONCURRENCY = { from: 1, to: 1_000, otherwise: 64 };
/** The importer's own token; longer than any import. */
const TOKEN_VALID = "7d";
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
    const door = await openDoor(args, texts);
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

interface Door {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

/** The server that the commands go to: the one that was named, the folder's own, or one opened here for the import alone. */
async function openDoor(args: Arguments, texts: Texts): Promise<Door> {
  const folder = resolve(args.value("data")!);
  const named = namedServer(args, texts);
  if (args.flag("dry-run")) return opened("memory");
  const running = named ?? (await serverOf(folder, texts));
  if (running === undefined) return opened({ directory: folder });
  const token = args.value("token") ?? (await importerToken(await secretOf(folder)));
  return { url: running, token, close: async () => {} };
}

async function opened(where: { readonly directory: string } | "memory"): Promise<Door> {
  const company = await openHere(where);
  const url = await company.listen({ port: 0, host: "127.0.0.1" });
  return {
    url,
    token: await importerToken(company.secret),
    async close() {
      if (where !== "memory") await company.settled();
      await company.stop();
    },
  };
}

/** Nothing but an importer: what it does, it does on nobody's behalf, and so rule sets may verify it. */
const importerToken = (secret: Uint8Array): Promise<string> =>
  signToken(secret, { user: "importer", roles: ["importer"], expiresIn: TOKEN_VALID });
