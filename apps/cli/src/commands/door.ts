// Where a command sends what it asks for, and as whom.
import { resolve } from "node:path";
import { signToken } from "@gendan/security";
import type { Arguments } from "../terminal/arguments.js";
import type { Texts } from "../terminal/texts.js";
import { namedServer, openHere, serverOf } from "./data-folder.js";
import { secretOf } from "./token.js";

/** The importer's own token; longer than any import. */
const TOKEN_VALID = "7d";

export interface Door {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

/** The server that the commands go to: the one that was named, the folder's own, or one opened here for this command alone. */
export async function openDoor(args: Arguments, texts: Texts, inMemory = false): Promise<Door> {
  const folder = resolve(args.value("data")!);
  const named = namedServer(args, texts);
  if (inMemory) return opened("memory");
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
